"""Paints a tile: the call, what was raised in it last, its people, its heat."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.ui.calls import sparkline
from console.ui.calls.calls_delegate import heat_token
from console.ui.state.watched_words import watched_words
from console.ui.wall.tile import CallState, Tile, TileKind
from console.ui.wall.tile_pictures import TilePictures
from console.ui.wall.wall_model import BARS, TILE
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.paint_helpers import paint_icon, paint_pill, paint_text
from console.ui.widgets.roles import Index
from console.ui.widgets.short_texts import clock_minute
from console.ui.widgets.theme import Theme

PAD = 9
SMALL_PAD = 6
GAP = 6
RADIUS = 6
BAR = 3
"""How wide the bar of a warm call is at the left edge of its tile."""

_SIGNS = {
    CallState.LIVE: ("live", "good"),
    CallState.BACKSTAGE: ("backstage", "text_faint"),
    CallState.NOT_HEARD: ("gap", "warn"),
    CallState.ENDED: ("end-call", "text_faint"),
}
_GROUNDS = ("panel", "panel", "warn_tint", "bad_tint")
_EDGES = ("line", "line_strong", "warn", "bad")


class TileDelegate(QStyledItemDelegate):
    """Large tiles have four lines, middle ones three and small ones two."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: Fonts | None = None
        self._pictures = TilePictures()
        self.kind = TileKind.LARGE

    def fonts(self, font: QFont) -> Fonts:
        """The sizes and weights of ``font``, made once."""
        if self._fonts is None or self._fonts.key != font.key():
            self._fonts = Fonts(font)
        return self._fonts

    def size(self, font: QFont, kind: TileKind) -> QSize:
        """The least width, and the height, of a tile."""
        fonts = self.fonts(font)
        small = fonts.small_metrics.height()
        pad, below, letters = {
            TileKind.LARGE: (PAD, 3 * small + 10, 31),
            TileKind.MIDDLE: (SMALL_PAD, 2 * small + 5, 26),
            TileKind.SMALL: (SMALL_PAD, small + 3, 23),
        }[kind]
        return QSize(round(fonts.character * letters), 2 * pad + fonts.line + below)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile: Tile | None = index.data(TILE)
        if tile is None:
            return
        rect, fonts = option.rect, self.fonts(option.font)
        device = painter.device()
        picture = self._pictures.find(
            (tile, self.kind, fonts.key, self._theme.tokens.name),
            rect.size(),
            device.devicePixelRatioF() if device else 1.0,
            self._theme.color("panel"),
            lambda inside, place: self._paint_tile(inside, place, tile, fonts),
        )
        painter.drawPixmap(rect.topLeft(), picture)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, rect, option)
        painter.restore()

    def _paint_tile(self, painter: QPainter, rect: QRect, tile: Tile, fonts: Fonts) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not tile.name:
            self._paint_empty(painter, rect)
            return
        self._paint_ground(painter, rect, tile)
        painter.setOpacity(1.0 if tile.fits else 0.45)
        self._paint_words(painter, rect, tile, fonts)

    def _paint_empty(self, painter: QPainter, rect: QRect) -> None:
        pen = self._theme.color("line")
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_ground(self, painter: QPainter, rect: QRect, tile: Tile) -> None:
        color, level = self._theme.color, tile.level if tile.fits else 0
        over = tile.state is CallState.ENDED
        painter.setPen(color("line" if over else _EDGES[level]))
        painter.setBrush(color("window" if over else _GROUNDS[level]))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if tile.frozen and not over:
            paint_hatching(painter, rect.adjusted(1, 1, -1, -1), self._theme, RADIUS)
        if level:
            painter.fillRect(
                rect.left() + 1,
                rect.top() + RADIUS,
                BAR,
                rect.height() - 2 * RADIUS,
                color("bad" if level == 3 else "warn_fill"),
            )

    def _paint_frame(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        """What is chosen and where the keyboard is: by form, whatever colour the heat gives."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not (chosen or hovered or focused):
            return
        pen = painter.pen()
        pen.setColor(self._theme.color("accent" if chosen or focused else "line_strong"))
        width = 3 if chosen else 2 if focused else 1
        pen.setWidth(width)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)  # a ground would hide how hot it is
        inset = width / 2
        inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, RADIUS, RADIUS)

    def _paint_words(self, painter: QPainter, rect: QRect, tile: Tile, fonts: Fonts) -> None:
        large = self.kind is TileKind.LARGE
        pad = PAD if large else SMALL_PAD
        body = rect.adjusted(pad + 2, pad, -pad, -pad)
        head = QRect(body.left(), body.top(), body.width(), fonts.line)
        self._paint_head(painter, head, tile, fonts)
        height = fonts.small_metrics.height()
        foot = QRect(body.left(), body.bottom() + 1 - height, body.width(), height)
        if self.kind is TileKind.SMALL:
            self._paint_low(painter, foot, tile, fonts)
            return
        note = QRect(body.left(), head.bottom() + 4, body.width(), height)
        said = note.translated(0, height + 1)
        if large:
            self._paint_raised(painter, note, said, tile, fonts)
        else:
            self._paint_one_line(painter, note.translated(0, -2), tile, fonts)
        self._paint_foot(painter, foot, tile, fonts)

    def _paint_head(self, painter: QPainter, line: QRect, tile: Tile, fonts: Fonts) -> None:
        color = self._theme.color
        icon, token = _SIGNS[tile.state]
        left = line.left()
        # Two hundred signs of what is as it should be would hide the few that are not.
        if self.kind is TileKind.LARGE or tile.state is not CallState.LIVE:
            left = paint_icon(painter, left, line, icon, token, self._theme, 14) + GAP
        right = line.right() + 1
        if tile.open:
            words = str(tile.open) if tile.open < 1000 else "999+"
            right = paint_pill(
                painter,
                right,
                line,
                words,
                fonts.tiny_strong,
                ink=color("warn"),
                ground=color("warn_tint"),
                edge=color("warn"),
            )
            right -= 4
        if tile.asking:
            right -= 14
            paint_icon(painter, right, line, "hand", "accent", self._theme, 14)
            right -= 4
        if tile.pinned:
            right -= 14
            paint_icon(painter, right, line, "pin", "accent", self._theme, 12)
            right -= 4
        if tile.watchers and self.kind is TileKind.SMALL:
            right -= 14
            paint_icon(painter, right, line, "eye", "accent", self._theme, 12)
            right -= 4
        ink = color("text_faint" if tile.state is CallState.ENDED else "text")
        name = QRect(left, line.top(), right - left - 2, line.height())
        # Calls of one series differ at the end of their names.
        middle = Qt.TextElideMode.ElideMiddle
        paint_text(painter, name, tile.name, fonts.strong, ink, middle)

    def _paint_raised(
        self, painter: QPainter, note: QRect, said: QRect, tile: Tile, fonts: Fonts
    ) -> None:
        color = self._theme.color
        if tile.note:
            ink = color("warn" if tile.warns else "text_faint")
            paint_text(painter, note, tile.note, fonts.small, ink)
        elif tile.said:
            words = f"{clock_minute(tile.at)}  {tile.who}"
            paint_text(painter, note, words, fonts.small, color("text_faint"))
        else:
            paint_text(painter, note, "nothing raised", fonts.small, color("text_faint"))
        ink = color("bad" if tile.severe and tile.level else "text_dim")
        paint_text(painter, said, tile.said, fonts.small, ink)

    def _paint_one_line(self, painter: QPainter, line: QRect, tile: Tile, fonts: Fonts) -> None:
        """What is the matter, or what was raised last, where there is room for one line."""
        color = self._theme.color
        if tile.note:
            ink = color("warn" if tile.warns else "text_faint")
            paint_text(painter, line, tile.note, fonts.small, ink)
        elif tile.said:
            ink = color("bad" if tile.severe and tile.level else "text_dim")
            paint_text(painter, line, tile.said, fonts.small, ink)
        else:
            paint_text(painter, line, "nothing raised", fonts.small, color("text_faint"))

    def _paint_foot(self, painter: QPainter, line: QRect, tile: Tile, fonts: Fonts) -> None:
        line = QRect(line)
        talk, raised = tile.bars
        if any(talk):
            width = sparkline.width_of(BARS)
            place = QRect(line.right() + 1 - width, line.top() - 1, width, line.height())
            sparkline.paint_sparkline(painter, place, talk, raised, self._theme)
            line.setRight(place.left() - GAP)
        self._paint_heat(painter, line, tile, fonts)
        left = self._paint_people(painter, line, tile.people, fonts)
        self._paint_watchers(painter, QRect(line), left + GAP, tile, fonts)

    def _paint_watchers(
        self, painter: QPainter, line: QRect, left: int, tile: Tile, fonts: Fonts
    ) -> None:
        """Who of the team looks at the call, or that nobody does, where there is room."""
        words = watched_words(tile.watchers)
        if not words or line.right() - left < 40:
            return
        token = "accent" if tile.watchers else "text_faint"
        if tile.watchers:
            left = paint_icon(painter, left, line, "eye", token, self._theme, 12) + 3
        line.setLeft(left)
        paint_text(painter, line, words, fonts.small, self._theme.color(token))

    def _paint_low(self, painter: QPainter, line: QRect, tile: Tile, fonts: Fonts) -> None:
        """The second line of a small tile: people, what is the matter, heat."""
        line = QRect(line)
        self._paint_heat(painter, line, tile, fonts)
        color = self._theme.color
        if tile.state is CallState.NOT_HEARD:
            words = f"{tile.people}, {tile.lasts}"
            if fonts.small_metrics.horizontalAdvance(words) > line.width() - 16:
                words = f"{tile.people_short} then, {tile.lasts}"
            left = paint_icon(painter, line.left(), line, "people", "warn", self._theme, 12)
            line.setLeft(left + 4)
            paint_text(painter, line, words, fonts.small, color("warn"))
            return
        left = self._paint_people(painter, line, tile.people_short, fonts)
        line.setLeft(left + GAP)
        if tile.note:
            ink = color("warn" if tile.warns else "text_faint")
            paint_text(painter, line, tile.note, fonts.small, ink)
        elif line.width() > 40:
            ink = color("bad" if tile.severe and tile.level else "text_dim")
            paint_text(painter, line, tile.said, fonts.small, ink)

    def _paint_heat(self, painter: QPainter, line: QRect, tile: Tile, fonts: Fonts) -> None:
        """The heat at the right end of ``line``, which ends before it then."""
        if not tile.heat:
            return
        token = heat_token(tile.level)
        width = fonts.small_strong_metrics.horizontalAdvance(tile.heat)
        at = line.right() + 1 - width
        place = QRect(at, line.top(), width + 1, line.height())
        paint_text(painter, place, tile.heat, fonts.small_strong, self._theme.color(token))
        paint_icon(painter, at - 14, line, "heat", token, self._theme, 12)
        line.setRight(at - 14 - GAP)

    def _paint_people(self, painter: QPainter, line: QRect, words: str, fonts: Fonts) -> int:
        """How many people there are, at the left end of ``line``; returns where that ends."""
        if not words:
            return line.left()
        left = paint_icon(painter, line.left(), line, "people", "text_faint", self._theme, 12) + 4
        place = QRect(left, line.top(), line.right() + 1 - left, line.height())
        return left + paint_text(painter, place, words, fonts.small, self._theme.color("text_dim"))
