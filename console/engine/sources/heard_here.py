"""What is spoken in a call and written down on this machine, in place of Stream's captions."""

import asyncio
import uuid

from console.domain.item import CAPTION, Item, Text, identify
from console.engine.services.directory import Directory
from console.engine.services.service import SessionContext
from console.engine.sources.captions import CAPTIONS
from console.engine.sources.source import Source, Take
from console.engine.wire.events import Event
from console.engine.wire.limits import MAX_TEXT
from console.protocol.media import SpeechHeard

WAITING = 500
"""Lines of our own ear that wait to be taken in; more are lost, and told."""


class SpokenHere(Event, frozen=True, kw_only=True, tag="console.spoken_here"):
    """No event of Stream's: a final text of the media process. ``run``: of which engine."""

    heard: SpeechHeard
    run: str


def _read(event: SpokenHere, directory: Directory, now: float) -> Item | None:
    heard = event.heard
    if not heard.text.strip():
        return None
    call = directory.call(heard.cid)
    return Item(
        item_id=identify("h", event.run, heard.cid, heard.utterance_id, str(heard.start)),
        kind=CAPTION,
        cid=heard.cid,
        session_id=call.session_id if call else "",
        author_id=heard.user_id,
        author_name=directory.name_of(heard.cid, heard.user_id) or heard.name,
        body=Text(heard.text[:MAX_TEXT], heard.heard_by, heard.confidence),
        start_time=heard.start,
        end_time=heard.end,
        received_at=now,
        language=heard.language,
    )


async def _feed(context: SessionContext, take: Take) -> None:
    waiting: asyncio.Queue[SpeechHeard] = asyncio.Queue(WAITING)
    run = uuid.uuid4().hex

    def hear(heard: SpeechHeard) -> None:
        if not heard.final or not heard.text:
            return
        try:
            waiting.put_nowait(heard)
        except asyncio.QueueFull:
            sentence = "Lines that were heard here came too fast and were lost."
            context.channel.problem("media", sentence)

    stop = context.media.on(SpeechHeard, hear)
    try:
        while True:
            await take(SpokenHere(heard=await waiting.get(), run=run))
    finally:
        stop()


HEARD_HERE = Source(
    kind=CAPTION, events=(SpokenHere,), read=_read, check=CAPTIONS.check, feed=_feed
)
