"""What was taken from everybody in a call, and what each of them had before. Pure."""

from collections.abc import Collection, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from console.domain.call import ASKABLE


class HeldRights(Struct, frozen=True, kw_only=True):
    """One person of a suspended call.

    Attributes:
        name: hostile text.
        held: the permissions they had before, which is what giving back gives.
        known: whether Stream told what they had. Else ``held`` is what they were seen to use.
        giving: for each permission that is on its way back to them, the act that gives it back.
    """

    user_id: str
    name: str
    held: frozenset[str]
    known: bool = True
    giving: dict[str, str] = field(default_factory=dict)


class Suspension(Struct, frozen=True, kw_only=True):
    """One suspended call.

    Attributes:
        permissions: what nobody may have here; empty once it is being given back to all.
        since: unix seconds. act_id: the act that began it.
        people: those from whom something was taken, as long as it was not given back.
        by: the colleague whose console suspended it; empty where it was this one.
    """

    cid: str
    permissions: frozenset[str]
    since: float
    act_id: str
    people: tuple[HeldRights, ...] = ()
    by: str = ""

    def find(self, user_id: str) -> HeldRights | None:
        """What is remembered of somebody."""
        return next((person for person in self.people if person.user_id == user_id), None)

    def missing(self, user_id: str) -> frozenset[str]:
        """The permissions that somebody may lack because of this suspension alone."""
        person = self.find(user_id)
        if person is None:
            return self.permissions
        return self.permissions | person.held if person.known else ASKABLE


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

    What is remembered of somebody already stays: what they have now is what was left to them. What
    is on its way back to them is taken again behind it, and so stays remembered.
    """
    permissions = frozenset(permissions)
    base = before or Suspension(cid=cid, permissions=frozenset(), since=at, act_id=act_id)
    if not base.permissions:
        base = replace(base, since=at, act_id=act_id)
    merged = {person.user_id: person for person in base.people}
    for person in people:
        known = merged.get(person.user_id)
        if known is not None:
            person = replace(
                person,
                held=person.held | known.held,
                known=person.known and known.known,
                giving={p: act for p, act in known.giving.items() if p not in permissions},
            )
        merged[person.user_id] = person
    return replace(
        base,
        permissions=base.permissions | permissions,
        people=tuple(merged.values()),
    )


def let_in(before: Suspension, permissions: Iterable[str]) -> Suspension:
    """Whoever comes from now on may have ``permissions``: they are being given back to all."""
    return replace(before, permissions=before.permissions - frozenset(permissions))


def giving_back(
    before: Suspension, permissions: Collection[str], user_ids: Collection[str], act_id: str
) -> Suspension | None:
    """``before`` while an act gives these people back what they had of ``permissions``.

    Whoever had none of it, and lacks nothing else, is remembered no more.
    """
    people: list[HeldRights] = []
    for person in before.people:
        if person.user_id in user_ids:
            person = replace(
                person, giving=person.giving | dict.fromkeys(person.held & set(permissions), act_id)
            )
        people.append(person)
    concerned = [p for p in people if p.user_id not in user_ids or p.held]
    return replace(before, people=tuple(concerned)) if concerned else None


def given_back(before: Suspension, act_id: str) -> Suspension | None:
    """``before`` without what that act gave back; None where nothing is left of it.

    A suspension ends with the last person who has everything back.
    """
    left: list[HeldRights] = []
    for person in before.people:
        rest = frozenset(each for each in person.held if person.giving.get(each) != act_id)
        if rest == person.held:
            left.append(person)
        elif rest:
            giving = {each: act for each, act in person.giving.items() if act != act_id}
            left.append(replace(person, held=rest, giving=giving))
    if not left:
        return None
    return replace(before, people=tuple(left))
