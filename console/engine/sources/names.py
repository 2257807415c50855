"""Names and pictures of people: how somebody in a call appears.

They become items only where they are raised, or were: a call of 5,000 people would else have 5,000
lines that nobody wants to read. The services of names and of avatars decide that.
"""

from typing import Any

from console.domain.call import Participant
from console.domain.item import AVATAR, NAME, Item, Name, Picture, identify
from console.engine.services.directory import Directory
from console.engine.sources.source import Source
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import Event

ENTITY_TYPE = "stream:v1:user_profile"
CONFIG_KEY = "user_profile:default"
"""What Stream's own client for JavaScript sends with such a check (STREAM.md 6.4)."""


class AppearanceSeen(Event, frozen=True, kw_only=True, tag="console.appearance_seen"):
    """No event of Stream's: a name, or a picture beside one, that is to be shown."""

    item: Item


def item_of(
    kind: str, person: Participant, session_id: str, body: Name | Picture, now: float
) -> Item:
    """How ``person`` appears in a session; whatever follows is a revision of it.

    ``now`` is its time, so that what they had before is news when they have it again.
    """
    return Item(
        item_id=identify(kind[0], person.cid, session_id, person.user_id),
        kind=kind,
        cid=person.cid,
        session_id=session_id,
        author_id=person.user_id,
        author_name=person.name,
        body=body,
        start_time=now,
        end_time=now,
        received_at=now,
    )


def name_check(item: Item) -> CheckRequest:
    """What Stream is asked about a name: whoever has it, so that all of one name cost one check.

    As a test, like Stream's own client: the answer is for all of them, and the review queue would
    show the first alone.
    """
    return _check(item, {"texts": [item.text]})


def avatar_check(item: Item) -> CheckRequest:
    """The same about a picture, which Stream fetches itself."""
    return _check(item, {"images": [item.body.url] if isinstance(item.body, Picture) else []})


def _check(item: Item, payload: dict[str, Any]) -> CheckRequest:
    return CheckRequest(
        ENTITY_TYPE,
        item.author_id,
        item.author_id,
        payload,
        config_key=CONFIG_KEY,
        test_mode=True,
        options={"force_sync": True},
    )


def _read(event: AppearanceSeen, _directory: Directory, _now: float) -> Item:
    return event.item


NAMES = Source(kind=NAME, events=(AppearanceSeen,), read=_read, check=name_check)
AVATARS = Source(kind=AVATAR, events=(), read=_read, check=avatar_check)
"""Its items come with the same event as names."""
