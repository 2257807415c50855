"""A second window for one call: its transcript, and the person that acts are aimed at."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from console.base.plain_text import visible
from console.domain.given_label import Says
from console.ui.command_table.commands import ACT, Command, CommandSet, Table
from console.ui.people.person_card import PersonCardView
from console.ui.shell.docks import as_text, from_text
from console.ui.shell.navigation import Navigation
from console.ui.shell.stray_keys import StrayKeys
from console.ui.state.labelling import COMMANDS, NOTHING_MEANT
from console.ui.state.shown_call import ShownCall
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_panel import TranscriptPanel
from console.ui.widgets.layouts import split

SIZE = QSize(980, 720)
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""

CLOSE = "call.close_beside"
"""The command whose key closes the window: it shows a transcript beside the first, too."""

_OWN = (
    "go.next",
    "go.previous",
    "go.extend_next",
    "go.extend_previous",
    "go.why",
    "go.find",
    "go.next_raised",
    "go.previous_raised",
    CLOSE,
)


class CallWindow(QMainWindow):
    """Shows the call ``cid``. Whoever is chosen, is chosen in every window.

    ``guard`` says why a key may not do a command now, as in the main window; ``closed`` is called
    when the window was closed.
    """

    def __init__(
        self,
        context: WindowContext,
        cid: str,
        guard: Callable[[Command], str],
        closed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._context = context
        self._closed = closed
        self.cid = cid
        self.transcript = TranscriptPanel(context, ShownCall(cid, fixed=True))
        self.card = PersonCardView(context)
        self.setObjectName("call-window")
        parts = (self.transcript, 1), (self.card, 0)
        self.setCentralWidget(split(Qt.Orientation.Horizontal, *parts))
        self.commands = CommandSet(self._table(), self)
        self.commands.guard = guard
        self.addActions(self.commands.actions())
        self._navigation = Navigation(self, lambda: self.transcript, lambda: (self.transcript,))
        self._stray_keys = StrayKeys(self.commands, context.controller.say)
        own: dict[str, Callable[[], object]] = {
            **self._navigation.handlers(),
            **self.transcript.handlers(),
            **self.card.handlers(),
            CLOSE: self.close,
            **{id_: partial(self._say, says) for says, id_ in COMMANDS.items()},
        }
        for command_id, command in self.commands.table.items():
            if command.act is None:
                elsewhere = partial(context.commands.run, command_id)
                self.commands.on(command_id, own.get(command_id, elsewhere))
        self.commands.act_wanted.connect(context.controller.request_act)
        self.commands.refused.connect(self._say_why_not)
        self.transcript.close_wanted.connect(self.close)
        context.keymap.changed.connect(self._use_keys)
        context.theme.changed.connect(self._draw_icon)
        context.session.calls_changed.connect(self._show_title)
        self._use_keys()
        self._draw_icon()
        self._show_title()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        saved = context.settings["call_geometry"]
        if saved:
            self.restoreGeometry(from_text(saved))
        self.transcript.take_focus()

    def _table(self) -> Table:
        """The commands of the main window that this one can do."""
        table = self._context.commands.table
        own = {*_OWN, *self.transcript.handlers(), *self.card.handlers(), *COMMANDS.values()}
        return {
            id_: command for id_, command in table.items() if id_ in own or command.group == ACT
        }

    def _say(self, says: Says) -> str:
        line = self._navigation.panel().line_meant()
        return self._context.labelling.say(says, line) if line else NOTHING_MEANT

    def _use_keys(self) -> None:
        self.commands.set_keys(self._context.keymap.keys())

    def _say_why_not(self, title: str, sentence: str) -> None:
        self._context.controller.say(f"{title}: {sentence}", "warn")

    def _draw_icon(self) -> None:
        self.setWindowIcon(self._context.theme.icon("logo", "accent"))

    def _show_title(self) -> None:
        call = self._context.session.call(self.cid)
        self.setWindowTitle(f"{visible(call.name if call else self.cid)} – Moderator Console")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._stray_keys.take(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._context.settings["call_geometry"] = as_text(self.saveGeometry())
        super().closeEvent(event)
        self._closed()
