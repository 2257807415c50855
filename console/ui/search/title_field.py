"""The title of the saved search that is open, to be written over."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from console.domain.search.hit import MAX_TITLE, SavedSearch


class TitleField(QLineEdit):
    """Return gives the search what is written, Escape brings its title back.

    Signals:
        given: the new title, never empty.
    """

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(MAX_TITLE)
        self.setPlaceholderText("Give it a title")
        self.setAccessibleName("Title of this saved search")
        self.setToolTip("The title under which this search is saved")
        self._title = ""
        self.editingFinished.connect(self._give)

    def show_title(self, search: SavedSearch | None) -> None:
        """Show the title of ``search``, nothing where it is the query itself."""
        title = search.title if search and search.title != search.query else ""
        if title != self._title:
            self._title = title
            self.setText(title)
        self.setVisible(search is not None)

    def _give(self) -> None:
        title = " ".join(self.text().split())
        if not title:
            self.setText(self._title)
        elif title != self._title:
            self.given.emit(title)

    def event(self, event: QEvent) -> bool:
        mine = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in mine
        ):
            event.accept()  # the keys of the window are not meant while a title is written
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._title)
        else:
            super().keyPressEvent(event)
