"""Every setting of the window, declared once: type, default and the values allowed."""

import logging
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from console.base import documents
from console.base.errors import WorldError

log = logging.getLogger(__name__)


class Setting(Struct, frozen=True, kw_only=True):
    """One setting.

    Attributes:
        choices: the only values allowed; empty when any of the type is.
    """

    name: str
    kind: type
    default: Any
    choices: tuple[Any, ...] = ()


_TABLE = (
    Setting(name="theme", kind=str, default="system", choices=("system", "light", "dark")),
    Setting(
        name="calls_sort", kind=str, default="heat", choices=("heat", "name", "people", "flags")
    ),
    Setting(name="raised_only", kind=bool, default=False),
    Setting(name="show_notices", kind=bool, default=True),
    Setting(name="profile", kind=str, default=""),
    Setting(name="sign_in_at_start", kind=bool, default=True),
    Setting(name="pinned_calls", kind=list, default=[]),
    Setting(name="window_geometry", kind=str, default=""),
    Setting(name="layouts", kind=dict, default={}),
    Setting(name="lab_recent", kind=list, default=[]),
    Setting(name="lab_geometry", kind=str, default=""),
)

SETTINGS: Mapping[str, Setting] = {setting.name: setting for setting in _TABLE}


def fits(setting: Setting, value: object) -> bool:
    """Whether ``value`` is one that ``setting`` may have."""
    if type(value) is not setting.kind:
        return False
    return not setting.choices or value in setting.choices


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
            elif fits(setting, value):
                self._values[name] = value
            else:
                self._tell(f"The setting {name} in {self._file.name} has a value that is unknown.")

    def __getitem__(self, name: str) -> Any:
        value = self._values.get(name, SETTINGS[name].default)
        return copy(value)

    def __setitem__(self, name: str, value: object) -> None:
        setting = SETTINGS[name]
        if not fits(setting, value):
            raise ValueError(f"{name} cannot be {value!r}")
        if self[name] == value:
            return
        self._values[name] = copy(value)
        self._save()
        self.changed.emit(name)

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
