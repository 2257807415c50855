"""Opens and saves the policy of the lab; asks before something unsaved is lost."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from console.base.plain_text import visible
from console.ui.lab.document import PolicyDocument, with_newest
from console.ui.state.settings import Settings
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import menu_text

FILTER = "Policies (*.toml);;All files (*)"


class LeaveDialog(PlainDialog):
    """Offers to save, to discard, or to stay; Escape stays.

    Signals:
        save_chosen, discard_chosen: go on after saving, or without.
    """

    save_chosen = Signal()
    discard_chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Unsaved policy", parent)
        self.setObjectName("leave-dialog")
        self.add_heading(f"Save the changes of {visible(name)}?")
        self.add_sentence("They are lost otherwise.")
        self.discard = self.add_side_button("Discard", name="discard")
        self.discard.setProperty("tone", "careful")
        self.discard.clicked.connect(lambda: self._choose(self.discard_chosen))
        self.add_button("Cancel", name="cancel").clicked.connect(self.reject)
        self.save = self.add_button("Save", tone="primary", name="save")
        self.save.setDefault(True)
        self.save.clicked.connect(lambda: self._choose(self.save_chosen))
        self.setMinimumWidth(400)

    def _choose(self, signal: SignalInstance) -> None:
        self.accept()
        signal.emit()


class PolicyFiles(QObject):
    """Belongs to ``window``; ``say`` shows one sentence in an ink."""

    def __init__(
        self,
        document: PolicyDocument,
        settings: Settings,
        say: Callable[[str, str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._settings, self._say, self._window = document, settings, say, window

    def open(self, path: Path | str) -> None:
        """Show another policy, once the one here is saved or given up."""
        self.when_saved(lambda: self._open(Path(path)))

    def choose(self) -> None:
        """Let the user choose a policy to show."""
        path = self._document.path
        folder = str(path.parent) if path is not None else ""
        dialog = QFileDialog(self._window, "Open a policy", folder, FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._open(Path(path)))
        dialog.open()

    def save(self) -> bool:
        """Write the policy to its file; asks for one when there is none."""
        if self._document.path is None:
            self.save_as()
            return False
        return self.write(self._document.path)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and write the policy there."""
        dialog = QFileDialog(self._window, "Save the policy", self._document.name, FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(path: str) -> None:
            if self.write(Path(path)) and then is not None:
                then()

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def write(self, path: Path) -> bool:
        """Write the policy to ``path``; whether it could be written."""
        if not self._document.save(path):
            return False
        self._remember(path)
        self._say(f"Saved {path.name}.", "good")
        return True

    def when_saved(self, then: Callable[[], object]) -> None:
        """Do ``then`` once the policy is saved or given up."""
        if not self._document.modified:
            then()
            return
        dialog = LeaveDialog(self._document.name, self._window)
        dialog.discard_chosen.connect(then)

        def save() -> None:
            if self._document.path is None:
                self.save_as(then)
            elif self.write(self._document.path):
                then()

        dialog.save_chosen.connect(save)
        dialog.open()

    def fill_recent(self, menu: QMenu) -> None:
        """Fill ``menu`` with the recently opened files."""
        menu.clear()
        for path in self._settings["lab_recent"]:
            menu.addAction(menu_text(path), partial(self.open, path))
        menu.setEnabled(bool(menu.actions()))

    def _open(self, path: Path) -> None:
        if self._document.open(path):
            self._remember(path)
            self._say("", "dim")

    def _remember(self, path: Path) -> None:
        self._settings["lab_recent"] = with_newest(self._settings["lab_recent"], str(path))
