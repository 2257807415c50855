"""All sanctions in force: claims come and go, and each sanction stands while one claim does. Pure.

Times are unix seconds.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from console.domain.sanction import Claim, Sanction

MAX_SANCTIONS = 5_000
MAX_CLAIMS = 8
"""Claims on one sanction; a further one of somebody else takes the place of their last."""


class SanctionChanges(Struct, frozen=True):
    """What changed since it was asked last: sanctions that are new or other, and ids of those that
    are over.
    """

    changed: tuple[Sanction, ...]
    gone: tuple[str, ...]


class SanctionsInForce:
    """The sanctions by id.

    Attributes:
        left_out: claims that found no room.
    """

    def __init__(self) -> None:
        self._known: dict[str, Sanction] = {}
        self._changed: set[str] = set()
        self._gone: set[str] = set()
        self.left_out = 0

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Sanction]:
        return iter(tuple(self._known.values()))

    def find(self, sanction_id: str) -> Sanction | None:
        """The sanction, if it is in force."""
        return self._known.get(sanction_id)

    def stood(self, sanction_id: str, at: float) -> bool:
        """Whether it is in force, and nobody set it anew since ``at``."""
        known = self.find(sanction_id)
        return known is not None and known.newest.since < at

    def of(self, user_id: str, cid: str = "") -> tuple[Sanction, ...]:
        """What is in force on a person; of one call where ``cid`` is given."""
        return tuple(s for s in self if s.user_id == user_id and (not cid or s.cid == cid))

    def claim(self, sanction: Sanction, *, alone: bool = False) -> bool:
        """Add the one claim of ``sanction`` to what stands; False when it is known or has no room.

        ``alone``: Stream keeps only the newest, so that it takes the place of all earlier ones.
        """
        (new,) = sanction.claims
        known = self._known.get(sanction.sanction_id)
        if known is None:
            if len(self._known) >= MAX_SANCTIONS:
                self.left_out += 1
                return False
            self._put(sanction)
            return True
        if known.claim(new.act_id) is not None:
            return False
        kept = () if alone else _with_room_for(new, known.claims)
        named = replace(known, name=sanction.name or known.name, trouble="")
        named = replace(
            named,
            call_name=sanction.call_name or known.call_name,
            seen_in=sanction.seen_in or known.seen_in,
        )
        self._put(replace(named, claims=(*kept, new)))
        return True

    def change_claim(
        self, sanction: Sanction, act_id: str, change: Callable[[Claim], Claim]
    ) -> None:
        """Replace one claim by what ``change`` makes of it."""
        claims = tuple(change(c) if c.act_id == act_id else c for c in sanction.claims)
        self._put(replace(sanction, claims=claims))

    def put_claims(self, sanction: Sanction, claims: tuple[Claim, ...]) -> None:
        """Put ``claims``, at least one, in the place of all that stand."""
        self._put(replace(sanction, claims=claims))

    def release(self, sanction: Sanction, act_id: str) -> bool:
        """Take one claim away; False, and nothing changed, where it is the last."""
        left = tuple(claim for claim in sanction.claims if claim.act_id != act_id)
        if not left:
            return False
        self._put(replace(sanction, claims=left))
        return True

    def mark(self, sanction: Sanction, *, lifting: bool, trouble: str = "") -> None:
        """Note how far taking it back is."""
        self._put(replace(sanction, lifting=lifting, trouble=trouble))

    def lifted(self, sanction_id: str) -> Sanction | None:
        """It is in force no more, whoever wanted it; returns what it was."""
        was = self._known.pop(sanction_id, None)
        if was is not None:
            self._changed.discard(sanction_id)
            self._gone.add(sanction_id)
        return was

    def restore(self, sanction: Sanction) -> None:
        """What an earlier engine knew; it is new to whoever takes the next changes."""
        self._put(sanction)

    def shown_anew(self) -> None:
        """Everything is new to whoever takes the next changes."""
        self._changed.update(self._known)

    def take_changes(self) -> SanctionChanges:
        """What changed since the last call of this."""
        changed = tuple(self._known[each] for each in sorted(self._changed))
        changes = SanctionChanges(changed, tuple(sorted(self._gone)))
        self._changed.clear()
        self._gone.clear()
        return changes

    def _put(self, sanction: Sanction) -> None:
        key = sanction.sanction_id
        if self._known.get(key) != sanction:
            self._known[key] = sanction
            self._changed.add(key)
            self._gone.discard(key)


def _with_room_for(new: Claim, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """``claims`` without those that ``new`` takes the place of: others' of the same person."""
    if not new.act_id:
        claims = tuple(c for c in claims if c.act_id or c.by != new.by)
    return claims[-MAX_CLAIMS + 1 :]
