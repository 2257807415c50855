"""Change which key does what; conflicts are said at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from console.ui.command_table.keymap import LAB, MAIN, Keymap
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import PlainLabel

_WINDOWS = {MAIN: "Console", LAB: "Policy lab"}
_ID = Qt.ItemDataRole.UserRole + 1


class KeysDialog(PlainDialog):
    """A table of the commands of a window; one recorder for the chosen one."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None, window: str = MAIN) -> None:
        super().__init__("Keys", parent)
        self.setObjectName("keys-dialog")
        self._keymap = keymap
        self._window = window
        self.windows: dict[str, QToolButton] = {}
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(PlainLabel("Keys").strengthen(1.2), 1)
        group = QButtonGroup(self)
        for name, words in _WINDOWS.items():
            choice = QToolButton()
            choice.setText(words)
            choice.setAccessibleName(f"Keys of the {words.lower()}")
            choice.setCheckable(True)
            choice.setChecked(name == window)
            choice.setProperty("segment", "true")
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            choice.clicked.connect(lambda _checked=False, name=name: self.show_window(name))
            group.addButton(choice)
            top.addWidget(choice)
            self.windows[name] = choice
        self.body.addLayout(top)
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("keys")
        self.table.setAccessibleName("Commands and their keys")
        self.table.setProperty("framed", "true")
        self.table.setHorizontalHeaderLabels(["Group", "Command", "Key"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.table, 1)
        self.recorder = QKeySequenceEdit()
        self.recorder.setObjectName("recorder")
        self.recorder.setAccessibleName("New key for the chosen command")
        self.recorder.setMaximumSequenceLength(1)
        self.assign = QPushButton("Use this key")
        self.none = QPushButton("No key")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.recorder, 1)
        for button, name in ((self.assign, "assign"), (self.none, "no-key")):
            button.setObjectName(name)
            button.setAutoDefault(False)
            row.addWidget(button)
        self.body.addLayout(row)
        self.words = self.add_sentence("Choose a command, then press its new key.")
        reset = self.add_side_button("All defaults", name="reset")
        reset.clicked.connect(self._reset)
        close = self.add_button("Close", name="close")
        close.clicked.connect(self.accept)
        self.assign.clicked.connect(lambda: self._assign(self._recorded()))
        self.none.clicked.connect(lambda: self._assign(""))
        self.table.currentCellChanged.connect(lambda *_: self._show_current())
        self.resize(560, 520)
        self._fill()
        self.table.setCurrentCell(0, 1)

    def show_window(self, window: str) -> None:
        """The commands of ``window``: MAIN or LAB."""
        self._window = window
        self.windows[window].setChecked(True)
        self._fill()
        self.table.setCurrentCell(0, 1)
        self._say("Choose a command, then press its new key.", "dim")

    def _recorded(self) -> str:
        return self.recorder.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _current(self) -> str:
        item = self.table.item(self.table.currentRow(), 1)
        return str(item.data(_ID)) if item is not None else ""

    def _fill(self) -> None:
        row = max(0, self.table.currentRow())
        commands = self._keymap.table(self._window)
        self.table.setRowCount(len(commands))
        for place, command in enumerate(commands.values()):
            keys = [self._keymap.key(command.id), *command.more_keys]
            title = QTableWidgetItem(command.title)
            title.setData(_ID, command.id)
            self.table.setItem(place, 0, QTableWidgetItem(command.group))
            self.table.setItem(place, 1, title)
            self.table.setItem(place, 2, QTableWidgetItem("  ".join(filter(None, keys))))
        self.table.resizeColumnToContents(0)
        self.table.setColumnWidth(2, 130)
        self.table.setCurrentCell(row, 1)

    def _show_current(self) -> None:
        command_id = self._current()
        if command_id:
            self.recorder.setKeySequence(QKeySequence(self._keymap.key(command_id)))

    def _assign(self, key: str) -> None:
        command_id = self._current()
        if not command_id:
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

    def _reset(self) -> None:
        self._keymap.reset(self._window)
        self._say("Every command of this window has its default key.", "good")
        self._fill()

    def _say(self, words: str, ink: str) -> None:
        self.words.show_text(words)
        self.words.set_ink(ink)
