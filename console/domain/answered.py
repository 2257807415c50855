"""Which content of a person an act on them answers. Pure.

Whoever has lost the chat still speaks, and whoever is silent still shows a screen: what an act
leaves as it is stays open, so that somebody looks at it.
"""

from console.domain.act import Act
from console.domain.acts.flag import FLAG_FOR_REVIEW
from console.domain.acts.spec import ActSpec
from console.domain.acts.table import spec_of
from console.domain.acts.warn import WARN
from console.domain.call import Track
from console.domain.item import APPEARANCE, ATTACHMENT, CAPTION, FRAME, MESSAGE, Item, Picture

_WRITTEN = frozenset((MESSAGE, ATTACHMENT))
_OF_ONE_ITEM = frozenset((FLAG_FOR_REVIEW, WARN))
"""What takes nothing from the person, and so answers only the item that it names."""


def is_answered(item: Item, act: Act) -> bool:
    """Whether ``act``, done to the author of ``item``, answers that item.

    What is done to a message answers it and its pictures, a flag and a warning the item that they
    name. What holds in the chat answers what was written there; what takes a microphone, a camera
    or a screen answers what came from it. What puts somebody out answers everything. A name or a
    picture of theirs is answered only by what changes it or puts them out.
    """
    spec = spec_of(act.kind)
    if spec.of_message:
        return _names(act, item) or _hangs_on(item, act.item)
    if act.kind in _OF_ONE_ITEM:
        return _names(act, item)
    if item.kind in APPEARANCE:
        return item.kind in spec.answers
    return spec.sanction and _reaches(spec, item)


def _reaches(spec: ActSpec, item: Item) -> bool:
    if spec.of_chat:
        return item.kind in _WRITTEN
    return not spec.tracks or _track_of(item) in spec.tracks


def _track_of(item: Item) -> str:
    """The track from which it came; empty for what came from none."""
    if item.kind == CAPTION:
        return Track.AUDIO
    if item.kind == FRAME and isinstance(item.body, Picture):
        return item.body.track
    return ""


def _names(act: Act, item: Item) -> bool:
    named = act.item.item_id if act.item is not None else ""
    if not named and act.review is not None:  # of a colleague's act only the id is known
        named = act.review.entity_id
    return named == item.item_id


def _hangs_on(item: Item, message: Item | None) -> bool:
    if message is None or item.kind != ATTACHMENT or not item.source_id:
        return False
    return (item.channel, item.source_id) == (message.channel, message.source_id)
