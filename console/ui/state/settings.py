"""The values of the settings, kept in a file."""

import logging
from copy import copy
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.base import documents
from console.base.errors import WorldError
from console.ui.state.settings_table import SETTINGS

log = logging.getLogger(__name__)


class Settings(QObject):
    """The values of all settings, kept in ``settings.json``.

    Signals:
        changed: the name of a setting whose value is another one now.
        trouble_found: one sentence; the file could not be read or written.
    """

    changed = Signal(str)
    trouble_found = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._values: dict[str, Any] = {}
        self._unknown: dict[str, Any] = {}
        self._readable = True

    def load(self) -> None:
        """Read the file; what does not fit is left at its default and said."""
        try:
            stored = documents.load(self._file, dict[str, Any]) or {}
        except WorldError as error:
            self._readable = False  # never overwrite a file we do not understand
            self._tell(str(error))
            return
        for name, value in stored.items():
            setting = SETTINGS.get(name)
            if setting is None:
                self._unknown[name] = value
            elif setting.fits(value):
                self._values[name] = value
            else:
                self._tell(f"The setting {name} in {self._file.name} has a value that is unknown.")

    def __getitem__(self, name: str) -> Any:
        value = self._values.get(name, SETTINGS[name].default)
        return copy(value)

    def __setitem__(self, name: str, value: object) -> None:
        setting = SETTINGS[name]
        if not setting.fits(value):
            raise ValueError(f"{name} cannot be {value!r}")
        if self[name] == value:
            return
        self._values[name] = copy(value)
        self._save()
        self.changed.emit(name)

    def is_default(self, name: str) -> bool:
        """Whether a setting has the value that it has on a new machine."""
        return bool(self[name] == SETTINGS[name].default)

    def reset(self, name: str) -> None:
        """Give a setting its default."""
        self[name] = copy(SETTINGS[name].default)

    def _save(self) -> None:
        if not self._readable:
            return
        try:
            documents.save(self._file, self._unknown | self._values)
        except WorldError as error:
            self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        log.warning("%s", sentence)
        self.trouble_found.emit(sentence)
