"""Which key does what: the tables' defaults and the user's changes in ``keys.json``."""

import logging
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from console.base import documents
from console.base.errors import WorldError
from console.ui.command_table.commands import Command, Table

log = logging.getLogger(__name__)

MAIN, LAB = "main", "lab"
"""The names of the windows that have commands. A key may do one thing in each of them."""

WRITING_KEYS = {
    "Ctrl+A": "selects everything",
    "Ctrl+C": "copies",
    "Ctrl+V": "pastes",
    "Ctrl+X": "cuts",
}
"""Keys of everybody who writes; the lab is for writing."""

_STRONG = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def portable(key: str) -> str:
    """``key`` in Qt's portable notation, so that equal keys are equal texts; "" if it is none."""
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.PortableText
    )


def why_not_for_writing(key: str) -> str:
    """Why ``key`` cannot be the key of a command where people write; empty when it can."""
    if not key:
        return ""
    if key in WRITING_KEYS:
        return f"{key} {WRITING_KEYS[key]} in the lab"
    # PySide6's types do not know that sequences can be indexed.
    pressed = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)[0]  # type: ignore[index]
    function = Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35
    if not function and not pressed.keyboardModifiers() & _STRONG:
        return f"{key} is for writing in the lab; take one with Ctrl or Alt, or a function key"
    return ""


class Keymap(QObject):
    """The key of every command of every window. ``tables``: the commands of each window by name.

    Signals:
        changed: some key is another one now.
        trouble_found: one sentence; the file could not be read or written.
    """

    changed = Signal()
    trouble_found = Signal(str)

    def __init__(
        self, file: Path, tables: Mapping[str, Table], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._tables = tables
        self._commands = {id_: each for table in tables.values() for id_, each in table.items()}
        self._chosen: dict[str, str] = {}
        self._readable = True

    def load(self) -> None:
        """Read the user's changes; commands this version does not know are kept unused."""
        try:
            self._chosen = documents.load(self._file, dict[str, str]) or {}
        except WorldError as error:
            self._readable = False  # never overwrite a file we do not understand
            self._tell(str(error))
        self.changed.emit()

    def table(self, window: str) -> Table:
        """The commands of ``window``."""
        return self._tables[window]

    def command(self, command_id: str) -> Command:
        """One command of any window."""
        return self._commands[command_id]

    def keys(self, window: str = MAIN) -> dict[str, str]:
        """Command id to key, "" for none; all commands of ``window``."""
        return {id_: self.key(id_) for id_ in self._tables[window]}

    def key(self, command_id: str) -> str:
        """The key of one command."""
        return portable(self._chosen.get(command_id, self._commands[command_id].key))

    def holder(self, key: str, window: str = MAIN) -> str:
        """The command that ``key`` does in ``window``, "" for none."""
        wanted = portable(key)
        for command_id, own in self.keys(window).items():
            more = map(portable, self._commands[command_id].more_keys)
            if wanted and wanted in (own, *more):
                return command_id
        return ""

    def assign(self, command_id: str, key: str) -> str:
        """Give a command another key, "" for none.

        Returns the command of the same window that held the key and now has none, "" when it was
        free.

        Raises:
            ValueError: no key, one that cannot be used there, or a second key that cannot be
                changed.
        """
        wanted = portable(key)
        if key and not wanted:
            raise ValueError(f"{key!r} is no key")
        window = LAB if command_id in self._tables[LAB] else MAIN
        earlier = self.holder(wanted, window)
        if earlier == command_id:
            return ""
        if earlier and self.key(earlier) != wanted:
            raise ValueError(f"{key} always means “{self._commands[earlier].title}”")
        if window == LAB and (why := why_not_for_writing(wanted)):
            raise ValueError(why)
        if earlier:
            self._choose(earlier, "")
        self._choose(command_id, wanted)
        self._save()
        return earlier

    def reset(self, window: str = MAIN) -> None:
        """Back to the defaults in ``window``."""
        mine = self._tables[window]
        self._chosen = {id_: key for id_, key in self._chosen.items() if id_ not in mine}
        self._save()

    def _choose(self, command_id: str, key: str) -> None:
        if key == portable(self._commands[command_id].key):
            self._chosen.pop(command_id, None)
        else:
            self._chosen[command_id] = key

    def _save(self) -> None:
        if self._readable:
            try:
                documents.save(self._file, self._chosen)
            except WorldError as error:
                self._tell(str(error))
        self.changed.emit()

    def _tell(self, sentence: str) -> None:
        log.warning("%s", sentence)
        self.trouble_found.emit(sentence)
