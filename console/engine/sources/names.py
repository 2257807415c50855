"""Names: what somebody in a call calls themself.

A name becomes an item only where it is raised, or was: a call of 5,000 people would else have
5,000 lines that nobody wants to read. The service of names decides that.
"""

from console.domain.call import Participant
from console.domain.item import NAME, Item, Name, identify
from console.engine.services.directory import Directory
from console.engine.sources.source import Source
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import Event

ENTITY_TYPE = "stream:v1:user_profile"
CONFIG_KEY = "user_profile:default"
"""What Stream's own client for JavaScript sends with such a check (STREAM.md 6.4)."""


class NameSeen(Event, frozen=True, kw_only=True, tag="console.name_seen"):
    """No event of Stream's: a name that is to be shown."""

    item: Item


def item_of(person: Participant, session_id: str, name: Name, now: float) -> Item:
    """The name of ``person`` in a session; another name of theirs is a revision of it.

    ``now`` is its time, so that a name they had before is news when they have it again.
    """
    return Item(
        item_id=identify("n", person.cid, session_id, person.user_id),
        kind=NAME,
        cid=person.cid,
        session_id=session_id,
        author_id=person.user_id,
        author_name=person.name,
        body=name,
        start_time=now,
        end_time=now,
        received_at=now,
    )


def name_check(item: Item) -> CheckRequest:
    """What Stream is asked about a name: whoever has it, so that all of one name cost one check.

    As a test, like Stream's own client: the answer is for all of them, and the review queue would
    show the first alone.
    """
    return CheckRequest(
        ENTITY_TYPE,
        item.author_id,
        item.author_id,
        {"texts": [item.text]},
        config_key=CONFIG_KEY,
        test_mode=True,
        options={"force_sync": True},
    )


def _read(event: NameSeen, _directory: Directory, _now: float) -> Item:
    return event.item


NAMES = Source(kind=NAME, events=(NameSeen,), read=_read, check=name_check)
