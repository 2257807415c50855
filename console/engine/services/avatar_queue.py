"""Whose picture is to be looked at, the hottest call first. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from console.domain.call import Participant


class Shown(NamedTuple):
    """What somebody shows in a session."""

    session_id: str
    url: str


class AvatarQueue:
    """Holds each person of a call once, so that it is never longer than the calls have people."""

    def __init__(self) -> None:
        self._calls: dict[str, dict[str, tuple[Participant, Shown]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._calls.values()))

    def put(self, person: Participant, shown: Shown) -> None:
        """Look at what ``person`` shows now, in place of what they showed before."""
        self._calls.setdefault(person.cid, {})[person.user_id] = (person, shown)

    def drop(self, cid: str, user_id: str) -> None:
        """They left, or show nothing any more."""
        if (waiting := self._calls.get(cid)) is not None:
            waiting.pop(user_id, None)
            if not waiting:
                del self._calls[cid]

    def drop_call(self, cid: str) -> None:
        """The call is over, or begins anew."""
        self._calls.pop(cid, None)

    def take(self, heats: Mapping[str, float]) -> tuple[Participant, Shown] | None:
        """The first who came to the hottest call; None where nobody waits."""
        if not self._calls:
            return None
        cid = max(self._calls, key=lambda each: heats.get(each, 0.0))
        user_id = next(iter(self._calls[cid]))
        found = self._calls[cid][user_id]
        self.drop(cid, user_id)
        return found
