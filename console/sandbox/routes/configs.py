"""Moderation configs, kept and given back whole."""

from typing import Any

from console.sandbox.api_errors import input_error, not_found
from console.sandbox.filters import Field
from console.sandbox.operation import Asked
from console.sandbox.query import Query, find
from console.sandbox.routes.answers import stored_part
from console.sandbox.timestamps import Stamp

HARM_TYPES = ("NUDITY", "VIOLENCE", "HATE_SYMBOLS", "QR code")


_FIELDS: dict[str, Field[dict[str, Any]]] = {
    "key": Field(lambda config: config["key"]),
    "team": Field(lambda config: config.get("team", "")),
    "created_at": Field(lambda config: config["created_at"], "date"),
    "updated_at": Field(lambda config: config["updated_at"], "date"),
}


def _place(config: dict[str, Any]) -> str:
    return f"{config['key']}\x1f{config.get('team') or ''}"


def rendered(config: dict[str, Any]) -> dict[str, Any]:
    """ConfigResponse: the whole document as it was stored."""
    return {
        "async": False,
        "team": "",
        **config,
        "created_at": Stamp(config["created_at"]),
        "updated_at": Stamp(config["updated_at"]),
        "supported_video_call_harm_types": HARM_TYPES,
    }


async def upsert(asked: Asked, wanted: dict[str, Any]) -> dict[str, Any]:
    key = wanted.get("key")
    if not isinstance(key, str) or not key:
        raise input_error("key is a required field")
    return {"config": rendered(asked.world.judging.put_config(key, stored_part(wanted)))}


async def get(asked: Asked) -> dict[str, Any]:
    found = asked.world.judging.config(asked.path["key"], asked.query.get("team", ""))
    if found is None:
        raise not_found(f"moderation config {asked.path['key']} does not exist")
    return {"config": rendered(found)}


async def delete(asked: Asked) -> None:
    asked.world.judging.drop_config(asked.path["key"], asked.query.get("team", ""))


async def query(asked: Asked) -> dict[str, Any]:
    judging = asked.world.judging
    every = (*judging.configs.values(), *judging.team_configs.values())
    sorts = ("created_at", "updated_at", "key", "team")
    return find(every, asked.body(Query), _FIELDS, _place, sorts).answer("configs", rendered)
