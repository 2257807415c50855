"""Calls that are over, whose transcripts the window can still show. Pure."""

from msgspec.structs import replace

from console.domain.call import Call

MOST = 200
"""So many are kept; the one that ended first is forgotten first."""


class EndedCalls(dict[str, Call]):
    """By cid, in the order in which they ended."""

    def keep(self, call: Call, now: float) -> None:
        """``call`` is over: nobody is in it, and nothing is heard there any more."""
        self.pop(call.cid, None)
        self[call.cid] = replace(
            call,
            ended_at=call.ended_at or now,
            people=0,
            anonymous=0,
            captioning=False,
            unmonitored_since=0.0,
        )
        while len(self) > MOST:
            del self[next(iter(self))]
