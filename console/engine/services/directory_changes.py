"""What changed in the directory, as it is published."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from console.engine.services.call_record import CallRecord


class Changes(Struct, frozen=True):
    """What changed since the last time it was asked.

    Attributes:
        calls: cids that appeared or changed. removed: cids that are over.
        people: user_session_ids (``user:<id>`` outside the session) that changed, by cid.
        left: those that went, by cid. renewed: cids whose people are to be published as a whole.
    """

    calls: frozenset[str]
    removed: frozenset[str]
    people: dict[str, frozenset[str]]
    left: dict[str, frozenset[str]]
    renewed: frozenset[str]


def taken_from(changed: Mapping[str, CallRecord | None], removed: Iterable[str]) -> Changes:
    """What the records, by cid, have gathered; they then gather anew."""
    people: dict[str, frozenset[str]] = {}
    left: dict[str, frozenset[str]] = {}
    renewed: set[str] = set()
    calls: set[str] = set()
    for cid, record in changed.items():
        if record is None:
            continue
        if record.call != record.published:
            record.published = record.call
            calls.add(cid)
        if record.whole:
            renewed.add(cid)
        elif record.changed_people or record.left:
            people[cid] = frozenset(record.changed_people)
            left[cid] = frozenset(record.left)
        record.whole = False
        record.changed_people.clear()
        record.left.clear()
    return Changes(
        calls=frozenset(calls),
        removed=frozenset(removed),
        people=people,
        left=left,
        renewed=frozenset(renewed),
    )


def taken_by_cid(gathered: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """What was gathered of each call where that is anything; it is gathered anew then."""
    taken = {cid: frozenset(user_ids) for cid, user_ids in gathered.items() if user_ids}
    for cid in taken:
        gathered[cid].clear()
    return taken
