"""Change which key does what; a conflict is reported at once."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QPushButton, QWidget

from console.ui.command_table.commands import Command
from console.ui.command_table.keymap import LAB, MAIN, Keymap, portable
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.theme import Theme


class KeysDialog(PlainDialog):
    """A table of the commands of a window; one recorder for the chosen one."""

    def __init__(
        self, keymap: Keymap, theme: Theme, parent: QWidget | None = None, window: str = MAIN
    ) -> None:
        super().__init__("Keys", parent)
        self.setObjectName("keys-dialog")
        self._keymap = keymap
        self._window = window
        self._asked = ("", "")
        self.windows = Segments(((MAIN, "Console"), (LAB, "Policy lab")), "Keys of")
        self.windows.choose(window)
        self.windows.chosen.connect(self.show_window)
        self.body.addLayout(in_row((PlainLabel("Keys").strengthen(1.2), 1), self.windows))
        self.commands = TableModel(
            (
                Column[Command]("Group", lambda command: command.group, 96),
                Column[Command]("Command", lambda command: command.title),
                Column[Command]("Key", self._keys, 130),
            ),
            self,
        )
        self.table = RowTable(self.commands, "Commands and their keys", theme)
        self.table.setObjectName("keys")
        self.table.setProperty("framed", "true")
        self.body.addWidget(self.table, 1)
        self.recorder = QKeySequenceEdit()
        self.recorder.setObjectName("recorder")
        self.recorder.setAccessibleName("New key for the chosen command")
        self.recorder.setMaximumSequenceLength(1)
        self.assign = QPushButton("Use this key")
        self.none = QPushButton("No key")
        for button, name in ((self.assign, "assign"), (self.none, "no-key")):
            button.setObjectName(name)
            button.setAutoDefault(False)
        self.body.addLayout(in_row((self.recorder, 1), self.assign, self.none))
        self.words = self.add_sentence("Choose a command, then press its new key.")
        self.add_side_button("All defaults", self._reset, name="reset")
        self.add_button("Close", self.accept)
        self.assign.clicked.connect(lambda: self._assign(self._recorded()))
        self.none.clicked.connect(lambda: self._assign(""))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.resize(560, 520)
        self._fill()

    def show_window(self, window: str) -> None:
        """The commands of ``window``: MAIN or LAB."""
        self._window = window
        self.windows.choose(window)
        self.table.setCurrentIndex(QModelIndex())
        self._fill()
        self._say("Choose a command, then press its new key.", "dim")

    def _recorded(self) -> str:
        return self.recorder.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _keys(self, command: Command) -> str:
        return "  ".join(filter(None, (self._keymap.key(command.id), *command.more_keys)))

    def _current(self) -> str:
        command = self.commands.row(self.table.currentIndex().row())
        return command.id if command is not None else ""

    def _fill(self) -> None:
        row = max(0, self.table.currentIndex().row())
        self.commands.show_rows(self._keymap.table(self._window).values())
        self.table.choose(row)

    def _show_current(self) -> None:
        command_id = self._current()
        if command_id:
            self.recorder.setKeySequence(QKeySequence(self._keymap.key(command_id)))

    def _assign(self, key: str) -> None:
        command_id = self._current()
        if not command_id or self._asks_first(command_id, key):
            return
        try:
            earlier = self._keymap.assign(command_id, key)
        except ValueError as error:
            self._say(f"{error}.", "bad")
            return
        title = self._keymap.command(command_id).title
        if earlier:
            self._say(
                f"“{self._keymap.command(earlier).title}” had {key} and has no key now.", "warn"
            )
        elif key:
            self._say(f"{key} does “{title}” from now on.", "good")
        else:
            self._say(f"“{title}” has no key now.", "good")
        self._fill()

    def _asks_first(self, command_id: str, key: str) -> bool:
        """Whether the key is another command's, and only the next press takes it away."""
        wanted = (command_id, key)
        holder = self._keymap.holder(key, self._window)
        fixed = holder and self._keymap.key(holder) != portable(key)
        if not holder or holder == command_id or fixed or self._asked == wanted:
            self._asked = ("", "")
            return False
        self._asked = wanted
        title = self._keymap.command(holder).title
        self._say(f"“{title}” has {key} now. Press once more to take it from there.", "warn")
        return True

    def _reset(self) -> None:
        self._keymap.reset(self._window)
        self._say("Every command of this window has its default key.", "good")
        self._fill()

    def _say(self, words: str, ink: str) -> None:
        self.words.show_text(words)
        self.words.set_ink(ink)
