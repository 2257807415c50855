"""Captions: what is spoken in a call, as Stream writes it down."""

from console.domain.item import CAPTION, Item, Text, identify
from console.engine.services.directory import Directory
from console.engine.sources.source import Source, check_of_text
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import ClosedCaption

ENTITY_TYPE = "stream:v1:utterance"


def _read(event: ClosedCaption, directory: Directory, now: float) -> Item:
    caption = event.closed_caption
    cid, speaker_id = event.call_cid, caption.speaker_id
    call = directory.call(cid)
    start = caption.start_time
    language = caption.language or ""
    return Item(
        item_id=identify("u", cid, speaker_id, str(start.ns), language),
        kind=CAPTION,
        cid=cid,
        session_id=call.session_id if call else "",
        author_id=speaker_id,
        author_name=caption.user.shown_name if caption.user else directory.name_of(cid, speaker_id),
        body=Text(caption.text),
        start_time=start.seconds,
        end_time=(caption.end_time or start).seconds,
        received_at=now,
        source_id=caption.id,
        language=language,
        translated=caption.translated,
    )


def _check(item: Item) -> CheckRequest:
    return check_of_text(item, ENTITY_TYPE, item.item_id)


CAPTIONS = Source(kind=CAPTION, events=(ClosedCaption,), read=_read, check=_check)
