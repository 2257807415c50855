"""Menus from a table of commands."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from console.ui.command_table.commands import Command, CommandSet, Table
from console.ui.widgets.plain_text_widgets import tip


def grey_impossible(menu: QMenu, commands: CommandSet, why_not: Callable[[Command], str]) -> None:
    """While ``menu`` is open, grey what cannot be done now and say why on its tip.

    Only then: the key of a greyed command would do nothing and say nothing.
    """
    mine = [each for each in commands.table.values() if commands.action(each.id) in menu.actions()]
    greyed: list[QAction] = []

    def show() -> None:
        for command in mine:
            action, why = commands.action(command.id), why_not(command)
            action.setToolTip(tip(why or command.help or command.title))
            if why and action.isEnabled():
                action.setEnabled(False)
                greyed.append(action)

    def hide() -> None:
        while greyed:
            greyed.pop().setEnabled(True)

    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(show)
    menu.aboutToHide.connect(hide)


def _with_mnemonic(title: str, taken: set[str]) -> str:
    """``title`` with a mark before the letter that opens its menu with Alt.

    A letter that is a command's key with Alt is left to the command: Qt would do neither.
    """
    for place, letter in enumerate(title):
        key = f"Alt+{letter.upper()}"
        if letter.isalpha() and key not in taken:
            taken.add(key)
            return f"{title[:place]}&{title[place:]}"
    return title


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
    taken = {key for command in table.values() for key in (command.key, *command.more_keys)}
    for group in dict.fromkeys((*groups, *(command.group for command in table.values()))):
        menus[group] = bar.addMenu(_with_mnemonic(group, taken))
        # Not as a status tip: that would take the place of the last act in the strip.
        menus[group].setToolTipsVisible(True)
    for command in table.values():
        if command.starts_section:
            menus[command.group].addSeparator()
        menus[command.group].addAction(set_of(command).action(command.id))
    return menus
