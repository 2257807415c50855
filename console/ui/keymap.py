"""Which key does what: the table's defaults and the user's changes in ``keys.json``."""

import logging
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from console.base import documents
from console.base.errors import WorldError
from console.ui.commands import COMMANDS, extra_keys

log = logging.getLogger(__name__)


def portable(key: str) -> str:
    """``key`` in Qt's portable notation, so that equal keys are equal texts; "" if it is none."""
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.PortableText
    )


def conflicts(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Keys that several commands claim, second keys included: key to command ids."""
    claims: dict[str, list[str]] = {}
    for command_id, key in keys.items():
        names = ([key] if key else []) + list(extra_keys(command_id))
        for name in dict.fromkeys(portable(name) for name in names):
            claims.setdefault(name, []).append(command_id)
    return {key: tuple(ids) for key, ids in claims.items() if len(ids) > 1}


class Keymap(QObject):
    """The key of every command.

    Signals:
        changed: some key is another one now.
        trouble_found: one sentence; the file could not be read or written.
    """

    changed = Signal()
    trouble_found = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._chosen: dict[str, str] = {}
        self._readable = True
        self.trouble = ""

    def load(self) -> None:
        """Read the user's changes; commands this version does not know are kept unused."""
        try:
            self._chosen = documents.load(self._file, dict[str, str]) or {}
        except WorldError as error:
            self._readable = False  # never overwrite a file we do not understand
            self._tell(str(error))
        self.changed.emit()

    def keys(self) -> dict[str, str]:
        """Command id to key, "" for none; all commands."""
        return {id_: self.key(id_) for id_ in COMMANDS}

    def key(self, command_id: str) -> str:
        """The key of one command."""
        return portable(self._chosen.get(command_id, COMMANDS[command_id].key))

    def holder(self, key: str) -> str:
        """The command that ``key`` does, "" for none."""
        wanted = portable(key)
        for command_id, own in self.keys().items():
            if wanted and wanted in (own, *(portable(name) for name in extra_keys(command_id))):
                return command_id
        return ""

    def assign(self, command_id: str, key: str) -> str:
        """Give a command another key, "" for none.

        Returns the command that held the key and now has none, "" when it was free.

        Raises:
            ValueError: no key, or a second key that cannot be changed.
        """
        wanted = portable(key)
        if key and not wanted:
            raise ValueError(f"{key!r} is no key")
        earlier = self.holder(wanted)
        if earlier == command_id:
            return ""
        if earlier and self.key(earlier) != wanted:
            raise ValueError(f"{key} always means “{COMMANDS[earlier].title}”")
        if earlier:
            self._choose(earlier, "")
        self._choose(command_id, wanted)
        self._save()
        return earlier

    def reset(self) -> None:
        """Back to the defaults."""
        self._chosen = {id_: key for id_, key in self._chosen.items() if id_ not in COMMANDS}
        self._save()

    def _choose(self, command_id: str, key: str) -> None:
        if key == portable(COMMANDS[command_id].key):
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
        self.trouble = sentence
        self.trouble_found.emit(sentence)
