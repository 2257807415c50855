"""Open permission requests over all calls, from notices and from the people of one call. Pure."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from console.domain.call import Participant
from console.protocol.to_window import Notice, NoticeKind

_CLOSING = frozenset(
    {NoticeKind.PERMISSIONS, NoticeKind.LEFT, NoticeKind.KICKED, NoticeKind.BLOCKED}
)


class OpenRequest(Struct, frozen=True, kw_only=True):
    """Somebody asks for something. ``permissions`` is empty where only the asking is known."""

    cid: str
    user_id: str
    at: float
    permissions: tuple[str, ...] = ()


class OpenRequests:
    """Requests by call and person, oldest first."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], OpenRequest] = {}

    def __len__(self) -> int:
        return len(self._open)

    def all(self) -> tuple[OpenRequest, ...]:
        """Every open request, oldest first."""
        return tuple(self._open.values())

    def count(self, cid: str) -> int:
        """How many are open in ``cid``; in all calls for ""."""
        return sum(1 for key in self._open if cid in ("", key[0]))

    def clear(self) -> None:
        """Forget all."""
        self._open.clear()

    def keep_calls(self, cids: Collection[str]) -> bool:
        """Forget those of calls that are over; whether any was."""
        over = [key for key in self._open if key[0] not in cids]
        for key in over:
            del self._open[key]
        return bool(over)

    def follow_notices(self, notices: Iterable[Notice]) -> bool:
        """Open and close by what happened; whether anything changed."""
        changed = False
        for notice in notices:
            for user_id in notice.user_ids:
                key = (notice.cid, user_id)
                if notice.kind is NoticeKind.ASKED:
                    known = self._open.pop(key, None)
                    permissions = known.permissions if known else ()
                    self._open[key] = OpenRequest(
                        cid=notice.cid, user_id=user_id, at=notice.at, permissions=permissions
                    )
                    changed = True
                elif notice.kind in _CLOSING and self._open.pop(key, None) is not None:
                    changed = True
        return changed

    def follow_people(self, cid: str, people: Iterable[Participant], now: float) -> bool:
        """Make the requests of ``cid`` those that its people have; whether anything changed."""
        asking: dict[str, set[str]] = {}
        for person in people:
            if person.asked:
                asking.setdefault(person.user_id, set()).update(person.asked)
        changed = False
        for key in [key for key in self._open if key[0] == cid and key[1] not in asking]:
            del self._open[key]
            changed = True
        for user_id, asked in asking.items():
            known = self._open.get((cid, user_id))
            permissions = tuple(sorted(asked))
            if known is not None and known.permissions == permissions:
                continue
            self._open[cid, user_id] = OpenRequest(
                cid=cid, user_id=user_id, at=known.at if known else now, permissions=permissions
            )
            changed = True
        return changed
