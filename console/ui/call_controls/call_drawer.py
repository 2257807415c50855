"""The controls of the call that is shown, under its head and above what is said in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from console.domain.call import Call
from console.ui.call_controls.choice_row import ChoiceRow
from console.ui.call_controls.choices import CHOICES
from console.ui.call_controls.suspension_box import SuspensionBox
from console.ui.state.window_context import WindowContext
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column


class CallDrawer(QFrame):
    """Opens and closes; the transcript keeps the rest of the room, so the call stays in sight.

    Signals:
        opened: whether it is open now.
        left: Escape closed it.
    """

    opened = Signal(bool)
    left = Signal()

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("call-drawer")
        self.setProperty("surface", "header")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows = [ChoiceRow(choice, context) for choice in CHOICES]
        self.suspension = SuspensionBox(context)
        choices = QWidget()
        flow = FlowLayout(choices, gap=12)
        for row in self.rows:
            flow.addWidget(row)
        in_column(choices, self.suspension, owner=self, margins=(12, 4, 12, 8), spacing=8)
        session, controller = context.session, context.controller
        # Bound methods end with the drawer, of which a transcript beside has one of its own.
        session.calls_changed.connect(self._on_changed)
        session.state_changed.connect(self._on_changed)
        session.people_changed.connect(self._on_changed)
        controller.call_chosen.connect(self._on_changed)
        self.hide()

    def toggle(self) -> str:
        """Open or close it; why it cannot be opened, or ""."""
        if self._call() is None:
            return "Choose a call first."
        self.setVisible(not self.isVisible())
        self.refresh()
        if self.isVisible():
            self.rows[0].buttons["on"].setFocus()
        return ""

    def _on_changed(self, _what: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show how the call is now."""
        if not self.isVisible():
            return
        call = self._call()
        if call is None:
            self.hide()
            return
        for row in self.rows:
            row.show_call(call)
        self.suspension.show_call(call)

    def _call(self) -> Call | None:
        return self._context.session.call(self._context.controller.cid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.opened.emit(not self.isHidden())
