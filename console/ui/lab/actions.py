"""The menus of the lab and its QActions, from the table of its commands."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from console.ui.lab.commands import LAB_COMMANDS

_BREAK_BEFORE = {"save", "use", "close", "find", "problem", "try", "start", "pull", "theme"}


def short(command_id: str) -> str:
    """``try`` for ``lab.try``."""
    return command_id.removeprefix("lab.")


def build_actions(
    window: QMainWindow, handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """The QActions of ``window`` by short id, in its menu bar; ``recent`` is filled elsewhere."""
    made: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for each in LAB_COMMANDS.values():
        menu = menus.get(each.group)
        if menu is None:
            menu = menus[each.group] = window.menuBar().addMenu(f"&{each.group}")
        name = short(each.id)
        if name in _BREAK_BEFORE:
            menu.addSeparator()
        action = QAction(each.title, window)
        action.setObjectName(each.id)
        action.setStatusTip(each.help)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, do=handlers[name]: do())
        menu.addAction(action)
        window.addAction(action)
        made[name] = action
        if name == "open":
            made["recent"] = menu.addMenu("Open recent").menuAction()
    return made


def show_keys(actions: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
    """Give every action the key that ``keys`` names for its command, and its fixed second keys."""
    for command_id in LAB_COMMANDS:
        chosen = keys.get(command_id, "")
        names = ((chosen,) if chosen else ()) + LAB_COMMANDS[command_id].more_keys
        actions[short(command_id)].setShortcuts([QKeySequence(name) for name in names])
