"""The table of everything the window can be told to do, and the QActions made from it."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from console.domain.acts.table import ACTS

NAVIGATE = "Go"
VIEW = "View"
ACT = "Acts"
SESSION = "Session"


class Command(Struct, frozen=True, kw_only=True):
    """One thing the window can do.

    Attributes:
        key: default shortcut in Qt's portable notation; empty for none.
        act: the act it requests on the current target, for acts.
    """

    id: str
    title: str
    group: str
    key: str = ""
    help: str = ""
    act: str | None = None


def act_command_id(kind: str) -> str:
    """The id of the command that requests ``kind`` on the current target."""
    return f"act.{kind}"


_OTHERS = (
    Command(id="go.next", title="Next row", group=NAVIGATE, key="J"),
    Command(id="go.previous", title="Previous row", group=NAVIGATE, key="K"),
    Command(id="go.extend_next", title="Choose the next person too", group=NAVIGATE, key="Shift+J"),
    Command(
        id="go.extend_previous", title="Choose the person before too", group=NAVIGATE, key="Shift+K"
    ),
    Command(id="go.next_raised", title="Next raised line", group=NAVIGATE, key="N"),
    Command(id="go.previous_raised", title="Previous raised line", group=NAVIGATE, key="P"),
    Command(id="go.newest", title="Jump to the newest line", group=NAVIGATE, key="End"),
    Command(id="go.why", title="Why this verdict", group=NAVIGATE, key="Return"),
    Command(id="go.find", title="Find in the transcript", group=NAVIGATE, key="/"),
    Command(id="go.filter_calls", title="Filter calls", group=NAVIGATE, key="Ctrl+L"),
    Command(id="go.filter_people", title="Filter people", group=NAVIGATE, key="Ctrl+P"),
    Command(id="go.next_call", title="Next call", group=NAVIGATE, key="Ctrl+Down"),
    Command(id="go.previous_call", title="Previous call", group=NAVIGATE, key="Ctrl+Up"),
    Command(id="go.hottest_call", title="Hottest call", group=NAVIGATE, key="H"),
    Command(id="go.all_calls", title="All calls together", group=NAVIGATE, key="0"),
    Command(id="focus.calls", title="To the calls", group=NAVIGATE, key="F2"),
    Command(id="focus.transcript", title="To the transcript", group=NAVIGATE, key="F3"),
    Command(id="focus.people", title="To the people", group=NAVIGATE, key="F4"),
    Command(id="focus.log", title="To the act log", group=NAVIGATE, key="F6"),
    Command(id="view.palette", title="All commands", group=VIEW, key="Ctrl+K"),
    Command(id="view.raised_only", title="Only raised lines", group=VIEW, key="F"),
    Command(id="view.lab", title="Open the policy lab", group=VIEW, key="Ctrl+Shift+L"),
    Command(
        id="view.disagreements",
        title="Disagreements with Stream",
        group=VIEW,
        key="D",
        help="Lines whose verdict here and Stream's recommend different actions.",
    ),
    Command(id="view.theme", title="Change between light and dark", group=VIEW, key="Ctrl+T"),
    Command(id="view.reset_layout", title="Reset the layout", group=VIEW),
    Command(id="view.keys", title="Change keys", group=VIEW),
    Command(id="view.problems", title="Show problems", group=VIEW),
    Command(id="view.about", title="About", group=VIEW),
    Command(id="call.pin", title="Pin or unpin the call", group=VIEW, key="Ctrl+D"),
    Command(id="undo", title="Undo the last act", group=ACT, key="Ctrl+Z"),
    Command(id="session.sign_in", title="Sign in", group=SESSION, key="Ctrl+I"),
    Command(id="session.sign_out", title="Sign out", group=SESSION),
    Command(id="session.quit", title="Quit", group=SESSION, key="Ctrl+Q"),
)

_EXTRA_KEYS: Mapping[str, tuple[str, ...]] = {
    "go.find": ("Ctrl+F",),
    "go.why": ("Enter",),
    "view.palette": ("F1",),
    "lab.palette": ("F1",),
    "lab.ask": ("Ctrl+Enter",),
    "lab.larger": ("Ctrl++",),
}
"""Second keys that cannot be changed; arrows belong to the lists themselves."""

COMMANDS: Mapping[str, Command] = {
    command.id: command
    for command in (
        *_OTHERS,
        *(
            Command(
                id=act_command_id(spec.kind),
                title=spec.label,
                group=ACT,
                key=spec.key,
                help=spec.consequence,
                act=spec.kind,
            )
            for spec in ACTS
        ),
    )
}


def extra_keys(command_id: str) -> tuple[str, ...]:
    """Second keys of a command."""
    return _EXTRA_KEYS.get(command_id, ())


class CommandSet(QObject):
    """One QAction for every command, with the user's key, for menus, buttons and shortcuts.

    The window adds ``actions()`` to itself once. Whoever can do a command says so with ``on``.

    Signals:
        ran: the id of a command that was asked for, after its handler ran.
        act_wanted: the kind of an act command.
    """

    ran = Signal(str)
    act_wanted = Signal(object)

    def __init__(self, keys: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: dict[str, Callable[[], object]] = {}
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS.values():
            action = QAction(command.title, self)
            action.setObjectName(command.id)
            action.setStatusTip(command.help)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _checked=False, id_=command.id: self.run(id_))
            self._actions[command.id] = action
        self.set_keys(keys)

    def action(self, command_id: str) -> QAction:
        """The QAction of a command."""
        return self._actions[command_id]

    def actions(self) -> list[QAction]:
        """All of them, in the order of the table."""
        return list(self._actions.values())

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Give every command the key that ``keys`` names; none when it is missing there."""
        for command_id, action in self._actions.items():
            chosen = keys.get(command_id, "")
            names = ((chosen,) if chosen else ()) + extra_keys(command_id)
            action.setShortcuts([QKeySequence(name) for name in names])

    def on(self, command_id: str, handler: Callable[[], object]) -> None:
        """``handler`` does this command from now on."""
        if command_id not in COMMANDS:
            raise KeyError(command_id)
        self._handlers[command_id] = handler

    def run(self, command_id: str) -> None:
        """Do a command as if its key had been pressed."""
        command = COMMANDS[command_id]
        handler = self._handlers.get(command_id)
        if handler is not None:
            handler()
        elif command.act is not None:
            self.act_wanted.emit(command.act)
        self.ran.emit(command_id)
