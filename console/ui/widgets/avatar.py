"""One speaker looks the same everywhere: a colour by stable hash, and a disc with initials."""

import unicodedata
from hashlib import blake2b

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from console.base.plain_text import visible
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon
from console.ui.widgets.theme import Theme


def color_index(user_id: str, count: int) -> int:
    """Which of ``count`` colours a person has, the same in every run and on every machine."""
    digest = blake2b(user_id.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % count


def initials(name: str) -> str:
    """One or two letters or digits that stand for ``name``; a dot when there are none."""
    words = [word for word in visible(name).split() if any(map(_counts, word))]
    letters = [next(char for char in word if _counts(char)) for word in words]
    if not letters:
        return "•"
    chosen = letters[:1] + letters[-1:] if len(letters) > 1 else letters
    return "".join(chosen).upper()[:2]


def _counts(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def speaker_color(theme: Theme, user_id: str) -> QColor:
    """The colour of a person in this theme."""
    speakers = theme.tokens.speakers
    return QColor(speakers[color_index(user_id, len(speakers))])


def paint_disc(
    painter: QPainter, rect: QRect, user_id: str, name: str, theme: Theme, fonts: Fonts
) -> None:
    """Draw the person's disc into ``rect``."""
    color = speaker_color(theme, user_id)
    ground = QColor(color)
    ground.setAlphaF(0.18)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(QRectF(rect))
    painter.setPen(color)
    painter.setFont(fonts.strong if rect.height() >= 32 else fonts.tiny_strong)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), initials(name or user_id))


def paint_round(painter: QPainter, rect: QRect, picture: QPixmap, theme: Theme) -> None:
    """Draw the middle of ``picture`` as a disc into ``rect``."""
    side = min(picture.width(), picture.height())
    source = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addEllipse(QRectF(rect))
    painter.setClipPath(shape)
    painter.drawPixmap(rect, picture, source)
    painter.setClipping(False)
    painter.setPen(theme.color("line_strong"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(rect))
    painter.restore()


def paint_watched(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """Ring the disc in ``rect`` and put an eye at its foot: the person is to be watched."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("warn"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5))
    size = max(11, rect.height() // 2)
    eye = QRect(rect.right() + 3 - size, rect.bottom() + 3 - size, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawEllipse(QRectF(eye))
    paint_icon(painter, eye.left() + 1, eye, "eye", "warn", theme, size - 2)
