"""Menus from a table of commands."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QMenuBar

from console.ui.command_table.commands import Command, CommandSet, Table


def fill_menus(
    bar: QMenuBar | QMenu,
    table: Table,
    set_of: Callable[[Command], CommandSet],
    groups: Sequence[str] = (),
) -> dict[str, QMenu]:
    """Add one menu for each group and return them by group.

    ``set_of`` gives the set that does a command. ``groups`` come first, in this order; the others
    follow in the order of the table.
    """
    menus: dict[str, QMenu] = {}
    for group in dict.fromkeys((*groups, *(command.group for command in table.values()))):
        menus[group] = bar.addMenu(f"&{group}")
    for command in table.values():
        if command.starts_section:
            menus[command.group].addSeparator()
        menus[command.group].addAction(set_of(command).action(command.id))
    return menus
