"""The stage of the workspace: the rules of this console, or Stream's own call rules."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from console.ui.automation.rules_stage import RulesStage
from console.ui.automation.stream_rules_page import StreamRulesPage
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.segments import Segments

OURS, STREAM = "ours", "stream"


class AutomationStage(Panel):
    """Two pages of which one is shown."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.ours = RulesStage(context)
        self.stream = StreamRulesPage(context)
        self.which = Segments(
            ((OURS, "Rules of this console"), (STREAM, "Stream's call rules")), "Rules"
        )
        self.which.chosen.connect(self.show_page)
        head = QFrame()
        head.setProperty("surface", "header")
        in_row(self.which, None, owner=head, margins=(16, 8, 16, 8))
        self._stack = stacked(self.ours, self.stream)
        in_column(head, (self._stack, 1), owner=self)
        self.rows = self.ours.rows

    def show_page(self, key: str) -> None:
        """Show the rules of this console, or Stream's."""
        self.which.choose(key)
        stream = key == STREAM
        self._stack.setCurrentIndex(1 if stream else 0)
        self.rows = self.stream.table if stream else self.ours.rows
        if stream:
            self.stream.show_now()

    def take_focus(self) -> None:
        if self.rows is not None:
            self.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def activate(self) -> str:
        """Begin to edit the chosen rule."""
        if self.which.key() == STREAM:
            self.stream.edit()
            return ""
        return self.ours.activate()
