"""Frames of cameras and screens, from Stream's frame recording or taken on this machine.

Stream has no type of entity for a frame (STREAM.md 6.1), so checks name one of our own. Frames of
one camera or screen are one entity for some minutes, named as the first of them: a check of what is
in the review queue already updates it there, so that a camera fills no queue.
"""

from console.domain.frames import TrackKey
from console.domain.item import FRAME, Item, Picture, identify
from console.engine.services.directory import Directory
from console.engine.services.service import SessionContext
from console.engine.sources.source import Source, Take, check_of_picture
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import Event

ENTITY_TYPE = "stream:v1:frame"


class FrameLooked(Event, frozen=True, kw_only=True, tag="console.frame_looked"):
    """No event of Stream's: a frame that was looked at, or that nobody could look at.

    ``entity_id``: the item whose entity it is at Stream.
    """

    key: TrackKey
    session_id: str
    name: str
    captured_at: float
    picture: Picture
    entity_id: str = ""


def frame_id(key: TrackKey, captured_at: float) -> str:
    """The id of the item of a frame: one a camera or screen and moment."""
    return identify("f", key.cid, key.user_id, key.track, f"{captured_at:.3f}")


def _read(event: FrameLooked, directory: Directory, now: float) -> Item:
    key = event.key
    call = directory.call(key.cid)
    return Item(
        item_id=frame_id(key, event.captured_at),
        kind=FRAME,
        cid=key.cid,
        session_id=event.session_id or (call.session_id if call else ""),
        author_id=key.user_id,
        author_name=event.name,
        body=event.picture,
        start_time=event.captured_at,
        end_time=event.captured_at,
        received_at=now,
        source_id=event.entity_id,
    )


def _check(item: Item) -> CheckRequest:
    return check_of_picture(item, ENTITY_TYPE, {"force_sync": True}, entity_id=item.source_id)


async def _feed(context: SessionContext, take: Take) -> None:
    while True:
        await take(await context.looked_frames.get())


FRAMES = Source(kind=FRAME, events=(FrameLooked,), read=_read, check=_check, feed=_feed)
