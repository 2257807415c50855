"""The buttons of decisions with their keys; what has no way back arms first, in place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.acts.spec import Weight
from console.ui.queue.choices import Choice
from console.ui.state.armed import Armed
from console.ui.state.arming import Arming
from console.ui.widgets.button_keys import ButtonKeys
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.plain_text_widgets import menu_text, tip
from console.ui.widgets.short_texts import short_key

KEYED = 8
"""Buttons that have a key of their own, by their place."""
PICK = "queue.pick"
"""The command that goes to the buttons, where each has a letter."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "123456789"

OWN_KEYS = {"mark_reviewed": "queue.mark_reviewed", "escalate": "queue.escalate"}
"""Commands of decisions that everybody makes all the time, whatever place they have."""


def sign_of(place: int) -> str:
    """The key of the button at a place, from 0, while one of the buttons has the focus."""
    return (DIGITS + LETTERS)[place : place + 1]


def place_command(place: int) -> str:
    """The command of the button at a place, from 0."""
    return f"queue.place_{place + 1}"


class DecisionBar(QWidget):
    """``last`` stands behind the decisions: what goes on without one. ``asks``: why the guard asks
    before a choice now, or "".

    Signals:
        wanted: a Choice whose button or key was pressed, and which was armed if it must.
        went_on: the guard had asked about it first.
    """

    wanted = Signal(object)
    look_at = Signal(QWidget)
    went_on = Signal()

    def __init__(
        self,
        key_of: Callable[[str], str],
        arming: Arming,
        last: QPushButton,
        asks: Callable[[Choice], str] = lambda _choice: "",
    ) -> None:
        super().__init__()
        self._asks = asks
        self._last = last
        self._key_of = key_of
        self._arming = arming
        self._flow = FlowLayout(self, gap=6)
        self.choices: tuple[Choice, ...] = ()
        self.buttons: list[QPushButton] = []
        self._who = ""
        self._doubt = ""
        self._signs = ButtonKeys(self, self._has, self._press_sign)
        self._signs.watch(last)
        arming.changed.connect(self.refresh)

    @property
    def armed(self) -> Choice | None:
        """What the next press does."""
        armed = self._arming.armed
        return next((one for one in self.choices if armed and armed.wish == self._wish(one)), None)

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(button.hasFocus() for button in (*self.buttons, self._last))

    def show_choices(self, choices: Sequence[Choice], who: str, doubt: str = "") -> None:
        """Offer these. ``who`` they concern; ``doubt``: why each of them asks once more, or ""."""
        if (tuple(choices), who, doubt) == (self.choices, self._who, self._doubt):
            return
        same = tuple(choices) == self.choices
        self._who, self._doubt = who, doubt
        self.disarm()
        if not same:
            self.choices = tuple(choices)
            self._make_buttons()
        self.refresh()

    def press(self, choice: Choice, *, pointed: bool = False) -> None:
        """Do it, or arm it. ``pointed``: the press was a click on the button that names it."""
        light = choice.weight in (Weight.LIGHT, Weight.DETAILS)
        guard = self._asks(choice)
        if not (guard or self._doubt) and (light or (pointed and choice.weight is Weight.ARMED)):
            self.disarm()
            self.wanted.emit(choice)
            return
        what = choice.title.rstrip("…")
        armed = Armed(
            wish=self._wish(choice),
            words=f"{guard}{what}, {self._who}",
            title=what,
            consequence=" ".join(filter(None, (choice.why, self._doubt))),
            asks=bool(guard),
        )
        self._arming.press(armed, partial(self._do, choice, guarded=bool(guard)))

    def _do(self, choice: Choice, *, guarded: bool) -> None:
        if guarded:
            self.went_on.emit()
        self.wanted.emit(choice)

    def press_place(self, place: int) -> str:
        """Press the button at a place; why not, or ""."""
        if place >= len(self.choices):
            return "There is no such decision about this."
        self.press(self.choices[place])
        return ""

    def pick(self) -> str:
        """Go to the buttons, where one more key presses any of them; why not, or ""."""
        if not self.buttons:
            return "Choose an item."
        self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.look_at.emit(self.buttons[0])
        return ""

    def _has(self, sign: str) -> bool:
        return bool(sign) and sign in (DIGITS + LETTERS)[: len(self.choices)]

    def _press_sign(self, sign: str) -> None:
        self.press_place((DIGITS + LETTERS).index(sign))

    def press_action(self, action: str) -> str:
        """Press the button of one of Stream's actions; why not, or ""."""
        found = next((one for one in self.choices if one.action == action), None)
        if found is None:
            return "The app does not offer that for this." if self.choices else "Choose an item."
        self.press(found)
        return ""

    def disarm(self) -> None:
        """The next press only arms again."""
        if self.armed is not None:
            self._arming.drop()

    def _wish(self, choice: Choice) -> tuple[object, ...]:
        return ("queue", choice.key, self._who)

    def refresh(self) -> None:
        """Write what each button says."""
        armed = self.armed
        for place, (button, choice) in enumerate(zip(self.buttons, self.choices, strict=True)):
            key = self._key_at(place, choice)
            words = menu_text(choice.title)
            if choice == armed:
                what = choice.title.rstrip("…")
                words = menu_text(f"{what}, {self._who}? Again; Esc")
                self.look_at.emit(button)
            button.setText(f"{words}   {key}" if key else words)
            button.setToolTip(tip(" ".join(filter(None, (choice.why, self._doubt)))))
            button.setAccessibleName(f"{choice.title.rstrip('…')}, {self._who}")
            button.setAccessibleDescription(choice.why)
        self._flow.invalidate()
        self.updateGeometry()

    def _key_at(self, place: int, choice: Choice) -> str:
        own = OWN_KEYS.get(choice.action) or (place_command(place) if place < KEYED else "")
        if own and (key := short_key(self._key_of(own))):
            return key
        pick, sign = short_key(self._key_of(PICK)), sign_of(place)
        return f"{pick} {sign}" if pick and sign else ""

    def _make_buttons(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._last:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for choice in self.choices:
            button = QPushButton()
            button.setObjectName(f"queue-{choice.custom_id or choice.action}")
            button.setAutoDefault(False)
            if choice.severe:
                button.setProperty("tone", "careful")
            button.clicked.connect(lambda _on=False, one=choice: self.press(one, pointed=True))
            self._signs.watch(button)
            self._flow.addWidget(button)
            button.show()
            self.buttons.append(button)
        self._flow.addWidget(self._last)
