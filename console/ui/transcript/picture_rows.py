"""The blurred picture below the words of a row. Pure geometry, and the painting of it."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter

from console.domain.item import Item, Picture
from console.ui.state.entries import ItemEntry, Row
from console.ui.state.pictures import Pictures
from console.ui.widgets.theme import Theme

SIZE = QSize(128, 72)
GAP = 4


def shows_picture(entry: Row | None) -> bool:
    """Whether a row has a picture in it."""
    return isinstance(entry, ItemEntry) and bool(room(entry.item))


def room(item: Item) -> int:
    """How many pixels the picture of a row takes below its words; 0 where it has none."""
    body = item.body
    has_one = isinstance(body, Picture) and body.seen
    return SIZE.height() + 2 * GAP if has_one else 0


def place_in(text: QRect) -> QRect:
    """Where the picture of a row stands whose words and picture take ``text``."""
    return QRect(QPoint(text.left(), text.bottom() + 1 - SIZE.height() - GAP), SIZE)


def paint_picture(
    painter: QPainter,
    text: QRect,
    item: Item,
    pictures: Pictures | None,
    theme: Theme,
    *,
    sharp: bool,
) -> None:
    """Paint the picture of ``item`` at the foot of ``text``, blurred unless ``sharp``."""
    body = item.body
    if pictures is None or not isinstance(body, Picture) or not room(item):
        return
    place = place_in(text)
    painter.fillRect(place, theme.color("raised"))
    found = pictures.find(body.picture_id, sharp=sharp)
    if found is not None:
        size = found.size().scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio)
        fits = QRect(place.topLeft(), size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(fits, found)
        painter.restore()
        place = fits
    painter.setPen(theme.color("line_strong"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(0, 0, -1, -1))
