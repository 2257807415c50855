"""The details of a decision, in place under the buttons: time, reason, priority, notes."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from console.base.plain_text import visible
from console.domain.preset_times import read_times
from console.ui.queue.choices import Choice
from console.ui.queue.decide import Details
from console.ui.state.settings import Settings
from console.ui.state.settings_table import times_of
from console.ui.widgets.controls import line_field, push_button, text_field
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.letters import is_letter
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments
from console.ui.widgets.time_buttons import TimeButtons

REASON_LENGTH = 255
NOTES_LENGTH = 2_000

PRIORITIES = (("low", "Low"), ("medium", "Medium"), ("high", "High"))

BAN = "ban"
_ASKS_BACK = "They are told this."


class DecisionForm(QWidget):
    """Shown for one choice at a time. What was chosen last stays chosen for the next item.

    Its times are those of the setting for bans. A digit chooses one; letters begin the reason.
    While it is open, a digit that nothing writes goes to no workspace: the form would be lost.

    Signals: confirmed: (Choice, Details). cancelled.
    """

    confirmed = Signal(object, object)
    cancelled = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._choice: Choice | None = None
        self._over: QWidget | None = None
        """The window whose keys it watches while it is open."""
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = PlainLabel(wrap=True).strengthen()
        self.time = TimeButtons("Ban", chooses=True)
        self.ip = QCheckBox("The IP address too")
        self.priority = Segments(PRIORITIES, "Priority")
        self.priority.choose("medium")
        self.reason = line_field("Reason", "", name="queue-reason")
        self.reason.setMaxLength(REASON_LENGTH)
        self.reasons = QComboBox()
        self.reasons.setAccessibleName("Reason")
        self.notes = text_field("Notes", "Notes for whoever decides", name="queue-notes")
        self.notes.setMaximumHeight(64)
        self.why = PlainLabel(ink="warn", wrap=True)
        self.go = push_button("Do it", self.confirm, tone="primary", name="queue-go")
        back = push_button("Cancel", self.cancelled.emit)
        self._ban = QWidget()
        in_column(self.time, self.ip, owner=self._ban, spacing=6)
        in_column(
            self.title,
            self._ban,
            in_row(self.priority, None),
            self.reasons,
            self.reason,
            self.notes,
            self.why,
            in_row(self.go, back, None),
            owner=self,
            margins=(12, 10, 12, 10),
            spacing=8,
        )
        for field in (self.reason, self.notes):
            field.installEventFilter(self)
        self._offer_times()
        settings.changed.connect(self._offer_times)
        self.hide()

    def ask(self, choice: Choice, about: str) -> None:
        """Ask for the details of ``choice``; ``about`` says whom or how many it concerns."""
        self._choice = choice
        name = choice.title.rstrip("…")
        self.title.show_text(f"{name}: {about}")
        is_ban, is_escalation = choice.action == BAN, choice.action == "escalate"
        self._ban.setVisible(is_ban)
        self.priority.setVisible(is_escalation)
        self.notes.setVisible(is_escalation)
        self.notes.clear()
        self.reasons.setVisible(bool(choice.reasons))
        self.reason.setVisible(not choice.reasons)
        self.reasons.clear()
        for reason in choice.reasons:
            self.reasons.addItem(visible(reason), reason)
        self.reason.clear()
        wanted = "Reason, which the policy wants" if choice.reason_required else "Reason, optional"
        self.reason.setPlaceholderText(f"{wanted}. {_ASKS_BACK if choice.appeal else ''}".strip())
        self.why.hide()
        self.go.setText(name)
        self.show()
        if is_ban:
            self.time.focus()
            return
        first = self.reasons if choice.reasons else self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_times(self, name: str = "") -> None:
        if name in ("", times_of(BAN)):
            times = read_times(self._settings[times_of(BAN)])
            self.time.offer(times, self._settings["times_chosen"].get(BAN, ""))
            for button in self.time.group.buttons():
                button.installEventFilter(self)

    def _begin_reason(self, text: str) -> None:
        field = self.reasons if self.reasons.isVisible() else self.reason
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if field is self.reason:
            self.reason.insert(text)

    def confirm(self) -> None:
        """Do it, if nothing is missing."""
        if self._choice is None or not self.isVisible():
            return
        details = self._details()
        if self._choice.reason_required and not details.reason:
            self.why.show_text("A reason is wanted for this.")
            self.why.show()
            self.reason.setFocus()
            return
        if self._choice.action == BAN:
            chosen = self._settings["times_chosen"]
            self._settings["times_chosen"] = {**chosen, BAN: details.minutes}
        choice, self._choice = self._choice, None
        self.hide()
        self.confirmed.emit(choice, details)

    def close_form(self) -> None:
        """Ask for nothing any more."""
        self._choice = None
        self.hide()

    def _details(self) -> Details:
        reason = str(self.reasons.currentData() or "") if self.reasons.count() else ""
        return Details(
            minutes=self.time.minutes if self._ban.isVisibleTo(self) else None,
            reason=reason or self.reason.text().strip(),
            priority=self.priority.key(),
            notes=self.notes.toPlainText().strip()[:NOTES_LENGTH],
            ip_ban=self.ip.isChecked(),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._over = self.window()
        self._over.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._over is not None:
            self._over.removeEventFilter(self)
            self._over = None

    def _take_digit(self, event: QEvent) -> bool:
        """Take a digit that came up to the window because nobody below wanted it."""
        if not isinstance(event, QKeyEvent) or not is_letter(event) or not event.text().isdigit():
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if self._ban.isVisible() and not event.isAutoRepeat():
            self.time.press_digit(event.text())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            return self._take_digit(event)
        if isinstance(event, QKeyEvent) and watched in self.time.group.buttons():
            writes = is_letter(event) and not event.text().isdigit()
            if writes and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if writes and event.type() is QEvent.Type.KeyPress:
                self._begin_reason(event.text())
                return True
        # Window-wide shortcuts would take Return before the field sees it.
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.confirm()
                return True
        return False
