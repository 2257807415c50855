"""The parts of the media process, put together: who carries out which order."""

from console.base.clock import Clock
from console.media.calls import Calls
from console.media.orders import Handlers
from console.media.teller import Teller
from console.protocol.media import (
    Begin,
    Heats,
    Join,
    Leave,
    LookAt,
    PictureSeen,
    ReplaySpeaker,
    Sample,
)

NOT_YET = "This media process cannot do that."


class Parts:
    """What one media process does.

    Attributes:
        handlers: by class of order, what carries it out.
        cannot_look: why no picture can be looked at; empty where one can.
    """

    def __init__(self, teller: Teller, clock: Clock, cannot_join: str) -> None:
        self._teller = teller
        self._calls = Calls(teller, clock, cannot_join)
        self.cannot_look = NOT_YET
        self.handlers: Handlers = {
            Begin: self._calls.begin,
            Join: self._calls.join,
            Leave: self._calls.leave,
            Heats: self._calls.heats,
            Sample: lambda _: None,
            LookAt: self._look_at,
            ReplaySpeaker: self._calls.replay,
        }

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""
        return self._calls.counts()

    async def close(self) -> None:
        """Leave all calls."""
        await self._calls.close()

    def _look_at(self, question: LookAt) -> None:
        self._teller.tell(PictureSeen(question.request_id, sentence=NOT_YET))
