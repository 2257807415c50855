"""Held doors in the words of the team: what is told of one, and what a word makes of it. Pure.

A word says how it is now, not what changed, so that the same one twice does no harm.
"""

from itertools import zip_longest

from msgspec.structs import replace

from console.domain.door import Door
from console.domain.team import MAX_ITEMS, HeldDoor, LetIn, PutOut, Told
from console.domain.word_pieces import in_pieces

NAME_SHOWN = 60
ROOM = 1_600
"""Characters of one list of people in a word, which has to fit into a message (STREAM.md 12.9)."""
_EACH = 60
MOST_PEOPLE = 20_000


def words_of(before: Door | None, after: Door | None) -> list[HeldDoor | LetIn]:
    """What the team is told when ``before`` became ``after``: only what changed."""
    if after is None:
        return [LetIn(before.cid, before.since)] if before else []
    known = before if before is not None and before.since == after.since else None
    inside = _ids(after.inside - known.inside if known else after.inside)
    out = in_pieces(_put_out(after, known), _size_of, ROOM, MAX_ITEMS)
    words: list[HeldDoor | LetIn] = [
        HeldDoor(after.cid, after.since, after.held, some_inside, some_out)
        for some_inside, some_out in zip_longest(inside, out, fillvalue=())
    ]
    if not words and (known is None or known.held != after.held):
        words.append(HeldDoor(after.cid, after.since, after.held))
    let = _ids(frozenset(known.put_out.keys() - after.put_out.keys() if known else ()))
    return words + [LetIn(after.cid, after.since, some) for some in let]


def heard(known: Door | None, told: Told) -> Door | None:
    """What is known of a door after a colleague's word: of two times, the later one counts."""
    match told.word:
        case HeldDoor(since=since) as word:
            if known is not None and since < known.since:
                return known
            return _held(known, word, told.by)
        case LetIn(since=since, user_ids=user_ids):
            if known is None or since != known.since:
                return known
            if not user_ids:
                return None
            for user_id in user_ids:
                known = known.let(user_id)
    return known


def _held(known: Door | None, word: HeldDoor, by: str) -> Door:
    if known is None or word.since != known.since:
        # Whom the earlier one put out has to be let in as well.
        known = Door(
            cid=word.cid,
            held=True,
            since=word.since,
            by=by,
            put_out=known.put_out if known else {},
            names=known.names if known else {},
            told=True,
        )
    if known.held and not word.held:
        known = replace(known, held=False, told=True)  # whoever says so opens it
    if len(known.inside) + len(known.put_out) > MOST_PEOPLE:
        return known
    out = {one.user_id: one for one in word.put_out}
    return replace(
        known,
        inside=known.inside | set(word.inside),
        put_out={**known.put_out, **{who: one.act_id for who, one in out.items()}},
        names={**known.names, **{who: one.name for who, one in out.items()}},
    )


def _ids(user_ids: frozenset[str]) -> list[tuple[str, ...]]:
    return list(in_pieces(sorted(user_ids), len, ROOM, MAX_ITEMS))


def _put_out(after: Door, known: Door | None) -> list[PutOut]:
    before = known.put_out if known else {}
    return [
        PutOut(user_id, after.names.get(user_id, user_id)[:NAME_SHOWN], act_id)
        for user_id, act_id in after.put_out.items()
        if before.get(user_id) != act_id
    ]


def _size_of(one: PutOut) -> int:
    return _EACH + len(one.user_id) + len(one.name) + len(one.act_id)
