"""The menu bar, from the table of commands."""

from collections.abc import Iterable

from PySide6.QtWidgets import QDockWidget, QMenuBar

from console.ui.command_table.commands import ACT, COMMANDS, NAVIGATE, SESSION, VIEW, CommandSet

_GROUPS = (SESSION, VIEW, NAVIGATE, ACT)


def fill_menu_bar(bar: QMenuBar, commands: CommandSet, docks: Iterable[QDockWidget]) -> None:
    """One menu a group; the panels can be hidden and shown in View."""
    for group in _GROUPS:
        menu = bar.addMenu(f"&{group}")
        for command in COMMANDS.values():
            if command.group == group:
                menu.addAction(commands.action(command.id))
        if group == VIEW:
            menu.addSeparator()
            for dock in docks:
                menu.addAction(dock.toggleViewAction())
