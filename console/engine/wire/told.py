"""Custom events that this program sends to a call, read back."""

from typing import Any

from msgspec import Struct

from console.engine.wire.bounded import cut_text
from console.engine.wire.limits import MAX_ID, MAX_REASON, MAX_WORD


class Told(Struct, frozen=True):
    """What such an event says; empty where another program sent it.

    Attributes:
        kind: the payload's ``type``.
    """

    kind: str = ""
    user_id: str = ""
    message: str = ""
    act_id: str = ""


def told_by(untrusted: Any) -> Told:
    """The payload of a custom event, as far as it is one of ours."""
    payload = untrusted if isinstance(untrusted, dict) else {}

    def word(name: str, most: int) -> str:
        value = payload.get(name)
        return cut_text(value, most, "Custom events") if isinstance(value, str) else ""

    return Told(
        word("type", MAX_WORD),
        word("user_id", MAX_ID),
        word("message", MAX_REASON),
        word("act_id", MAX_ID),
    )
