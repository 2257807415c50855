"""Who is there and who holds what, folded from what the consoles tell. Pure, no clock of its own.

Consoles see the same words in the same order, the order in which Stream got them, so all of them
come to the same holders. The first to take an item holds it; whoever saw that it is held and took
it all the same takes it over.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from console.domain.team import GONE_S, MAX_ITEMS, Colleague, Ended, GaveBack, Told, Took

MAX_CONSOLES = 500
MAX_HELD = 20_000


@dataclass
class _Console:
    user_id: str
    name: str
    cid: str
    shares: bool
    acts: bool
    heard_at: float
    """Of the monotonic clock."""
    heard_wall: float


class TeamBook:
    """``user_id`` is who is signed in here; their own consoles are never gone.

    Attributes:
        holders: user id by item id.
    """

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id
        self._consoles: dict[str, _Console] = {}
        self.holders: dict[str, str] = {}
        self._lapsed: dict[str, str] = {}
        """Who held an item last, of those whose consoles were gone."""

    def beat(
        self,
        console_id: str,
        user_id: str,
        name: str,
        cid: str,
        *,
        shares: bool,
        acts: bool = False,
        now: float,
        wall: float,
    ) -> bool:
        """A console says that it is there; whether that changes what is known of its user.

        ``now``, ``wall``: monotonic and unix seconds.
        """
        known = self._consoles.get(console_id)
        if known is not None and known.user_id != user_id:
            return False  # an id that somebody else made up
        if known is None and len(self._consoles) >= MAX_CONSOLES:
            return False
        self._consoles[console_id] = _Console(user_id, name, cid, shares, acts, now, wall)
        before = known and (known.cid, known.name, known.shares, known.acts)
        return before != (cid, name, shares, acts)

    def knows(self, console_id: str) -> bool:
        """Whether this console was heard, and is not gone."""
        return console_id in self._consoles

    def acts_before(self, console_id: str) -> bool:
        """Whether rules of a console act that goes before this one; all agree on the order."""
        me = self._user_id, console_id
        return any(
            one.acts and (one.user_id, key) < me
            for key, one in self._consoles.items()
            if key != console_id
        )

    def leave(self, console_id: str, user_id: str) -> list[str]:
        """A console says that it ends; returns the items that nobody holds any more."""
        known = self._consoles.get(console_id)
        if known is None or known.user_id != user_id:
            return []
        del self._consoles[console_id]
        return self._free(user_id)

    def expire(self, now: float) -> dict[str, list[str]]:
        """Consoles that were not heard for too long are gone; what each user held, now free."""
        gone = [key for key, one in self._consoles.items() if now - one.heard_at > GONE_S]
        users = {self._consoles.pop(key).user_id for key in gone}
        return {user_id: freed for user_id in users if (freed := self._free(user_id))}

    def holds_unheard(self) -> dict[str, list[str]]:
        """Items held by users of whom no console is known, by user."""
        there = {one.user_id for one in self._consoles.values()} | {self._user_id}
        found: dict[str, list[str]] = {}
        for item_id, holder in self.holders.items():
            if holder not in there:
                found.setdefault(holder, []).append(item_id)
        return found

    def free(self, user_id: str) -> list[str]:
        """``user_id`` holds nothing any more; returns what they held."""
        freed = [item_id for item_id, holder in self.holders.items() if holder == user_id]
        for item_id in freed:
            del self.holders[item_id]
            self._lapsed[item_id] = user_id
        while len(self._lapsed) > MAX_HELD:
            del self._lapsed[next(iter(self._lapsed))]
        return freed

    def over(self, item_id: str) -> str:
        """Over whom an item is taken here: its holder, or who held it until they were gone.

        Not every console may have noticed yet that they are.
        """
        return self.holders.get(item_id) or self._lapsed.get(item_id, "")

    def fold(self, told: Told) -> dict[str, str]:
        """One word about raised items; the holders of those it is about that are held."""
        match told.word:
            case Took(item_ids=item_ids, over=over):
                for item_id in item_ids:
                    held = self.holders.get(item_id, "")
                    if held in ("", over) and len(self.holders) < MAX_HELD:
                        self.holders[item_id] = told.by
                return self._holders_of(item_ids)
            case GaveBack(item_ids=item_ids):
                for item_id in item_ids:
                    if self.holders.get(item_id) == told.by:
                        del self.holders[item_id]
                return self._holders_of(item_ids)
            case Ended(item_ids=item_ids):
                for item_id in item_ids:
                    self.holders.pop(item_id, None)
        return {}

    def colleagues(self) -> tuple[Colleague, ...]:
        """Everybody who is there."""
        users: dict[str, list[_Console]] = {}
        for one in self._consoles.values():
            users.setdefault(one.user_id, []).append(one)
        found = []
        for user_id, consoles in users.items():
            latest = max(consoles, key=lambda one: one.heard_at)
            found.append(
                Colleague(
                    user_id=user_id,
                    name=latest.name,
                    cid=latest.cid,
                    held=sum(holder == user_id for holder in self.holders.values()),
                    consoles=len(consoles),
                    shares=any(one.shares for one in consoles),
                    heard_at=latest.heard_wall,
                )
            )
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.user_id)))

    def _free(self, user_id: str) -> list[str]:
        still = any(one.user_id == user_id for one in self._consoles.values())
        if still or user_id == self._user_id:
            return []
        return self.free(user_id)

    def _holders_of(self, item_ids: Iterable[str]) -> dict[str, str]:
        return {each: self.holders[each] for each in item_ids if each in self.holders}


def given_back_by(user_id: str, item_ids: Sequence[str], at: float) -> Iterator[Told]:
    """What somebody whose consoles are gone would say: that they hold these no more."""
    for first in range(0, len(item_ids), MAX_ITEMS):
        yield Told(
            told_id=f"gone/{uuid.uuid4().hex}",
            by=user_id,
            name=user_id,
            at=at,
            word=GaveBack(tuple(item_ids[first : first + MAX_ITEMS])),
        )
