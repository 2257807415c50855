"""Which events are taken from webhooks: those that sockets do not bring. Pure.

What sockets bring too (captions, joins, acts) would only come twice, and later.
"""

from console.engine.wire.egress_events import FrameRecordingReady
from console.engine.wire.events import Event, ModerationFlagged, Unknown

_OF_THE_QUEUE = ("review_queue_item.", "moderation.", "appeal.")


def is_wanted(event: Event) -> bool:
    """Whether ``event`` of a webhook is news: a frame, or that the review queue changed."""
    if isinstance(event, Unknown):
        return event.name.startswith(_OF_THE_QUEUE)
    return isinstance(event, FrameRecordingReady | ModerationFlagged)
