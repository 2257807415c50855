"""The kinds of content, each with its source."""

from console.domain.item import Item
from console.engine.sources.attachments import ATTACHMENTS
from console.engine.sources.captions import CAPTIONS
from console.engine.sources.frames import FRAMES
from console.engine.sources.heard_here import HEARD_HERE
from console.engine.sources.messages import MESSAGES
from console.engine.sources.names import AVATARS, NAMES
from console.engine.sources.source import Source
from console.engine.wire.check import CheckRequest

SOURCES: tuple[Source, ...] = (CAPTIONS, HEARD_HERE, MESSAGES, ATTACHMENTS, NAMES, AVATARS, FRAMES)

_BY_KIND = {source.kind: source for source in SOURCES}


def check_request(item: Item) -> CheckRequest:
    """What moderation.check is asked about ``item``.

    Raises:
        KeyError: no source has this kind.
    """
    return _BY_KIND[item.kind].check(item)
