"""Paints the rows of a transcript: lines, notices and gaps."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.base.plain_text import visible
from console.domain.acts.spec import ActSpec, Scope
from console.domain.acts.table import ACTS, spec_of
from console.domain.item import MESSAGE, Item
from console.ui.acts.quick_acts import paint_aim, paint_quick_acts
from console.ui.state.entries import FoldedEntry, GapEntry, ItemEntry, NoticeEntry, Row
from console.ui.state.pictures import Pictures
from console.ui.transcript import line_layout, picture_rows
from console.ui.transcript import notice_rows as slim_rows
from console.ui.transcript.folded_rows import notice_of
from console.ui.transcript.item_painters import painter_of
from console.ui.transcript.line_ground import paint_ground, right_end
from console.ui.transcript.line_layout import LineShape, Measures
from console.ui.transcript.line_marks import matched_words, text_marks
from console.ui.transcript.picture_rows import paint_picture
from console.ui.transcript.row_pixmap_cache import RowPictures
from console.ui.transcript.row_text import line_time
from console.ui.widgets.avatar import paint_disc, paint_watched, speaker_color
from console.ui.widgets.badge import Badge, badge_of, paint_badge
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import clock
from console.ui.widgets.text_layouts import SHOWN_CHARACTERS, TextLayouts
from console.ui.widgets.theme import Theme

NAME_SIGNS = 48
"""Of a name, as far as its width is asked for."""
MAX_NAMES = 4096
"""Widths of names that are kept."""
UNBOUNDED = 1 << 20
_QUICK = tuple(spec for spec in ACTS if spec.quick and spec.scope is Scope.PERSON)
QUICK = tuple(spec for spec in _QUICK if not spec.of_message)
"""Offered on what was said."""
QUICK_ON_MESSAGES = (
    *(spec for spec in _QUICK if spec.of_message),
    *(spec for spec in QUICK if not spec.mutes),
)
"""Offered on what was written: as many, so that every row has the same room for its words."""


class Hot(Struct, frozen=True):
    """The one row that shows quick acts: which are possible, and which is pressed or pointed at."""

    row: int
    impossible: frozenset[str] = frozenset()
    pointed: str | None = None
    pressed: str | None = None
    keyed: bool = False
    """Keys act on the person of this row, so its buttons show them."""


class TranscriptDelegate(QStyledItemDelegate):
    """Rows of every kind. ``mixed``: the list shows several calls, so rows name theirs.

    ``key_of`` gives the shortcut shown on a quick act; ``quick`` is which acts rows offer.
    """

    def __init__(
        self,
        theme: Theme,
        key_of: Callable[[str], str],
        quick: tuple[ActSpec, ...] = QUICK,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._quick = quick
        self._theme = theme
        self._key_of = key_of
        self._layouts = TextLayouts()
        self._pictures = RowPictures()
        theme.changed.connect(self._pictures.clear)
        self._fonts: Fonts | None = None
        self._measures = Measures(16, 60, 7.0)
        self._name_widths: dict[str, int] = {}
        self.mixed = False
        self.compact = False
        """One person said everything, so rows do not name them."""
        self.by_begin = False
        """Rows tell when a line began, not when it ended."""
        self.countdown: Callable[[str], Badge | None] = lambda _item_id: None
        """What stands in place of a line's verdict while automation counts down to an act on it."""
        self.hot: Hot | None = None
        self.pictures: Pictures | None = None
        """Where pictures come from; rows have none while there is nothing."""
        self.revealed = ""
        """The item whose picture is held sharp."""
        self.found = ""
        """What the reader searches for, marked in every text."""
        self.now = 0.0
        """Unix seconds to which a gap that has not ended has lasted."""

    def set_font(self, font: QFont) -> None:
        """Use ``font`` as the base of every size; heights have to be measured again."""
        if self._fonts is not None and self._fonts.key == font.key():
            return
        fonts = self._fonts = Fonts(font)
        self._measures = Measures(
            line=fonts.line,
            time=fonts.small_metrics.horizontalAdvance("00:00:00") + 2,
            character=fonts.character,
        )
        self._name_widths.clear()
        self._layouts.clear()
        self._pictures.clear()

    def make_room(self, entries: Iterable[Row | None]) -> bool:
        """Widen the column of names for those in ``entries``; whether heights may have changed."""
        measures = self._measures
        names = max(
            (self._name_width(entry.item) for entry in entries if isinstance(entry, ItemEntry)),
            default=0,
        )
        if names <= measures.names:
            return False
        before = line_layout.name_column(UNBOUNDED, measures, 0)
        self._measures = msgspec.structs.replace(measures, names=names)
        self._pictures.clear()
        return line_layout.name_column(UNBOUNDED, self._measures, 0) > before

    def height(self, entry: Row, width: int) -> int:
        """The exact height of ``entry`` in a list of ``width``."""
        if not isinstance(entry, ItemEntry):
            return slim_rows.height(self._measures.line)
        return self._shape(entry, width)[0].height

    def estimate(self, entries: Iterable[Row | None], width: int) -> list[int]:
        """Cheap guesses of the heights of ``entries``."""
        slim = slim_rows.height(self._measures.line)
        guess = line_layout.estimator(
            width,
            self._measures,
            mixed=self.mixed,
            quick=len(self._quick),
            compact=self.compact,
        )
        return [
            guess(min(len(entry.item.text), SHOWN_CHARACTERS)) + self._picture_room(entry.item)
            if isinstance(entry, ItemEntry)
            else slim
            for entry in entries
        ]

    def quick_at(self, rect: QRect, entry: Row, point_x: int, point_y: int) -> str | None:
        """Which quick act of the row in ``rect`` lies under a point."""
        if not isinstance(entry, ItemEntry):
            return None
        for kind, place in self.quick_places(rect, entry).items():
            if place.contains(point_x, point_y):
                return kind
        return None

    def quick_places(self, rect: QRect, entry: ItemEntry) -> dict[str, QRect]:
        """Where the quick acts of the row in ``rect`` are."""
        lane = self._shape(entry, rect.width())[0].lane.translated(rect.topLeft())
        offered = self._quick_on(entry)
        rects = line_layout.quick_rects(lane, len(offered))
        return {spec.kind: rect for spec, rect in zip(offered, rects, strict=True)}

    def _quick_on(self, entry: ItemEntry) -> tuple[ActSpec, ...]:
        written = entry.item.kind == MESSAGE and bool(self._quick)
        return QUICK_ON_MESSAGES if written else self._quick

    def lane(self, rect: QRect, entry: ItemEntry) -> QRect:
        """Where the verdict of the row in ``rect`` is."""
        return self._shape(entry, rect.width())[0].lane.translated(rect.topLeft())

    def _shape(self, entry: ItemEntry, width: int) -> tuple[LineShape, QTextLayout]:
        assert self._fonts is not None  # set_font comes first
        said = entry.item
        first, run = line_layout.text_runs(
            width, self._measures, mixed=self.mixed, quick=len(self._quick), compact=self.compact
        )
        layout, height = self._layouts.find(
            entry.serial,
            (said.revision, painter_of(said).mark(said)),
            painter_of(said).text(said),
            self._fonts.body,
            self._fonts.key,
            run,
            first,
        )
        height += self._picture_room(said)
        if self.compact:
            return line_layout.lay_out_compact(width, height, self._measures), layout
        shape = line_layout.lay_out(
            width,
            height,
            self._measures,
            mixed=self.mixed,
            quick=len(self._quick),
            name=self._name_width(said),
        )
        return shape, layout

    def picture_place(self, rect: QRect, entry: ItemEntry) -> QRect:
        """Where the picture of a row stands that is painted into ``rect``."""
        shape, _ = self._shape(entry, rect.width())
        return picture_rows.place_in(shape.text.translated(rect.topLeft()))

    def _picture_room(self, said: Item) -> int:
        return picture_rows.room(said) if self.pictures is not None else 0

    def _name_width(self, said: Item) -> int:
        assert self._fonts is not None  # set_font comes first
        name = (said.author_name or said.author_id)[:NAME_SIGNS]
        width = self._name_widths.get(name)
        if width is None:
            if len(self._name_widths) >= MAX_NAMES:
                self._name_widths.clear()
            width = self._fonts.strong_metrics.horizontalAdvance(visible(name)) + 2
            self._name_widths[name] = width
        return width

    def _paint_line(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        entry: ItemEntry,
        fonts: Fonts,
        *,
        selected: bool,
    ) -> None:
        theme, said = self._theme, entry.item
        shape, layout = self._shape(entry, rect.width())
        badge = badge_of(entry.verdict, index.data(Role.MARK))
        who = str(index.data(Role.WHO) or "")
        paint_ground(painter, rect, theme, badge, selected=selected, hot=self._is_hot(index))

        at = rect.topLeft()
        faint = theme.color("text_faint")
        painter.setFont(fonts.small)
        painter.setPen(faint)
        middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(
            shape.time.translated(at), middle, clock(line_time(said, by_begin=self.by_begin))
        )
        if shape.call.width() > 0:
            name = visible(str(index.data(Role.CALL_NAME) or ""))
            place = shape.call.translated(at)
            paint_text(painter, place, f"in {name}" if name else "", fonts.small, faint)
        if not self.compact:
            self._paint_speaker(painter, shape, rect, entry, who, fonts)
            if index.data(Role.WATCHED):
                paint_watched(painter, shape.disc.translated(at), theme)
        painter.setPen(theme.color("text_dim" if entry.replay else "text"))
        marks = text_marks(said, matched_words(entry), self.found, theme)
        layout.draw(painter, QPointF(shape.text.translated(at).topLeft()), marks)
        sharp = said.item_id == self.revealed
        text = shape.text.translated(at)
        paint_picture(painter, text, said, self.pictures, theme, sharp=sharp)
        lane = shape.lane.translated(at)
        badge = self.countdown(said.item_id) or badge
        hot = self.hot
        if hot is not None and self._is_hot(index):
            if not shape.wide:  # the buttons lie over the end of the head
                painter.save()
                painter.setClipRect(lane)
                painter.fillRect(lane, theme.color("panel"))
                paint_ground(painter, rect, theme, badge, selected=selected, hot=True)
                painter.restore()
            paint_badge(painter, lane, badge, theme, fonts, short=True)
            places = self.quick_places(rect, entry)
            paint_quick_acts(
                painter,
                [
                    (spec, self._key_of(spec.kind), places[spec.kind])
                    for spec in self._quick_on(entry)
                ],
                theme,
                fonts,
                keyed=hot.keyed,
                impossible=hot.impossible,
                pointed=hot.pointed,
                pressed=hot.pressed,
            )
            aimed = hot.pressed or hot.pointed
            if aimed is not None and aimed not in hot.impossible:
                words = f"{spec_of(aimed).label}: {who}"
                left = min(place.left() for place in places.values()) - 4
                paint_aim(painter, lane, left, words, theme, fonts)
        else:
            room = lane if shape.wide or self.compact else right_end(lane, rect.width())
            paint_badge(painter, room, badge, theme, fonts)

    def _paint_speaker(
        self,
        painter: QPainter,
        shape: LineShape,
        rect: QRect,
        entry: ItemEntry,
        who: str,
        fonts: Fonts,
    ) -> None:
        said, at = entry.item, rect.topLeft()
        disc = shape.disc.translated(at)
        paint_disc(painter, disc, said.author_id, who, self._theme, fonts)
        color = speaker_color(self._theme, said.author_id)
        # The id that tells people of one name apart stands at the end.
        mode = Qt.TextElideMode.ElideMiddle if who.endswith(")") else Qt.TextElideMode.ElideRight
        paint_text(painter, shape.name.translated(at), who, fonts.strong, color, mode)

    def _is_hot(self, index: Index) -> bool:
        return self.hot is not None and self.hot.row == index.row()

    def _counts_down(self, index: Index) -> bool:
        entry = index.data(Role.ENTRY)
        return isinstance(entry, ItemEntry) and self.countdown(entry.item.item_id) is not None

    def _paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, selected: bool
    ) -> None:
        entry = index.data(Role.ENTRY)
        match entry:
            case ItemEntry():
                self._paint_line(painter, rect, index, entry, fonts, selected=selected)
            case NoticeEntry() | FoldedEntry():
                slim_rows.paint_notice(
                    painter,
                    rect,
                    notice_of(entry),
                    self._theme,
                    fonts,
                    time_width=self._measures.time,
                    call_name=visible(str(index.data(Role.CALL_NAME) or "")) if self.mixed else "",
                    selected=selected,
                )
            case GapEntry(gap=gap):
                slim_rows.paint_gap(painter, rect, gap, self._theme, fonts, self.now)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option_: Any = option  # the stubs do not know QStyleOption's plain attributes
        if self._fonts is None:
            self.set_font(option_.font)
        fonts = self._fonts
        assert fonts is not None
        rect: QRect = option_.rect
        selected = bool(option_.state & QStyle.StateFlag.State_Selected)
        focused = bool(option_.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if focused or self._is_hot(index) or _is_alive(index) or self._counts_down(index):
            self._paint_row(painter, rect, index, fonts, selected=selected)
        else:
            who, watched = str(index.data(Role.WHO) or ""), bool(index.data(Role.WATCHED))
            facts = (who, watched, index.data(Role.MARK))
            picture = self._pictures.find(
                index.data(Role.ENTRY),
                (rect.width(), rect.height(), selected, self.mixed, self.found, *facts),
                painter.device().devicePixelRatioF(),
                self._theme.color("panel"),
                lambda on, at: self._paint_row(on, at, index, fonts, selected=selected),
            )
            painter.drawPixmap(rect.topLeft(), picture)
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option_: Any = option
        if self._fonts is None:
            self.set_font(option_.font)
        width = max(80, option_.rect.width())
        return QSize(width, self.height(index.data(Role.ENTRY), width))


def _is_alive(index: Index) -> bool:
    """Whether a row may look different though its entry is the same: a clock, a picture."""
    entry = index.data(Role.ENTRY)
    running = isinstance(entry, GapEntry) and not entry.gap.until
    return running or picture_rows.shows_picture(entry)
