"""Pictures that hang on chat messages; the feed of messages has them looked at.

Stream has no type of entity for one (STREAM.md 6.2), so checks name one of our own.
"""

from console.domain.call import Call
from console.domain.item import ATTACHMENT, Item, Picture, identify
from console.engine.services.directory import Directory
from console.engine.sources.source import Source, check_of_picture
from console.engine.wire.chat import Message
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import Event

ENTITY_TYPE = "stream:v1:chat_attachment"


class PictureAttached(Event, frozen=True, kw_only=True, tag="console.picture_attached"):
    """No event of Stream's: a picture on ``message`` that was looked at, or could not be."""

    call: Call
    message: Message
    picture: Picture


def _read(event: PictureAttached, _directory: Directory, now: float) -> Item:
    message, picture = event.message, event.picture
    return Item(
        item_id=identify("a", picture.channel, message.id, picture.url),
        kind=ATTACHMENT,
        cid=event.call.cid,
        session_id=event.call.session_id,
        author_id=message.user.id,
        author_name=message.user.shown_name,
        body=picture,
        start_time=message.created_at.seconds,
        end_time=message.created_at.seconds,
        received_at=now,
        source_id=message.id,
    )


def _check(item: Item) -> CheckRequest:
    return check_of_picture(item, ENTITY_TYPE)


ATTACHMENTS = Source(kind=ATTACHMENT, events=(PictureAttached,), read=_read, check=_check)
