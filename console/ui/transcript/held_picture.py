"""The picture of a row of the transcript: sharp while Space or the mouse button is held on it."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint
from PySide6.QtWidgets import QListView

from console.ui.state.entries import ItemEntry
from console.ui.transcript.picture_rows import shows_picture
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.widgets.held_space import HeldSpace
from console.ui.widgets.roles import Role


class HeldPicture(QObject):
    """Keeps the item, not the row: rows may move meanwhile."""

    def __init__(self, rows: QListView, delegate: TranscriptDelegate) -> None:
        super().__init__(rows)
        self._rows = rows
        self._delegate = delegate
        space = HeldSpace(rows, lambda: self._entry(rows.currentIndex()) is not None)
        space.held.connect(lambda: self._reveal(self._entry(rows.currentIndex())))
        space.let_go.connect(self.hide)
        rows.viewport().installEventFilter(self)

    def press(self, point: QPoint) -> None:
        """The mouse button went down at a point of the list."""
        self._reveal(self._pictured(point))

    def is_over(self, point: QPoint) -> bool:
        """Whether there is a picture at a point of the list."""
        return self._pictured(point) is not None

    def hide(self) -> None:
        """Blur it again."""
        self._show("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LETS_GO:
            self.hide()
        return False

    def _pictured(self, point: QPoint) -> ItemEntry | None:
        index = self._rows.indexAt(point)
        entry = self._entry(index)
        if entry is None:
            return None
        place = self._delegate.picture_place(self._rows.visualRect(index), entry)
        return entry if place.contains(point) else None

    def _reveal(self, entry: ItemEntry | None) -> None:
        self._show(entry.item.item_id if entry is not None else "")

    def _show(self, item_id: str) -> None:
        if item_id != self._delegate.revealed:
            self._delegate.revealed = item_id
            self._rows.viewport().update()

    def _entry(self, index: QModelIndex) -> ItemEntry | None:
        """The entry of a row that has a picture in it."""
        entry = index.data(Role.ENTRY) if index.isValid() else None
        pictured = self._delegate.pictures is not None and shows_picture(entry)
        return entry if pictured and isinstance(entry, ItemEntry) else None


_LETS_GO = (
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.Leave,
    QEvent.Type.Hide,
    QEvent.Type.WindowDeactivate,
)
