"""The menus of a menu bar, from a table of commands."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QMenuBar

from console.ui.command_table.commands import CommandSet


def fill_menu_bar(
    bar: QMenuBar, commands: CommandSet, groups: Sequence[str] = ()
) -> dict[str, QMenu]:
    """Add one menu for each group and return them by group.

    ``groups`` come first, in this order; the others follow in the order of the table.
    """
    table = commands.table.values()
    menus: dict[str, QMenu] = {}
    for group in dict.fromkeys((*groups, *(command.group for command in table))):
        menus[group] = bar.addMenu(f"&{group}")
    for command in table:
        if command.starts_section:
            menus[command.group].addSeparator()
        menus[command.group].addAction(commands.action(command.id))
    return menus
