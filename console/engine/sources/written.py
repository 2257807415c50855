"""A chat message that belongs to a call, as the feed of messages hands it on."""

from console.domain.call import Call
from console.domain.item import MESSAGE, Item, Text, identify
from console.engine.wire.chat import CONTENT, Message
from console.engine.wire.events import Event


class Written(Event, frozen=True, kw_only=True):
    """What somebody wrote in the channel of ``call``, as it is now.

    Attributes:
        channel: its cid. deleted: as in console.domain.item.Text.
        older: it is no news; somebody asked for what was written before.
    """

    channel: str
    message: Message
    call: Call
    deleted: str = ""
    older: bool = False


def read_written(event: Written, now: float) -> Item | None:
    """The message as an item; None for what no person wrote to others, or of which nothing is
    known but that it is gone.
    """
    message = event.message
    if message.type not in CONTENT:
        return None
    return Item(
        item_id=identify("m", event.channel, message.id),
        kind=MESSAGE,
        cid=event.call.cid,
        session_id=event.call.session_id,
        author_id=message.user.id,
        author_name=message.user.shown_name,
        body=Text(
            message.text,
            channel=event.channel,
            edited=message.message_text_updated_at is not None,
            deleted=event.deleted,
        ),
        start_time=message.created_at.seconds,
        end_time=message.created_at.seconds,  # a deletion counts as an update, and is no writing
        received_at=now,
        source_id=message.id,
    )
