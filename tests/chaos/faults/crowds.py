"""Hostile names and crowds, as people and their apps can make them."""

from random import Random

import msgspec

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import frame
from tests.chaos.proxy.socket_relay import SocketRelay

_NAMES = (
    "x" * 65_536,
    "\u202e" + "evil" * 100,
    "\u3164",
    "\x00\x1b[31mred",
    "<b>bold</b><img src=x>",
    "e" + "\u0301" * 2_000,
    " ",
    "\U0001f600" * 5_000,
)
_MANY = 300_000


def _name(scene: Scene, chance: Random) -> None:
    """Somebody who talks takes a hostile name."""
    scene.happened()
    scene.people.rename(chance.randrange(1_000), chance.choice(_NAMES))


def _crowd(scene: Scene, chance: Random) -> None:
    """A call with more people than a stadium holds, in one frame."""
    many = chance.choice((5_000, 50_000, _MANY))

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(frame(_event_of_crowd(many)) + whole)

    scene.arm_frame(spoil)


def _event_of_crowd(many: int) -> bytes:
    people = [
        {
            "user": {"id": f"crowd-{number}", "name": f"C{number}", "role": "user"},
            "user_session_id": f"s{number}",
            "role": "user",
            "joined_at": 1_700_000_000_000_000_000,
        }
        for number in range(many)
    ]
    return msgspec.json.encode(
        {
            "type": "call.session_started",
            "call_cid": "default:stadium",
            "created_at": 1_700_000_000_000_000_000,
            "session_id": "stadium",
            "call": {
                "cid": "default:stadium",
                "id": "stadium",
                "type": "default",
                "session": {"id": "stadium", "participants": people},
            },
        }
    )


FAULTS = (
    Fault("hostile name", 5, _name),
    Fault("crowd", 1, _crowd),
)
