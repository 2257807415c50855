"""Call types: settings and grants."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.call_types import OWN_CAPABILITIES, CallType, built_in, merged
from console.sandbox.operation import Asked
from console.sandbox.timestamps import Stamp

_NOTICES = ("call_live_started", "call_missed", "call_notification", "call_ring", "session_started")


class TypeChange(Struct):
    name: str | None = None
    settings: dict[str, dict[str, Any] | None] | None = None
    grants: dict[str, list[str]] | None = None
    notification_settings: dict[str, Any] | None = None
    external_storage: str | None = None


def rendered(kind: CallType) -> dict[str, Any]:
    """CallTypeResponse."""
    silent = {
        "enabled": False,
        "apns": {"title": "", "body": ""},
        "fcm": {"data": {}},
    }
    notices: dict[str, Any] = {"enabled": False, **dict.fromkeys(_NOTICES, silent)}
    return {
        "name": kind.name,
        "created_at": Stamp(kind.created_at),
        "updated_at": Stamp(kind.updated_at or kind.created_at),
        "settings": kind.settings,
        "grants": {role: sorted(held) for role, held in kind.grants.items()},
        "notification_settings": merged(notices, kind.notification_settings),
        "external_storage": kind.external_storage or None,
    }


async def listed(asked: Asked) -> dict[str, Any]:
    return {"call_types": {name: rendered(kind) for name, kind in asked.world.state.types.items()}}


async def create(asked: Asked, wanted: TypeChange) -> dict[str, Any]:
    types = asked.world.state.types
    if not wanted.name:
        raise input_error("name is a required field")
    if wanted.name in types:
        raise input_error(f"call type {wanted.name} already exists")
    base = built_in()["default"]
    kind = CallType(wanted.name, base.settings, base.grants, created_at=asked.world.state.now())
    _change(kind, wanted, asked.world.state.now())
    types[wanted.name] = kind
    return rendered(kind)


async def get(asked: Asked) -> dict[str, Any]:
    return rendered(asked.world.state.types[asked.path["name"]])


async def update(asked: Asked) -> dict[str, Any]:
    kind = asked.world.state.types[asked.path["name"]]
    _change(kind, asked.body(TypeChange), asked.world.state.now())
    return rendered(kind)


async def delete(asked: Asked) -> None:
    kind = asked.world.state.types[asked.path["name"]]
    if any(call.type == kind.name for call in asked.world.state.calls.values()):
        raise input_error(f"call type {kind.name} is in use")
    del asked.world.state.types[kind.name]


def _change(kind: CallType, wanted: TypeChange, now: float) -> None:
    for role, held in (wanted.grants or {}).items():
        unknown = sorted(set(held) - OWN_CAPABILITIES)
        if unknown:
            raise input_error(f"unknown grant {unknown[0]} for role {role}")
    kind.settings = merged(kind.settings, wanted.settings)
    kind.grants = {
        **kind.grants,
        **{role: frozenset(held) for role, held in (wanted.grants or {}).items()},
    }
    kind.notification_settings = merged(kind.notification_settings, wanted.notification_settings)
    kind.external_storage = wanted.external_storage or kind.external_storage
    kind.updated_at = now
