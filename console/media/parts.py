"""The parts of the media process, put together: who carries out which order."""

from console.base.clock import Clock
from console.media.orders import Handlers
from console.media.teller import Teller
from console.protocol.media import (
    Begin,
    Heats,
    Join,
    Joining,
    JoinState,
    Leave,
    LookAt,
    PictureSeen,
    ReplaySpeaker,
    Sample,
    SpeakerReplayed,
)

NOT_YET = "This media process cannot do that."


class Parts:
    """What one media process does.

    Attributes:
        handlers: by class of order, what carries it out.
        cannot_look: why no picture can be looked at; empty where one can.
    """

    def __init__(self, teller: Teller, clock: Clock) -> None:
        self._teller = teller
        self._clock = clock
        self.cannot_look = NOT_YET
        self.handlers: Handlers = {
            Begin: lambda _: None,
            Join: self._join,
            Leave: self._leave,
            Heats: lambda _: None,
            Sample: lambda _: None,
            LookAt: self._look_at,
            ReplaySpeaker: self._replay,
        }

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""
        return {}

    async def close(self) -> None:
        """Leave all calls."""

    def _join(self, order: Join) -> None:
        now = self._clock.now()
        self._teller.tell(JoinState(order.cid, Joining.FAILED, now, NOT_YET))

    def _leave(self, order: Leave) -> None:
        self._teller.tell(JoinState(order.cid, Joining.LEFT, self._clock.now()))

    def _look_at(self, question: LookAt) -> None:
        self._teller.tell(PictureSeen(question.request_id, sentence=NOT_YET))

    def _replay(self, question: ReplaySpeaker) -> None:
        self._teller.tell(SpeakerReplayed(question.request_id, sentence=NOT_YET))
