"""The policy that is being edited: its text, its file, its errors."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.documents import write_whole
from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.domain.results import PolicyError
from console.protocol.lab import (
    CheckPolicy,
    Edit,
    EditPolicy,
    PolicyChecked,
    PolicyEdited,
    PolicySummary,
    PolicyText,
)
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.timers import one_shot

CHECK_MS = 120
"""How long typing has to pause before the text is checked."""

MAX_BYTES = 64 << 20
UNTITLED = "Untitled policy"


def default_text() -> str:
    """The policy that the program came with."""
    return (resources() / "policies" / "default.toml").read_text(encoding="utf-8")


def read_policy_file(path: Path) -> str:
    """The text of a policy file.

    Raises:
        WorldError: it cannot be read, is too large or no text.
    """
    try:
        return read_bytes(path, MAX_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorldError(f"{path.name} is no UTF-8 text.") from error


class PolicyDocument(QObject):
    """One policy. The editor owns the text and reports changes here.

    Signals:
        begun: another policy is shown; what was before cannot be undone.
        text_wanted: the text has to become this one, as a step that can be undone.
        checked: the engine has said what it thinks of the text.
        file_changed: the file, or whether everything is saved.
        trouble_found: one sentence about a file.
    """

    begun = Signal(str)
    text_wanted = Signal(str)
    checked = Signal()
    file_changed = Signal()
    trouble_found = Signal(str)

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.text = ""
        self.saved_text = ""
        self.path: Path | None = None
        self.errors: tuple[PolicyError, ...] = ()
        self.summary: PolicySummary | None = None
        self.good = False
        """Whether the text as it is now was found free of errors."""
        self._edits: list[tuple[Edit, ...]] = []
        self._editing = False
        self._timer = one_shot(CHECK_MS, self)
        self._timer.timeout.connect(self.check)

    @property
    def modified(self) -> bool:
        """Whether there are unsaved changes."""
        return self.text != self.saved_text

    @property
    def name(self) -> str:
        """The name to show."""
        return self.path.name if self.path is not None else UNTITLED

    def policy(self) -> PolicyText:
        """The policy as the engine takes it."""
        place = str(self.path) if self.path is not None else "policy.toml"
        return PolicyText(text=self.text, place=place, name=self.name)

    def set_text(self, text: str) -> None:
        """Take the edited text; it is checked as soon as typing pauses."""
        if text == self.text:
            return
        was = self.modified
        self.text = text
        self.good = False
        self._timer.start()
        if was != self.modified:
            self.file_changed.emit()

    def begin(self, text: str, path: Path | None = None) -> None:
        """Replace the policy by another one, without saving."""
        self.path = path
        self.text = self.saved_text = text
        self.summary = None
        self.errors = ()
        self.good = False
        self.begun.emit(text)
        self.file_changed.emit()
        self.check()

    def open(self, path: Path) -> bool:
        """Read ``path``; whether it could be read."""
        try:
            text = read_policy_file(path)
        except WorldError as error:
            self.trouble_found.emit(str(error))
            return False
        self.begin(text, path)
        return True

    def save(self, path: Path | None = None) -> bool:
        """Write the text to ``path`` or where it came from; whether it could be written."""
        target = path or self.path
        if target is None:
            return False
        try:
            write_whole(target, self.text.encode("utf-8"))
        except WorldError as error:
            self.trouble_found.emit(str(error))
            return False
        self.path = target
        self.saved_text = self.text
        self.file_changed.emit()
        return True

    def check(self) -> None:
        """Ask the engine what is wrong with the text."""
        self._timer.stop()
        self._link.ask(CheckPolicy(new_id(), self.policy()), self._on_checked)

    def edit(self, *edits: Edit) -> None:
        """Change values of the text and nothing else of it; one edit after the other."""
        self._edits.append(edits)
        if not self._editing:
            self._next_edit()

    def _next_edit(self) -> None:
        if not self._edits:
            return
        before = self.text
        self._editing = True

        def answered(answer: PolicyEdited) -> None:
            self._editing = False
            if answer.sentence:
                self.trouble_found.emit(answer.sentence)
                self.checked.emit()  # the form shows again what is in the text
            elif self.text == before:
                self.text_wanted.emit(answer.text)
                self.check()
            else:
                self.trouble_found.emit("The text changed meanwhile; try once more.")
            self._next_edit()

        self._link.ask(EditPolicy(new_id(), self.policy(), self._edits.pop(0)), answered)

    def _on_checked(self, answer: PolicyChecked) -> None:
        if self._timer.isActive():
            return  # the text has changed since, and is asked about soon
        place = self.policy().place
        self.errors = tuple(
            error if error.place == place else replace(error, line=1) for error in answer.errors
        )
        self.good = answer.summary is not None
        if answer.summary is not None:
            self.summary = answer.summary
        self.checked.emit()
