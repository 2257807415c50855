"""Chooses people who may have come together: lately, or alike in names or lines."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QSpinBox, QWidget

from console.base.plain_text import visible
from console.protocol.raid import AskRaid, RaidAnswer
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, menu_text, tip
from console.ui.widgets.timers import ticking

AGAIN_MS = 3000
FIRST_MINUTES = 5
MOST_MINUTES = 24 * 60
EXAMPLE = 18
"""Characters of a name or line on a button."""


class RaidBar(QFrame):
    """One button for each group that was found; a press shows those people alone in the list.

    Signals:
        shown: the ids of the people to be shown alone, or None for everybody.
        all_wanted: all who are shown are to be chosen.
    """

    shown = Signal(object)
    all_wanted = Signal()

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._cid = ""
        self._groups: dict[tuple[str, str], tuple[str, ...]] = {}
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        self._picked: tuple[str, str] | None = None
        self.minutes = QSpinBox()
        self.minutes.setRange(1, MOST_MINUTES)
        self.minutes.setValue(FIRST_MINUTES)
        self.minutes.setSuffix(" min")
        self.minutes.lineEdit().setTextMargins(6, 0, 2, 0)  # style sheets cannot
        self.minutes.setAccessibleName("Joined in the last minutes")
        self.minutes.valueChanged.connect(self._look)
        self.nobody = PlainLabel(ink="faint", wrap=True)
        self.choose = QPushButton()
        self.choose.setObjectName("choose-shown")
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.all_wanted)
        self.everybody = QPushButton("Show everybody")
        self.everybody.setAutoDefault(False)
        self.everybody.clicked.connect(lambda: self._pick(None))
        found = QWidget()
        self._flow: QLayout = FlowLayout(found, gap=4)
        since = in_row(PlainLabel("Joined in the last", ink="dim"), self.minutes, None, spacing=6)
        foot = in_row(self.choose, self.everybody, None, spacing=6)
        in_column(since, found, self.nobody, foot, owner=self, margins=(8, 0, 8, 0), spacing=6)
        self._timer = ticking(AGAIN_MS, self)
        self._timer.timeout.connect(self._look)
        self.hide()

    def show_call(self, cid: str) -> None:
        """Look among the people of this call from now on."""
        if cid != self._cid:
            self._cid = cid
            self._show_groups({})
            self._look()

    def _look(self) -> None:
        if self._cid and self.isVisible():
            question = AskRaid(new_id(), self._cid, self.minutes.value())
            self._context.link.ask(question, self._on_found)

    def _on_found(self, answer: RaidAnswer) -> None:
        if answer.cid != self._cid or answer.minutes != self.minutes.value() or answer.sentence:
            return
        groups: dict[tuple[str, str], tuple[str, ...]] = {}
        if answer.joined:
            groups["joined", ""] = answer.joined
        for how, alike in (("names", answer.names), ("lines", answer.lines)):
            groups |= {(how, each.example): each.user_ids for each in alike}
        self._show_groups(groups)

    def _show_groups(self, groups: dict[tuple[str, str], tuple[str, ...]]) -> None:
        self._groups = groups
        for key in [key for key in self._buttons if key not in groups]:
            button = self._buttons.pop(key)
            self._flow.removeWidget(button)
            button.deleteLater()
        for key, people in groups.items():
            button = self._buttons.get(key) or self._offer(key)
            how, example = key
            button.setText(menu_text(_words(how, example, len(people))))
            button.setToolTip(tip(f"{_WHY[how]}\n{example}" if example else _WHY[how]))
        self.nobody.show_text("" if groups else "Nobody joined lately, and nobody is alike.")
        self.nobody.setVisible(not groups)
        self._pick(self._picked if self._picked in groups else None)

    def _offer(self, key: tuple[str, str]) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setObjectName(f"raid-{key[0]}")
        button.clicked.connect(partial(self._pick, key))
        self._flow.addWidget(button)
        self._buttons[key] = button
        return button

    def _pick(self, key: tuple[str, str] | None, _checked: bool = False) -> None:
        self._picked = key
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        people = self._groups.get(key, ()) if key else ()
        self.choose.setText(f"Choose these {len(people)}" if people else "Choose these")
        self.choose.setEnabled(bool(people))
        self.everybody.setEnabled(bool(people))
        self.shown.emit(frozenset(people) if people else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        if self.isHidden():
            self._pick(None)


_WHY = {
    "joined": "They joined within this time.",
    "names": "Their names differ in numbers, signs or endings alone.",
    "lines": "They said nearly the same.",
}


def _words(how: str, example: str, people: int) -> str:
    if how == "joined":
        return f"Joined: {people}"
    short = visible(example)
    short = short if len(short) <= EXAMPLE else f"{short[: EXAMPLE - 1]}…"
    return f"{'Like' if how == 'names' else 'Said'} “{short}”: {people}"
