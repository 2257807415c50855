"""What was taken from everybody in a call, and what each of them had before. Pure."""

from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import replace


class HeldRights(Struct, frozen=True, kw_only=True):
    """One person of a suspended call.

    Attributes:
        name: hostile text.
        held: the permissions they had before, which is what giving back gives.
        known: whether Stream told what they had. Else ``held`` is what they were seen to use.
    """

    user_id: str
    name: str
    held: frozenset[str]
    known: bool = True


class Suspension(Struct, frozen=True, kw_only=True):
    """One suspended call.

    Attributes:
        permissions: what nobody may have here; empty once it is being given back to all.
        since: unix seconds. act_id: the act that began it.
        people: those from whom something was taken, as long as it was not given back.
    """

    cid: str
    permissions: frozenset[str]
    since: float
    act_id: str
    people: tuple[HeldRights, ...] = ()

    def find(self, user_id: str) -> HeldRights | None:
        """What is remembered of somebody."""
        return next((person for person in self.people if person.user_id == user_id), None)


def suspended(
    before: Suspension | None,
    cid: str,
    permissions: Iterable[str],
    people: Iterable[HeldRights],
    *,
    at: float,
    act_id: str,
) -> Suspension:
    """``before`` with these permissions taken from these people too.

    What is remembered of somebody already stays: what they have now is what was left to them.
    """
    base = before or Suspension(cid=cid, permissions=frozenset(), since=at, act_id=act_id)
    if not base.permissions:
        base = replace(base, since=at, act_id=act_id)
    merged = {person.user_id: person for person in base.people}
    for person in people:
        known = merged.get(person.user_id)
        if known is not None:
            person = replace(
                person, held=person.held | known.held, known=person.known and known.known
            )
        merged[person.user_id] = person
    return replace(
        base,
        permissions=base.permissions | frozenset(permissions),
        people=tuple(merged.values()),
    )


def let_in(before: Suspension, permissions: Iterable[str]) -> Suspension:
    """Whoever comes from now on may have ``permissions``: they are being given back to all."""
    return replace(before, permissions=before.permissions - frozenset(permissions))


def given_back(
    before: Suspension, permissions: Collection[str], user_ids: Collection[str]
) -> Suspension | None:
    """``before`` without what these people have back; None where nothing is left of it.

    A suspension ends with the last person who has everything back.
    """
    left: list[HeldRights] = []
    for person in before.people:
        if person.user_id in user_ids:
            rest = person.held.difference(permissions)
            if not rest:
                continue
            person = replace(person, held=rest)
        left.append(person)
    if not left:
        return None
    return replace(before, people=tuple(left))
