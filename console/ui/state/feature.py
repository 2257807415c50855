"""Features and workspaces: what the window is put together from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from console.ui.command_table.commands import VIEW, Command, CommandSet
from console.ui.state.labelling import JudgedLine
from console.ui.state.window_context import WindowContext
from console.ui.widgets.row_moves import NO_ROWS
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.stable_list import StableList


class Area(StrEnum):
    """Where a panel stands at first."""

    LIST = "list"
    STAGE = "stage"
    INSPECTOR = "inspector"
    STRIP = "strip"


class Panel(QWidget):
    """What a feature shows. The commands that move ask the panel that has the focus.

    Attributes:
        rows: the list or table in it that the keys of commands move in.
        search: the field that searches or filters it.
        commands: a table of its own, for a panel that works like a program within the program. On
            the stage its keys come before the window's, and it has a menu of its own.

    Signals:
        note_changed: a few words beside the panel's title, such as how many there are.
        wanted: the panel has something to show at once and should be brought to the front.
    """

    note_changed = Signal(str)
    wanted = Signal()
    rows: StableList | RowTable | None = None
    search: SearchField | None = None
    commands: CommandSet | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What does the commands of the feature, by their ids."""
        return {}

    # What these commands return says why nothing was done, in one sentence; "" when it was.

    def step(self, by: int) -> str:
        """Move the current row by ``by`` rows."""
        return self.rows.step(by) if self.rows is not None else NO_ROWS

    def extend(self, by: int) -> str:
        """Add the next row in the direction of ``by`` to what is chosen, where several can be."""
        if isinstance(self.rows, StableList):
            return self.rows.extend(by)
        return self.step(by)

    def next_open(self, by: int) -> str | None:
        """To the next open item, or with -1 the previous one, from where the reader stands here.

        None where the panel has nothing to do with open items.
        """
        return None

    def activate(self) -> str:
        """Go deeper into the current row: what Enter does."""
        return "There is nothing more to see behind a row of this list."

    def call_meant(self) -> tuple[str, QRect]:
        """The call that commands on one call are for, and its place on the screen.

        "" where the panel leaves it to the window which call that is.
        """
        return "", QRect()

    def line_meant(self) -> JudgedLine | None:
        """The line whose verdict the keys of labels are for; None where the panel has none."""
        return None

    def calls_meant(self) -> tuple[str, ...]:
        """All calls that are chosen in the panel; none where it leaves that to the window."""
        return ()

    def focus_filter(self) -> str:
        """Put the keyboard into the field that searches or filters this panel."""
        if self.search is None:
            return "There is nothing to search here."
        self.search.take_focus()
        return ""

    def take_focus(self) -> None:
        """Put the keyboard where the keys of commands work: on the rows."""
        (self.rows or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def why_not(self, command: Command) -> str:
        """Why a command of ``commands`` cannot be done now; "" when it can."""
        return ""

    def menus_filled(self, menus: Mapping[str, QMenu]) -> None:
        """The menus of ``commands`` by group were made; a panel may add to them."""

    def may_close(self, then: Callable[[], object]) -> bool:
        """Whether nothing would be lost now; else it asks, and does ``then`` once nothing would."""
        return True


@dataclass(frozen=True)
class OwnWindow:
    """A window of its own for a stage.

    Attributes:
        command: opens it.
        build: makes it around the panel. The callable gets the panel back when it is closed.
    """

    command: Command
    build: Callable[[WindowContext, Panel, Callable[[], object]], QMainWindow]


@dataclass(frozen=True)
class Feature:
    """A panel and its commands.

    Attributes:
        id: stable; the saved layout and the ids of commands refer to it.
        panel: makes the panel of one window; called when it is shown for the first time.
        show: the command that shows the panel and gives it the keyboard.
        commands: all other commands; ``Panel.handlers`` does them.
        own_window: how a stage is shown in a window of its own; None where it cannot be.
    """

    id: str
    title: str
    icon: str
    area: Area
    panel: Callable[[WindowContext], Panel]
    show: Command | None = None
    commands: tuple[Command, ...] = ()
    own_window: OwnWindow | None = None


def no_count(_context: WindowContext) -> int:
    """The count of a workspace in which no work waits."""
    return 0


def always_possible(_context: WindowContext) -> str:
    """The reason why a workspace is missing, for those that every sign-in can use."""
    return ""


@dataclass(frozen=True)
class Workspace:
    """One task of a moderator: a stage with panels around it. It has an entry on the rail.

    Attributes:
        key: the key that selects it. A number with Alt works while somebody types too.
        panels: what is shown around the stage at first. ``more`` is hidden at first.
        count: how many things wait for the moderator here; ``count_words`` says of what.
        count_words: the noun of one and of several, such as ("request", "requests").
        missing: why this sign-in cannot use the workspace, in one sentence; "" when it can.
    """

    id: str
    title: str
    icon: str
    key: str
    stage: Feature
    panels: tuple[Feature, ...] = ()
    more: tuple[Feature, ...] = ()
    count: Callable[[WindowContext], int] = no_count
    count_words: tuple[str, str] = ("", "")
    missing: Callable[[WindowContext], str] = always_possible

    @property
    def features(self) -> tuple[Feature, ...]:
        """Everything in it, the stage first."""
        return (self.stage, *self.panels, *self.more)

    @property
    def command(self) -> Command:
        """The command that selects it."""
        return Command(
            id=f"workspace.{self.id}",
            title=self.title,
            group=VIEW,
            key=self.key,
            more_keys=(f"Alt+{self.key}",) if self.key.isdigit() else (),
        )
