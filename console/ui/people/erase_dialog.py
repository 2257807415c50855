"""Erases a person from the store: what would go is shown, and the button needs a second press."""

from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.protocol.retention import AskErase, ErasePerson, ErasePreview, PersonErased
from console.ui.state.engine_link import new_id
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.short_texts import count

READ_S = 1.5
"""So long the second press is not taken: the first words are to be read."""
ERASE, SURE = "Erase…", "Erase for good"


class EraseDialog(PlainDialog):
    """Bound to one person, whoever is chosen meanwhile."""

    def __init__(
        self, context: WindowContext, target: Target, parent: QWidget | None = None
    ) -> None:
        super().__init__("Erase a person", parent)
        self.setObjectName("erase-dialog")
        self._context = context
        self._target = target
        self._armed_at: float | None = None
        name = visible(target.name or target.user_id)
        self.add_heading(f"Erase {name} from the store?")
        self.add_sentence(f"User id: {visible(target.user_id)}")
        self.preview = PlainLabel("Reading what is kept of them…", wrap=True)
        self.preview.setObjectName("erase-preview")
        self.body.addWidget(self.preview)
        self.add_sentence(
            "What they said and showed, what was done to them, notes, and what was copied of them"
            " as evidence goes from this machine and cannot be brought back. The log of what was"
            " done stays whole and names them no more. At Stream and on other consoles nothing"
            " changes. Windows show what they remember until the next sign-in."
        )
        self.said = PlainLabel("", wrap=True)
        self.said.setObjectName("erase-said")
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.erase = self.add_button(SURE, self._press, tone="danger", name="erase")
        self.erase.setMinimumWidth(self.erase.sizeHint().width())  # it stays where it is
        self.erase.setText(ERASE)
        self.erase.setEnabled(False)
        self.leave = self.add_button("Cancel", self.reject, name="cancel")
        self.leave.setDefault(True)
        self.resize(520, 320)
        context.link.ask(AskErase(new_id(), target.user_id), self._on_preview)

    def _on_preview(self, found: ErasePreview) -> None:
        if found.sentence:
            self.preview.show_text(f"{found.sentence} {found.advice}".strip())
            return
        self.preview.show_text(_preview_words(found))
        self.erase.setEnabled(bool(found.items + found.acts + found.evidence + found.notes))

    def _press(self) -> None:
        now = self._context.clock.monotonic()
        if self._armed_at is None:
            self._armed_at = now
            self.erase.setText(SURE)
            self.said.show_text("Press once more to erase. Nothing brings it back.")
        elif now - self._armed_at >= READ_S:
            self.erase.setEnabled(False)
            self.said.show_text("Erasing…")
            self._context.link.ask(ErasePerson(new_id(), self._target.user_id), self._on_erased)

    def _on_erased(self, found: PersonErased) -> None:
        words = f"{found.sentence} {found.advice}".strip() or _erased_words(found)
        self.said.show_text(words)
        if not found.sentence:
            self.leave.setText("Close")  # nothing is left to be cancelled
        self._context.controller.say(words, "bad" if found.sentence else "good")


def _preview_words(found: ErasePreview) -> str:
    goes = (
        count(found.items, "line, message or picture", "lines, messages and pictures"),
        count(found.acts, "act"),
        count(found.evidence, "piece of evidence", "pieces of evidence"),
        count(found.notes, "note or mark", "notes and marks"),
    )
    said = f"This would go: {', '.join(goes)}."
    return f"{said} {_spared(found.held, found.in_force)}".strip()


def _erased_words(found: PersonErased) -> str:
    said = f"Erased: {count(found.items, 'item')}, {count(found.pictures, 'picture')}"
    said += f", {count(found.acts, 'act')}, {count(found.evidence, 'piece')} of evidence"
    said += f", {count(found.notes, 'note')}."
    return f"{said} {_spared(found.held, found.in_force)}".strip()


def _spared(held: int, in_force: int) -> str:
    parts = []
    if held:
        parts.append(f"{count(held, 'piece')} of evidence that somebody holds")
    if in_force:
        parts.append(f"{count(in_force, 'act')} under way or in force with the evidence")
    return f"Spared: {' and '.join(parts)}." if parts else ""
