"""One list view for all tiles: paints those that changed, once a frame at most."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from console.ui.wall.grid import Grid
from console.ui.wall.tile import TileKind
from console.ui.wall.tile_delegate import TileDelegate
from console.ui.wall.wall_model import WallModel
from console.ui.widgets.own_layout_view import OwnLayoutView
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_moves import FIRST, LAST, NO_ROWS
from console.ui.widgets.shown_rows import MOVED, STILL_S
from console.ui.widgets.timers import one_shot

GAP = 6
FRAME_MS = 33
AT_ONCE = 24
"""So many tiles are painted in one frame; the others wait for the next."""

_FLAG = QItemSelectionModel.SelectionFlag
_EDGES = {
    Qt.Key.Key_Up.value: FIRST,
    Qt.Key.Key_Left.value: FIRST,
    Qt.Key.Key_Down.value: LAST,
    Qt.Key.Key_Right.value: LAST,
}
"""What a key that moves says where it cannot."""

_NONE, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


class TileView(OwnLayoutView):
    """The tiles of a ``WallModel``. ``monotonic`` gives seconds.

    Tiles have the largest size with which all of them are in sight, unless ``set_size`` says
    otherwise.

    Signals:
        entered: the cid of a tile that was opened.
        press_refused: one sentence; a press did nothing: its tile had just changed, or there is
            no further one.
        escaped: the reader wants to let go of whatever is chosen.
        scrolled: other tiles are in sight.
        collected: Space chose a tile besides others, or let go of it.
    """

    entered = Signal(str)
    press_refused = Signal(str)
    escaped = Signal()
    scrolled = Signal()
    collected = Signal()

    def __init__(
        self,
        model: WallModel,
        delegate: TileDelegate,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tiles = model
        self._delegate = delegate
        self._monotonic = monotonic
        self._size = "fit"
        self._collecting = False
        self._grid = Grid(count=0, width=0, least=1, height=1, gap=GAP)
        self._taken: dict[int, float] = {}
        self._dirty: dict[int, None] = {}
        self._frame = one_shot(FRAME_MS, self)
        self._frame.timeout.connect(self._paint_dirty)
        self.setObjectName("wall")
        self.setAccessibleName("Wall of calls")
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.scroll_by_pixels()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setModel(model)
        model.taken.connect(self._note_taken)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def kind(self) -> TileKind:
        """The size of tiles now."""
        return self._delegate.kind

    def set_size(self, size: str) -> None:
        """``large``, ``small``, or ``fit``: the largest with which all tiles are in sight."""
        self._size = size
        self._lay_out()

    def chosen(self) -> tuple[str, ...]:
        """The calls whose tiles are chosen, by place; the current one where none is."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return tuple(self._tiles.cid(row) for row in rows)

    @property
    def collecting(self) -> bool:
        """Whether Space chooses tile after tile, so that moving leaves what is chosen."""
        return self._collecting

    def choose(self, row: int) -> None:
        """Make a tile, and no other, current and chosen, and show it."""
        self._collecting = False
        self._make_current(row, _FLAG.ClearAndSelect)

    def _make_current(self, row: int, flag: QItemSelectionModel.SelectionFlag) -> None:
        index = self._tiles.index(row)
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def step(self, by: int) -> str:
        """Move to the tile so many places on; says why where it cannot."""
        return self._go(self._grid.moved(self._row(), columns=by), by)

    def extend(self, by: int) -> str:
        """Choose the tile so many places on too."""
        return self._go(self._grid.moved(self._row(), columns=by), by, extend=True)

    def in_sight(self) -> range:
        """The places that can be seen, wholly or in part."""
        top = self.verticalOffset()
        return self._grid.between(top, top + self.viewport().height())

    def wholly_in_sight(self) -> range:
        """The places of the rows that can be seen from top to bottom."""
        top, room = self.verticalOffset(), self.viewport().height()
        slack = self._grid.height // 2
        return self._grid.between(top + slack, max(top + slack, top + room - slack))

    def _row(self) -> int:
        return self.currentIndex().row()

    def _go(self, row: int, by: int, *, extend: bool = False) -> str:
        if not self._grid.count:
            return NO_ROWS
        current = self._row()
        if current < 0:
            self.choose(self.in_sight().start)
            return ""
        if row == current:
            return FIRST if by < 0 else LAST
        if extend or self._collecting:
            self._make_current(row, _FLAG.Select if extend else _FLAG.NoUpdate)
        else:
            self.choose(row)
        return ""

    def _lay_out(self) -> None:
        """Choose the size of tiles, and put the scroll bar where it belongs."""
        anchor = self.in_sight().start if self._grid.count else 0
        width, height = self.viewport().width(), self.viewport().height()
        count, font = self._tiles.rowCount(), self.font()

        sizes = {kind: self._delegate.size(font, kind) for kind in TileKind}
        grids = {
            kind: Grid(count=count, width=width, least=size.width(), height=size.height(), gap=GAP)
            for kind, size in sizes.items()
        }
        wanted = TileKind.LARGE if self._size == "large" else TileKind.SMALL
        if self._size == "fit":
            fitting = (kind for kind in TileKind if grids[kind].total <= height)
            wanted = next(fitting, TileKind.SMALL)
        before, self._grid = self._grid, grids[wanted].widened(height, 2 * sizes[wanted].width())
        self._delegate.kind = wanted
        self._tiles.with_bars = wanted is not TileKind.SMALL
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, height - self._grid.pitch))
        bar.setSingleStep(max(1, self._grid.pitch // 2))
        bar.setRange(0, max(0, self._grid.total - height))
        shape = (before.columns, before.pitch) if before.count else None
        if shape != (self._grid.columns, self._grid.pitch) and anchor:
            bar.setValue(self._grid.place(min(anchor, max(0, count - 1)))[1] - GAP)
        self.viewport().update()
        self.scrolled.emit()

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self.scrolled.emit()

    def _paint_dirty(self) -> None:
        seen = self.in_sight()
        rows = [row for row in self._dirty if row in seen][:AT_ONCE]
        for row in rows:
            del self._dirty[row]
            self.viewport().update(self.visualRect(self._tiles.index(row)))
        self._dirty = {row: None for row in self._dirty if row in seen}
        if self._dirty:
            self._frame.start()

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Any = ()) -> None:  # noqa: N803
        for row in range(topLeft.row(), bottomRight.row() + 1):
            self._dirty[row] = None
        if self._dirty and not self._frame.isActive():
            self._frame.start()

    def _note_taken(self, row: int) -> None:
        self._taken[row] = self._monotonic()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._grid.count:
            return QRect()
        left, top, width, height = self._grid.place(index.row())
        return QRect(left, top - self.verticalOffset(), width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._grid.at(point.x(), point.y() + self.verticalOffset())
        return self._tiles.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= self._grid.count:
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        _, top, _, height = self._grid.place(index.row())
        if top - GAP < bar.value():
            bar.setValue(top - GAP)
        elif top + height + GAP > bar.value() + room:
            bar.setValue(top + height + GAP - room)

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        self._lay_out()

    def reset(self) -> None:
        super().reset()
        self._dirty.clear()
        self._taken.clear()
        if self.model() is not None:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._lay_out()

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803  Qt passes it by this name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        move, grid, row = QAbstractItemView.CursorAction, self._grid, self._row()
        if not grid.count:
            return QModelIndex()
        if row < 0:
            return self._tiles.index(self.in_sight().start)
        page = max(1, self.viewport().height() // grid.pitch)
        match cursorAction:
            case move.MoveLeft | move.MovePrevious:
                row = grid.moved(row, columns=-1)
            case move.MoveRight | move.MoveNext:
                row = grid.moved(row, columns=1)
            case move.MoveUp:
                row = grid.moved(row, rows=-1)
            case move.MoveDown:
                row = grid.moved(row, rows=1)
            case move.MovePageUp:
                row = grid.moved(row, rows=-page)
            case move.MovePageDown:
                row = grid.moved(row, rows=page)
            case move.MoveHome:
                row = 0
            case move.MoveEnd:
                row = grid.count - 1
        return self._tiles.index(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._collecting = False
            self.clearSelection()
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._collect()
        else:
            before = self._row()
            super().keyPressEvent(event)
            if event.key() in _EDGES and before >= 0 and self._row() == before:
                self.press_refused.emit(_EDGES[event.key()])

    def _collect(self) -> None:
        """The first press keeps the tile that moving there has chosen; further ones toggle."""
        flag = _FLAG.Toggle if self._collecting else _FLAG.Select
        self._collecting = True
        self.selectionModel().select(self.currentIndex(), flag)
        self.collected.emit()

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _FLAG:
        plain = isinstance(event, QKeyEvent) and event.modifiers() in (_NONE, _KEYPAD)
        if plain and self._collecting:
            return _FLAG.NoUpdate
        return super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        if self._monotonic() - self._taken.get(row, float("-inf")) < STILL_S:
            self.press_refused.emit(MOVED)
            event.accept()
            return
        self._collecting = False
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.entered.emit(index.data(Role.CID))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A slip of the mouse while pressing must not choose the neighbours too.
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def _options(self) -> Iterator[tuple[int, Any]]:
        """The tiles in sight, each with how it is to be painted."""
        option: Any = QStyleOptionViewItem()
        self.initViewItemOption(option)
        base, focused = option.state, self.hasFocus()
        base &= ~QStyle.StateFlag.State_HasFocus
        selected, current = self.selectionModel(), self._row()
        pointed = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        for row in self.in_sight():
            index = self._tiles.index(row)
            state = base
            if selected.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current and focused:
                state |= QStyle.StateFlag.State_HasFocus
            if row == pointed and self.underMouse():
                state |= QStyle.StateFlag.State_MouseOver
            option.rect, option.state = self.visualRect(index), state
            yield row, option

    def paintEvent(self, event: QPaintEvent) -> None:
        region, painter = event.region(), QPainter(self.viewport())
        for row, option in self._options():
            if region.intersects(option.rect):
                self._delegate.paint(painter, option, self._tiles.index(row))
                self._dirty.pop(row, None)
        painter.end()
