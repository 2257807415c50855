"""A table of commands, and the QActions made from it for menus, buttons and shortcuts."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS
from console.ui.widgets.plain_text_widgets import tip

NAVIGATE = "Go"
VIEW = "View"
ACT = "Acts"
SESSION = "Session"
HELP = "Help"


class Command(Struct, frozen=True, kw_only=True):
    """One thing a window can do.

    Attributes:
        key: default shortcut in Qt's portable notation; empty for none.
        more_keys: further keys, which the user cannot change.
        act: the act it requests on the current target, for acts.
        stops: it stops something that would be done to others, so it is never held back.
        starts_section: whether menus draw a line above it.
    """

    id: str
    title: str
    group: str
    key: str = ""
    more_keys: tuple[str, ...] = ()
    help: str = ""
    act: str | None = None
    stops: bool = False
    starts_section: bool = False

    @property
    def works_on_others(self) -> bool:
        """Whether it changes more than what this window shows."""
        return self.group == ACT and not self.stops


Table: TypeAlias = Mapping[str, Command]
"""The commands of one window by id, in the order of menus and palette."""


def table_of(*commands: Command) -> Table:
    """The table of ``commands``.

    Raises:
        ValueError: two of them have the same id.
    """
    table = {command.id: command for command in commands}
    if len(table) != len(commands):
        raise ValueError("two commands have the same id")
    return table


def act_command_id(kind: str) -> str:
    """The id of the command that requests ``kind`` on the current target."""
    return f"act.{kind}"


ACT_COMMANDS = tuple(
    Command(
        id=act_command_id(spec.kind),
        title=spec.label,
        group=ACT,
        key=spec.key,
        help=spec.consequence,
        act=spec.kind,
    )
    for spec in ACTS
    if spec.scope is not Scope.ITEM  # those belong to the item that the queue shows
)


def _let_pass(_command: Command) -> str:
    return ""


class CommandSet(QObject):
    """One QAction for every command of a table, with the user's key.

    The window adds ``actions()`` to itself once. Whoever can do a command says so with ``on``.

    Signals:
        act_wanted: the kind of an act command.
        refused: (title of a command, one sentence) why it did nothing.
    """

    act_wanted = Signal(object)
    refused = Signal(str, str)

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._handlers: dict[str, Callable[[], object]] = {}
        self._actions: dict[str, QAction] = {}
        self.guard: Callable[[Command], str] = _let_pass
        """Says why a key or a menu may not do a command now, in one sentence; "" where it may."""
        for command in table.values():
            action = QAction(command.title, self)
            action.setObjectName(command.id)
            action.setToolTip(tip(command.help))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            # A key that is held down requests one act, not thirty.
            action.setAutoRepeat(not command.works_on_others)
            action.triggered.connect(lambda _checked=False, id_=command.id: self._press(id_))
            self._actions[command.id] = action
        self.set_keys({command.id: command.key for command in table.values()})

    def action(self, command_id: str) -> QAction:
        """The QAction of a command."""
        return self._actions[command_id]

    def actions(self) -> list[QAction]:
        """All of them, in the order of the table."""
        return list(self._actions.values())

    def set_keys(self, keys: Mapping[str, str], *, reserved: frozenset[str] = frozenset()) -> None:
        """Give every command the key that ``keys`` names; none when it is missing there.

        Keys in ``reserved`` are left to somebody else.
        """
        for command_id, action in self._actions.items():
            names = (keys.get(command_id, ""), *self.table[command_id].more_keys)
            action.setShortcuts(
                [QKeySequence(name) for name in names if name and name not in reserved]
            )

    def action_of(self, key: QKeySequence) -> QAction | None:
        """The action that ``key`` belongs to, enabled or not."""
        return next((each for each in self._actions.values() if key in each.shortcuts()), None)

    def keys_in_use(self) -> frozenset[str]:
        """Every key of every command, in Qt's portable notation."""
        return frozenset(
            key.toString(QKeySequence.SequenceFormat.PortableText)
            for action in self._actions.values()
            for key in action.shortcuts()
        )

    def on(self, command_id: str, handler: Callable[[], object]) -> None:
        """``handler`` does this command from now on.

        Where it could do nothing it returns why, in one sentence, which is told; what else it
        returns does not matter.
        """
        if command_id not in self.table:
            raise KeyError(command_id)
        self._handlers[command_id] = handler

    def _press(self, command_id: str) -> None:
        command = self.table[command_id]
        why = self.guard(command)
        if why:
            self.refused.emit(command.title, why)
        else:
            self.run(command_id)

    def run(self, command_id: str) -> None:
        """Do a command as if it had been chosen from the palette."""
        command = self.table[command_id]
        handler = self._handlers.get(command_id)
        if handler is not None:
            why = handler()
            if isinstance(why, str) and why:
                self.refused.emit(command.title, why)
        elif command.act is not None:
            self.act_wanted.emit(command.act)
