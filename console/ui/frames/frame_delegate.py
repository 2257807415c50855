"""Paints a tile of the wall of frames: the blurred picture, its badge, who and where, how old."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.ui.frames.frame_tile import OLD_S, FrameTile
from console.ui.frames.frames_model import TILE, FramesModel
from console.ui.state.pictures import Pictures
from console.ui.widgets.avatar import speaker_color
from console.ui.widgets.badge import Badge, Ground, badge_height, badge_of, paint_badge
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import span
from console.ui.widgets.theme import Theme

GAP = 6
PAD = 8
RADIUS = 6
PICTURE = QSize(256, 144)
ICON = 14
FRAME = 2
NOT_JUDGED = "Not judged yet"
_UNJUDGED = Badge("clock", NOT_JUDGED, (), "text_dim", Ground.QUIET)


class FrameDelegate(QStyledItemDelegate):
    """``revealed``: the row whose picture is held sharp; -1 for none."""

    def __init__(
        self, model: FramesModel, pictures: Pictures, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._pictures = pictures
        self._theme = theme
        self._fonts: Fonts | None = None
        self.revealed = -1

    def fonts(self, font: QFont) -> Fonts:
        """The sizes and weights of ``font``, made once."""
        if self._fonts is None or self._fonts.key != font.key():
            self._fonts = Fonts(font)
        return self._fonts

    def size(self, font: QFont) -> QSize:
        """Of a tile with the gap around it."""
        fonts = self.fonts(font)
        words = fonts.line + 2 * fonts.small_metrics.height() + 10
        return QSize(PICTURE.width() + 2 * GAP, PICTURE.height() + words + 2 * GAP)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.size(option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile: FrameTile | None = index.data(TILE)
        if tile is None:
            return
        rect: QRect = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        fonts, color = self.fonts(option.font), self._theme.color
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.5 if index.data(Role.GONE) else 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("selected" if selected else "panel"))
        painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        place = QRect(rect.left(), rect.top(), rect.width(), PICTURE.height())
        self._paint_picture(painter, place, tile, fonts, sharp=index.row() == self.revealed)
        self._paint_badge(painter, place, tile, fonts)
        gone = bool(index.data(Role.GONE))
        self._paint_words(painter, rect, place.bottom() + 1, tile, fonts, gone=gone)
        painter.setOpacity(1.0)
        edge = "accent" if selected or focused else "bad" if tile.is_open else "line"
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setWidth(FRAME if selected or focused or tile.is_open else 1)
        pen.setColor(color(edge))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, place: QRect, tile: FrameTile, fonts: Fonts, *, sharp: bool
    ) -> None:
        color, seen = self._theme.color, tile.seen.picture
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(place.adjusted(0, 0, 0, RADIUS)), RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.fillRect(place, color("raised"))
        preview = self._pictures.preview(tile.seen.preview)
        found = preview or self._pictures.find(seen.picture_id, sharp=sharp)
        if found is not None:
            painter.drawPixmap(fitted(found, place), found)
        else:
            words = self._why_empty(tile)
            if seen.withheld or seen.sentence:
                paint_hatching(painter, place, self._theme)
            room = place.adjusted(PAD, PAD, -PAD, -PAD - badge_height(fonts))
            painter.setFont(fonts.small)
            painter.setPen(color("text_dim"))
            wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
            painter.drawText(room, int(wrap), words)
        painter.restore()

    def _why_empty(self, tile: FrameTile) -> str:
        picture = tile.seen.picture
        if picture.withheld:
            return "Nobody may see this picture. Only its hash is kept."
        if picture.sentence:
            return tile.words
        if not tile.seen.judged:
            return NOT_JUDGED
        return self._pictures.why_not(picture.picture_id) or "Fetching the picture…"

    def _paint_badge(self, painter: QPainter, place: QRect, tile: FrameTile, fonts: Fonts) -> None:
        """On a strip of its own at the foot of the picture, so that it reads on any picture."""
        height = badge_height(fonts) + 6
        strip = QRect(place.left(), place.bottom() + 1 - height, place.width(), height)
        painter.fillRect(strip, self._theme.color("panel", 0.88))
        paint_icon(painter, strip.left() + PAD, strip, tile.track, "text_dim", self._theme)
        lane = strip.adjusted(PAD + ICON + GAP, 0, -GAP, 0)
        badge = badge_of(tile.verdict, tile.mark) if tile.seen.judged else _UNJUDGED
        paint_badge(painter, lane, badge, self._theme, fonts)

    def _paint_words(
        self,
        painter: QPainter,
        rect: QRect,
        top: int,
        tile: FrameTile,
        fonts: Fonts,
        *,
        gone: bool,
    ) -> None:
        color = self._theme.color
        left, width = rect.left() + PAD, rect.width() - 2 * PAD
        age = self._model.age(tile.seen)
        old = f"{'off · ' if gone else ''}{span(age)} ago"
        room = fonts.small_metrics.horizontalAdvance(old) + 1
        line = QRect(left, top + 4, width - room - GAP, fonts.line)
        ink = speaker_color(self._theme, tile.seen.key.user_id)
        paint_text(painter, line, tile.who, fonts.strong, ink)
        when = QRect(left + width - room, top + 4, room, fonts.line)
        paint_text(painter, when, old, fonts.small, color("warn" if age > OLD_S else "text_faint"))
        small = fonts.small_metrics.height()
        below = QRect(left, line.bottom() + 1, width, small)
        paint_text(painter, below, tile.where, fonts.small, color("text_dim"))
        words = QRect(left, below.bottom() + 1, width, small)
        if tile.words and not tile.seen.picture.sentence:
            paint_text(painter, words, f"“{tile.words}”", fonts.small, color("text_faint"))


def fitted(picture: QPixmap, place: QRect) -> QRect:
    """Where a picture stands in ``place``: all of it, in the middle."""
    size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fits = QRect(place.topLeft(), size)
    fits.moveCenter(place.center())
    return fits
