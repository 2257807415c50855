"""Chat messages: what is written in the channel of a call (STREAM.md 12).

They come over a socket of their own, because no client of Stream is known to receive calls and chat
over one (STREAM.md 12.3).
"""

from console.domain.item import MESSAGE, Item
from console.engine.services.directory import Directory
from console.engine.services.service import SessionContext
from console.engine.sources.messages_feed import MessagesFeed
from console.engine.sources.source import Source, Take, check_of_text
from console.engine.sources.written import Written, read_written
from console.engine.wire.check import CheckRequest

ENTITY_TYPE = "stream:chat:v1:message"


def _read(event: Written, _directory: Directory, now: float) -> Item | None:
    return read_written(event, now)


def _check(item: Item) -> CheckRequest:
    return check_of_text(item, ENTITY_TYPE, item.source_id)


async def _feed(context: SessionContext, take: Take) -> None:
    await MessagesFeed(context, take).run()


MESSAGES = Source(kind=MESSAGE, events=(Written,), read=_read, check=_check, feed=_feed)
