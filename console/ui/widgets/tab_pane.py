"""Tabs over pages, with room for buttons at the right of the tabs."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from console.ui.widgets.layouts import in_column, in_row


class TabPane(QFrame):
    """Signals:
    page_changed: another page is shown.
    page_needed: the number of a page that is to be shown and was not made yet; ``put`` it.
    """

    page_changed = Signal()
    page_needed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.bar = QTabBar()
        self.bar.setObjectName("lab-tabs")
        self.bar.setAccessibleName(name)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self._stack = QStackedWidget()
        self._late: set[int] = set()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        head = QFrame()
        head.setProperty("surface", "header")
        in_row((self.bar, 1), self.buttons, owner=head, margins=(4, 0, 12, 0), spacing=None)
        in_column(head, (self._stack, 1), owner=self)
        self.bar.currentChanged.connect(self._on_changed)

    def add_page(self, page: QWidget, words: str) -> None:
        """Add a page at the end."""
        self._stack.addWidget(page)
        self.bar.addTab(words)

    def add_late(self, words: str) -> None:
        """Add a page at the end that is made when it is first shown."""
        self._late.add(self._stack.addWidget(QWidget()))
        self.bar.addTab(words)

    def put(self, number: int, page: QWidget) -> None:
        """The page that was added late in this place."""
        self._late.discard(number)
        place = self._stack.widget(number)
        self._stack.insertWidget(number, page)
        if place is not None:
            self._stack.removeWidget(place)
            place.deleteLater()
        self._stack.setCurrentIndex(self.bar.currentIndex())

    def need(self) -> None:
        """Ask for the page that is shown, where it was not made yet."""
        number = self.bar.currentIndex()
        if number in self._late:
            self.page_needed.emit(number)

    def show_page(self, page: QWidget) -> None:
        """Show a page that was added."""
        self.bar.setCurrentIndex(self._stack.indexOf(page))

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.need()

    def _on_changed(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        if self.isVisible():
            self.need()
        self.page_changed.emit()
