"""Preset times as buttons, each with its digit as key: one is chosen, or one is pressed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from console.domain.preset_times import Minutes, middle, time_words
from console.ui.widgets.button_keys import ButtonKeys
from console.ui.widgets.flow import FlowLayout


def _capital(minutes: Minutes) -> str:
    words = time_words(minutes)
    return words[0].upper() + words[1:]


class TimeButtons(QWidget):
    """``name`` is what the times are for, as screen readers say it. The digits work while one of
    the buttons has the focus; ``press_digit`` is for whoever takes them elsewhere.

    Args:
        chooses: the buttons stay pressed, one at a time. Else each press is a wish of its own.
        words_of: what a button says, beside its digit.

    Signals:
        wanted: the Minutes of the button that a person pressed.
    """

    wanted = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        chooses: bool,
        words_of: Callable[[Minutes], str] = _capital,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._chooses = chooses
        self._words_of = words_of
        self._times: tuple[Minutes, ...] = ()
        self.group = QButtonGroup(self)
        self.group.setExclusive(chooses)
        self.group.idClicked.connect(lambda place: self.wanted.emit(self._times[place]))
        self._flow = FlowLayout(self, gap=6)
        self.keys = ButtonKeys(self, self._has, self.press_digit)

    def offer(self, times: Sequence[Minutes], first: Minutes | str = "") -> None:
        """Offer these. ``first`` is chosen where it is among them, else the middle one."""
        before = self.minutes if self._times and self._chooses else ""
        if tuple(times) == self._times:
            return
        self._times = tuple(times)
        for button in self.group.buttons():
            self.group.removeButton(button)
            self._flow.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        for place, minutes in enumerate(self._times):
            words = self._words_of(minutes)
            button = QPushButton(f"{place + 1}   {words}")
            button.setCheckable(self._chooses)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{self._name}: {words}, key {place + 1}")
            self.keys.watch(button)
            self.group.addButton(button, place)
            self._flow.addWidget(button)
            button.show()
        wanted = next((each for each in (before, first) if each in self._times), "")
        if self._chooses:
            place = self._times.index(wanted) if wanted != "" else middle(self._times)
            self.group.button(place).setChecked(True)

    @property
    def minutes(self) -> Minutes:
        """The time that is chosen."""
        return self._times[max(0, self.group.checkedId())]

    def choose(self, minutes: Minutes) -> None:
        """Show it as chosen; no signal."""
        self.group.button(self._times.index(minutes)).setChecked(True)

    def focus(self) -> None:
        """Go to the button that is chosen, or to the first."""
        place = max(0, self.group.checkedId())
        self.group.button(place).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def press_digit(self, sign: str) -> bool:
        """Press the button whose key it is; False where there is none."""
        if not self._has(sign):
            return False
        button = self.group.button(int(sign) - 1)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()
        return True

    def _has(self, sign: str) -> bool:
        return sign in tuple("123456789") and int(sign) <= len(self._times)
