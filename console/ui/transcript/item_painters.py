"""What the rows of each kind of content show."""

from collections.abc import Callable

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.item import (
    ATTACHMENT,
    AVATAR,
    CAPTION,
    FOR_GOOD,
    FRAME,
    MESSAGE,
    NAME,
    Item,
    Name,
    Picture,
    Text,
)
from console.domain.picture import SCREEN, VIDEO
from console.domain.speech import by_plugin
from console.ui.state.raised_words import like_words
from console.ui.widgets.text_layouts import shown_text


class ItemPainter(Struct, frozen=True):
    """The row of one kind of content.

    ``mark`` says in a word what the content is, in front of its text; "" where it goes without
    saying. Everything it returns is shown as plain text.
    """

    kind: str
    mark: Callable[[Item], str]

    def lead(self, item: Item) -> str:
        """The mark as the row shows it, with the space after it."""
        mark = self.mark(item)
        return f"‹{mark}› " if mark else ""

    def text(self, item: Item) -> str:
        """All of the text of the row."""
        return self.lead(item) + shown_text(item.text)


def heard_words(body: Text) -> str:
    """What wrote it down for us and how sure that was; empty for captions of Stream."""
    if not body.heard_by:
        return ""
    who = visible(body.heard_by) if by_plugin(body.heard_by) else "heard here"
    return f"{who} {body.confidence:.0%}" if body.confidence >= 0 else who


def _spoken(item: Item) -> str:
    if item.translated:
        return visible(item.language) or "translated"
    return heard_words(item.body) if isinstance(item.body, Text) else ""


def _called(item: Item) -> str:
    body = item.body
    return like_words(body) if isinstance(body, Name) and body.like else "name"


def _written(item: Item) -> str:
    if item.deleted:
        return "chat, deleted for good" if item.deleted == FOR_GOOD else "chat, deleted"
    edited = item.revision or (isinstance(item.body, Text) and item.body.edited)
    return "chat, edited" if edited else "chat"


def _shown(item: Item) -> str:
    body = item.body
    if not isinstance(body, Picture):
        return "picture"
    what = {VIDEO: "camera", SCREEN: "screen"}.get(body.track, "picture")
    what = "chat picture" if item.kind == ATTACHMENT else what
    if body.withheld:
        return f"{what}, shown to nobody"
    return f"{what}, nobody could look: {visible(body.sentence)}" if body.sentence else what


PAINTERS: tuple[ItemPainter, ...] = (
    ItemPainter(CAPTION, _spoken),
    ItemPainter(MESSAGE, _written),
    ItemPainter(NAME, _called),
    ItemPainter(FRAME, _shown),
    ItemPainter(ATTACHMENT, _shown),
    ItemPainter(AVATAR, lambda _: "picture beside their name"),
)

_BY_KIND = {painter.kind: painter for painter in PAINTERS}


def painter_of(item: Item) -> ItemPainter:
    """The painter of the kind of ``item``; one that names the kind where none is registered."""
    return _BY_KIND.get(item.kind) or ItemPainter(item.kind, lambda item: visible(item.kind))
