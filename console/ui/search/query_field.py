"""The field of a query: it completes keys and values and underlines what is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from console.base.plain_text import visible
from console.domain.search.completion import Choice, choices_at, wanted_at
from console.domain.search.query import MAX_QUERY
from console.protocol.search import WrongPlace
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.text_offsets import code_point, utf16
from console.ui.widgets.theme import Theme

WAVE = 2
"""Pixels that the line under what is wrong goes up and down."""

LEAST_POPUP = 320
"""Pixels that what is offered is wide, so that keys keep their words."""

Values = Callable[[str, str], None]
"""Asks for the values of a field that hold what is begun; they come by ``offer_values``."""


class QueryField(SearchField):
    """Up and Down choose among what is offered, Return or Tab takes it, Escape puts it away.

    Signals:
        entered: Return was pressed with nothing chosen in what is offered.
        down_wanted: the reader goes from the query to what it found.
    """

    entered = Signal()
    down_wanted = Signal()

    def __init__(self, theme: Theme, ask_values: Values, parent: QWidget | None = None) -> None:
        super().__init__("Search everything", "Search everything that was kept", parent)
        self.setObjectName("search-query")
        self.setMaxLength(MAX_QUERY)
        self._theme = theme
        self._ask_values = ask_values
        self._known: dict[str, Sequence[str]] = {}
        self._choices: list[Choice] = []
        self._wrong: WrongPlace | None = None
        self._rows = QStringListModel(self)
        self.completer_box = QCompleter(self._rows, self)
        self.completer_box.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer_box.setWidget(self)
        self.completer_box.setMaxVisibleItems(12)
        self.popup = QListView()
        self.popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.popup.setAccessibleName("Ways to go on")
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setMinimumWidth(LEAST_POPUP)
        self.completer_box.setPopup(self.popup)
        self.popup.installEventFilter(self)
        self.textEdited.connect(lambda _text: self._offer())

    def show_wrong(self, wrong: WrongPlace | None) -> None:
        """Underline what is wrong; nothing for None."""
        self._wrong = wrong
        self.update()

    def offer_values(self, key: str, values: Sequence[str]) -> None:
        """These values of a field are known."""
        wanted = wanted_at(self.text(), self._cursor())
        if wanted is None or wanted.key != key:
            return
        self._known = {key: values}
        if self.hasFocus():
            self._show_choices()

    @property
    def choices(self) -> list[str]:
        """What is offered now, as it is shown."""
        shown = self.popup.isVisible()
        return [choice.shown for choice in self._choices] if shown else []

    def _cursor(self) -> int:
        return code_point(self.text(), self.cursorPosition())

    def _offer(self) -> None:
        wanted = wanted_at(self.text(), self._cursor())
        if wanted is not None:
            self._ask_values(wanted.key, wanted.begun)
        self._show_choices()

    def _show_choices(self) -> None:
        text, cursor = self.text(), self._cursor()
        self._choices = choices_at(text, cursor, self._known) if text else []
        if len(self._choices) == 1 and text[self._choices[0].start :] == self._choices[0].text:
            self._choices = []
        if not self._choices:
            self.popup.hide()
            return
        self._rows.setStringList([_words(choice) for choice in self._choices])
        self.completer_box.complete()
        self.popup.setCurrentIndex(self._rows.index(-1, 0))

    def _take(self, row: int) -> None:
        choice = self._choices[row]
        text = self.text()
        self.setText(text[: choice.start] + choice.text + text[choice.end :])
        self.setCursorPosition(utf16(text[: choice.start] + choice.text))
        self.popup.hide()
        self._offer()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.popup and event.type() is QEvent.Type.MouseButtonRelease:
            row = self.popup.currentIndex().row()
            if 0 <= row < len(self._choices):
                self._take(row)
            return True
        return watched is self.popup and isinstance(event, QKeyEvent) and self._key_in_popup(event)

    def _key_in_popup(self, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        row, last = self.popup.currentIndex().row(), len(self._choices) - 1
        match event.key():
            case Qt.Key.Key_Down:
                self.popup.setCurrentIndex(self._rows.index(min(row + 1, last), 0))
            case Qt.Key.Key_Up:
                self.popup.setCurrentIndex(self._rows.index(max(row - 1, -1), 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row < 0:
                self.popup.hide()
                self.entered.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self._take(max(row, 0))
            case Qt.Key.Key_Escape:
                self.popup.hide()
            case _:
                self.event(event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Down:
                self.down_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong is None or not self.text():
            return
        text = self.text()
        left = self._across(text[: self._wrong.start])
        right = max(self._across(text[: self._wrong.end]), left + 6)
        bottom = self.cursorRect().bottom() - 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("bad"), 1.4))
        steps = max(2, int((right - left) / (2 * WAVE)))
        points = [
            QPointF(left + at * (right - left) / steps, bottom - (at % 2) * WAVE)
            for at in range(steps + 1)
        ]
        painter.drawPolyline(QPolygonF(points))

    def _across(self, before: str) -> float:
        """Where the text behind ``before`` begins, in pixels of the field."""
        metrics = self.fontMetrics()
        here = self.text()[: self._cursor()]
        middle = self.cursorRect().center().x()
        return middle + metrics.horizontalAdvance(before) - metrics.horizontalAdvance(here)


def _words(choice: Choice) -> str:
    """What a row of the offer says: a key with what it asks for, or a value alone."""
    shown = visible(choice.shown)
    return f"{shown}    {choice.help}" if choice.shown.endswith(":") else shown
