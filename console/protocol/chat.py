"""The chat of a call: what the window asks about it."""

from typing import ClassVar

from console.protocol.ask import Answer, Ask


class AskOlderMessages(Ask, frozen=True, tag="ask_older_messages"):
    """Read what was written in the chat of a call before all that was read of it so far.

    The messages come as ``Heard`` that is ``older``, before the answer.
    """

    repeatable: ClassVar[bool] = False

    cid: str


class OlderMessages(Answer, frozen=True, tag="older_messages", kw_only=True):
    """How many were read. ``end``: why there are no more, in one sentence; empty where there are.

    ``until``: when the oldest that was read was written, in unix seconds; 0.0 for none.
    """

    asks = (AskOlderMessages,)

    found: int = 0
    end: str = ""
    until: float = 0.0
