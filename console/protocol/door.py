"""Questions about who may come into a call."""

from console.protocol.ask import Answer, Ask


class SetDoor(Ask, frozen=True, tag="set_door"):
    """Hold the door of a call so that only members may come in, or open it; answered by DoorSet."""

    cid: str
    held: bool


class DoorSet(Answer, frozen=True, tag="door_set", kw_only=True):
    """Answer to SetDoor.

    Attributes:
        put_out: how many people are let in again, where it was opened.
    """

    asks = (SetDoor,)

    cid: str = ""
    held: bool = False
    put_out: int = 0
