"""Opens and saves the policy of the lab; asks before something unsaved is lost."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from console.base.plain_text import visible
from console.ui.lab.document import PolicyDocument
from console.ui.state.settings import Settings
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.file_choice import choose_file, choose_target
from console.ui.widgets.plain_text_widgets import menu_text

MAX_RECENT = 10
FILTER = "Policies (*.toml);;All files (*)"


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
        choose_file(self._window, "Open a policy", folder, FILTER, lambda at: self._open(Path(at)))

    def save(self) -> bool:
        """Write the policy to its file; asks for one when there is none."""
        if self._document.path is None:
            self.save_as()
            return False
        return self.write(self._document.path)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and write the policy there."""

        def chosen(path: str) -> None:
            if self.write(Path(path)) and then is not None:
                then()

        choose_target(self._window, "Save the policy", self._document.name, FILTER, chosen)

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
        dialog = PlainDialog("Unsaved policy", self._window)
        dialog.setObjectName("leave-dialog")
        dialog.add_heading(f"Save the changes of {visible(self._document.name)}?")
        dialog.add_sentence("They are lost otherwise.")

        def save() -> None:
            dialog.accept()
            if self._document.path is None:
                self.save_as(then)
            elif self.write(self._document.path):
                then()

        def discard() -> None:
            dialog.accept()
            then()

        dialog.add_side_button("Discard", discard, tone="careful")
        dialog.add_button("Cancel", dialog.reject)
        dialog.add_button("Save", save, tone="primary").setDefault(True)
        dialog.setMinimumWidth(400)
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
        others = [each for each in self._settings["lab_recent"] if each != str(path)]
        self._settings["lab_recent"] = [str(path), *others][:MAX_RECENT]
