"""Every act on people, always in the same place, and one line on what it does or why not."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.acts.spec import ActSpec
from console.domain.acts.table import ACTS
from console.ui.acts.act_button import ActButton
from console.ui.state.act_refusals import person_of
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel

ROWS: tuple[tuple[str, tuple[ActSpec, ...]], ...] = tuple(
    (row, tuple(spec for spec in ACTS if spec.row == row))
    for row in dict.fromkeys(spec.row for spec in ACTS if spec.row)
)
"""Icon and acts of each row, in the order of the table."""

CHAT_ROWS = frozenset(spec.row for spec in ACTS if spec.of_message or spec.of_chat) | {"eye"}
"""Only shown where somebody can write: the last rows, so that no other act changes its place."""

IDLE = "Point at an act to see what it does."

ABSENT = "They are not in the call. What only works there is off until they come back."

MOST = 0.5
"""Where one reason turns off more than this share of the acts, it is said before it is asked for.
"""


class ActMatrix(QWidget):
    """The buttons of the person card, for everybody who is chosen."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._theme = context.theme
        self._session, self._controller = context.session, context.controller
        self.buttons: dict[str, ActButton] = {}
        self._signs: list[tuple[PlainLabel, str]] = []
        self._idle = IDLE
        self.hint = PlainLabel(IDLE, ink="faint", wrap=True)
        self.hint.setObjectName("act-hint")
        font = self.hint.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.hint.setFont(font)
        self.hint.setFixedHeight(self.hint.fontMetrics().lineSpacing() * 2 + 2)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        for row, (icon, acts) in enumerate(ROWS):
            sign = PlainLabel()
            sign.setFixedWidth(18)
            self._signs.append((sign, icon))
            grid.addWidget(sign, row, 0)
            for column, spec in enumerate(acts, start=1):
                button = ActButton(spec, context, lambda: context.controller.chosen, small=True)
                button.setFont(self.hint.font())
                button.explained.connect(self._explain)
                self.buttons[spec.kind] = button
                grid.addWidget(button, row, column)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)
        in_column(grid, self.hint, owner=self, spacing=4)
        self._show_chat_rows(False)
        context.theme.changed.connect(self._redraw)
        self._arming = context.controller.arming
        self._arming.changed.connect(self._explain_armed)
        self._redraw()

    def refresh(self) -> None:
        """What is possible may have changed."""
        self._show_chat_rows(any(map(self._may_write, self._controller.chosen)))
        for button in self.buttons.values():
            button.refresh()
        before, self._idle = self._idle, self._why_most()
        if self.hint.text() == before:
            self._explain("")

    def _why_most(self) -> str:
        """Why most of the acts are impossible, or all that need the person in the call."""
        whys = Counter(button.why() for button in self.buttons.values() if button.why())
        why, many = next(iter(whys.most_common(1)), ("", 0))
        if many > MOST * len(self.buttons):
            return why
        chosen = self._context.controller.chosen
        people = (person_of(self._context.session, each) for each in chosen if each.cid)
        here = any(person.user_session_id for person in people)
        return IDLE if here or not chosen else ABSENT

    def _show_chat_rows(self, shown: bool) -> None:
        for row, (icon, acts) in enumerate(ROWS):
            if icon in CHAT_ROWS:
                self._signs[row][0].setVisible(shown)
                for spec in acts:
                    self.buttons[spec.kind].setVisible(shown)

    def _may_write(self, target: Target) -> bool:
        call = self._session.call(target.cid)
        return target.message is not None or bool(call and call.chat_cid)

    def _explain(self, words: str) -> None:
        if self._arming.shown is None:
            self.hint.show_text(words or self._idle)

    def _explain_armed(self) -> None:
        """While an act is armed, what it would do stands below its button."""
        armed = self._arming.shown
        self.hint.show_text(armed.consequence if armed is not None else self._idle)

    def _redraw(self) -> None:
        for sign, icon in self._signs:
            sign.setPixmap(self._theme.pixmap(icon, "text_faint", 14, self.devicePixelRatioF()))
