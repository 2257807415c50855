"""Suspended calls in the words of the team: what is told of one, and what a word makes of it. Pure.

A word says how it is now, not what changed, so that the same one twice does no harm.
"""

from msgspec.structs import replace

from console.domain.suspended import HeldRights, Suspension
from console.domain.team import MAX_ITEMS, Restored, Told, Waits, Withheld
from console.domain.word_pieces import in_pieces

NAME_SHOWN = 60
ROOM = 2_500
"""Characters of people in one word, which has to fit into a message (STREAM.md 12.9)."""
_EACH = 90
MOST_PEOPLE = 20_000


def words_of(before: Suspension | None, after: Suspension | None) -> list[Withheld | Restored]:
    """What the team is told when ``before`` became ``after``: only what changed."""
    if after is None:
        return [Restored(before.cid, before.act_id)] if before else []
    known = {person.user_id: person for person in before.people} if before else {}
    before_it = {user_id: _waits(person) for user_id, person in known.items()}
    waiting = [_waits(one) for one in after.people]
    new = [one for one in waiting if one != before_it.get(one.user_id)]
    left = known.keys() - {person.user_id for person in after.people}
    words: list[Withheld | Restored] = [
        Withheld(after.cid, after.act_id, after.since, tuple(sorted(after.permissions)), some)
        for some in in_pieces(new, _size_of, ROOM, MAX_ITEMS)
    ]
    changed = before is None or (before.permissions, before.act_id) != (
        after.permissions,
        after.act_id,
    )
    if not words and changed:
        permissions = tuple(sorted(after.permissions))
        words.append(Withheld(after.cid, after.act_id, after.since, permissions))
    gone = sorted(left)
    for first in range(0, len(gone), MAX_ITEMS // 6):
        some_ids = tuple(gone[first : first + MAX_ITEMS // 6])
        words.append(Restored(after.cid, after.act_id, some_ids))
    return words


def heard(known: Suspension | None, told: Told) -> Suspension | None:
    """What is remembered after a colleague's word; ``known`` where it is about another one."""
    match told.word:
        case Withheld(cid=cid, act_id=act_id) as word:
            if known is None:
                known = Suspension(
                    cid=cid, permissions=frozenset(), since=word.since, act_id=act_id, by=told.by
                )
            if known.act_id != act_id:
                return known
            merged = {person.user_id: person for person in known.people}
            for one in word.people:
                if len(merged) < MOST_PEOPLE or one.user_id in merged:
                    merged[one.user_id] = _held(one, merged.get(one.user_id))
            return replace(
                known, permissions=frozenset(word.permissions), people=tuple(merged.values())
            )
        case Restored(act_id=act_id, user_ids=user_ids):
            if known is None or known.act_id != act_id or not user_ids:
                return known if known is not None and known.act_id != act_id else None
            people = tuple(one for one in known.people if one.user_id not in user_ids)
            return replace(known, people=people) if people else None
    return known


def rights_told(
    before: Suspension | None, after: Suspension | None
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """What each person was given, and what was taken from them, when ``before`` became ``after``.

    By user id, and only for those of whom a word of a colleague tells something new.
    """
    known = {person.user_id: person for person in before.people} if before else {}
    waiting = {person.user_id: person for person in after.people} if after else {}
    found = {
        user_id: (person.held, frozenset[str]())
        for user_id, person in known.items()
        if user_id not in waiting
    }
    permissions = after.permissions if after else frozenset[str]()
    for user_id, person in waiting.items():
        if user_id not in known and permissions:
            found[user_id] = frozenset[str](), person.held & permissions
    return found


def _waits(person: HeldRights) -> Waits:
    held = tuple(sorted(person.held))
    return Waits(person.user_id, person.name[:NAME_SHOWN], held, person.known)


def _held(one: Waits, before: HeldRights | None) -> HeldRights:
    held = frozenset(one.held)
    giving = {what: act for what, act in before.giving.items() if what in held} if before else {}
    return HeldRights(user_id=one.user_id, name=one.name, held=held, known=one.known, giving=giving)


def _size_of(one: Waits) -> int:
    return _EACH + len(one.user_id) + len(one.name) + sum(map(len, one.held))
