"""Devices of users; nothing is pushed to them."""

from typing import Any, Literal

from msgspec import Struct

from console.sandbox.api_errors import input_error, not_found
from console.sandbox.operation import Asked
from console.sandbox.timestamps import Stamp


class Device(Struct):
    id: str
    push_provider: Literal["firebase", "apn", "huawei", "xiaomi"]
    push_provider_name: str | None = None
    voip_token: bool | None = None
    user_id: str | None = None


async def create(asked: Asked, wanted: Device) -> None:
    user = asked.world.state.users[asked.named_actor(wanted.user_id)]
    if not wanted.id:
        raise input_error("id is a required field")
    user.devices[wanted.id] = {
        "id": wanted.id,
        "push_provider": wanted.push_provider,
        "push_provider_name": wanted.push_provider_name,
        "voip": wanted.voip_token,
        "user_id": user.id,
        "created_at": Stamp(asked.world.state.now()),
    }


async def listed(asked: Asked) -> dict[str, Any]:
    user = asked.world.state.users[asked.named_actor(asked.query.get("user_id"))]
    return {"devices": list(user.devices.values())}


async def delete(asked: Asked) -> None:
    user = asked.world.state.users[asked.named_actor(asked.query.get("user_id"))]
    if user.devices.pop(asked.query.get("id", ""), None) is None:
        raise not_found("device does not exist")
