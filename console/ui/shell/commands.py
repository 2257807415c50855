"""The commands of the window's frame, and the table of all commands of each window."""

from collections.abc import Mapping

from console.ui.alerts.commands import ALERT_COMMANDS
from console.ui.command_table.commands import (
    ACT,
    ACT_COMMANDS,
    HELP,
    NAVIGATE,
    SESSION,
    VIEW,
    Command,
    Table,
    table_of,
)
from console.ui.command_table.keymap import LAB, MAIN
from console.ui.lab.commands import LAB_COMMANDS
from console.ui.shell.features import FEATURES, WORKSPACES
from console.ui.shell.item_commands import ITEM_COMMANDS
from console.ui.shell.label_commands import LABEL_COMMANDS

MENUS = (SESSION, VIEW, NAVIGATE, ACT, HELP)

FRAME_COMMANDS = (
    *ITEM_COMMANDS,
    Command(id="go.next", title="Next row", group=NAVIGATE, key="J", starts_section=True),
    Command(id="go.previous", title="Previous row", group=NAVIGATE, key="K"),
    Command(id="go.extend_next", title="Choose the next person too", group=NAVIGATE, key="Shift+J"),
    Command(
        id="go.extend_previous", title="Choose the person before too", group=NAVIGATE, key="Shift+K"
    ),
    Command(
        id="go.why",
        title="Look into the current row",
        group=NAVIGATE,
        key="Return",
        more_keys=("Enter",),
        help="For a line: why it has its verdict.",
    ),
    Command(
        id="go.hottest_call",
        title="Into the worst call",
        group=NAVIGATE,
        key="H",
        help="The call with the gravest open item; where nothing is open, the hottest one.",
    ),
    Command(
        id="go.heat",
        title="Explain the heat of the call",
        group=NAVIGATE,
        key="Shift+H",
        help="Which raised lines make it hot, and how much each of them adds.",
    ),
    Command(
        id="call.beside",
        title="Keep the transcript of the call beside",
        group=NAVIGATE,
        key="Ctrl+B",
        help="It stays while you go through other calls. On the wall: of all chosen calls.",
    ),
    Command(
        id="call.close_beside",
        title="Close the transcript beside",
        group=NAVIGATE,
        key="Ctrl+Shift+B",
    ),
    Command(
        id="call.window",
        title="Open the call in a window of its own",
        group=NAVIGATE,
        key="Shift+Return",
    ),
    Command(
        id="evidence.show",
        title="Evidence…",
        group=NAVIGATE,
        key="Alt+E",
        help="What was known when an act was wanted: of the act that is chosen in the act log, else"
        " of the chosen item or person; where nothing is chosen, the newest.",
    ),
    Command(
        id="go.back",
        title="Back to where the call was entered from",
        group=NAVIGATE,
        key="Backspace",
    ),
    Command(
        id="go.find",
        title="Find or filter here",
        group=NAVIGATE,
        key="/",
        more_keys=("Ctrl+F",),
    ),
    Command(
        id="view.palette",
        title="All commands",
        group=VIEW,
        key="Ctrl+K",
        more_keys=("F1",),
        starts_section=True,
    ),
    *LABEL_COMMANDS,
    Command(id="view.theme", title="Change between light and dark", group=VIEW, key="Ctrl+T"),
    Command(id="view.reset_layout", title="Reset the layout", group=VIEW),
    Command(id="view.settings", title="Settings", group=VIEW, key="Ctrl+,"),
    Command(
        id="view.retention",
        title="What is kept, and for how long…",
        group=VIEW,
        help="Times to live of lines, chat, frames, verdicts, acts and evidence.",
    ),
    Command(
        id="view.speech_plugin",
        title="Speech plugin…",
        group=VIEW,
        help="What writes down in place of Whisper what people say: Deepgram's, or another one.",
    ),
    Command(id="view.problems", title="Show problems", group=VIEW),
    Command(id="view.clear_problems", title="Clear problems", group=VIEW),
    Command(id="help.words", title="What the words mean", group=HELP),
    Command(id="view.keys", title="Show and change keys", group=HELP),
    Command(id="view.about", title="About", group=HELP, starts_section=True),
    Command(
        id="automation.stop",
        title="Stop what automation proposes",
        group=ACT,
        key="F10",
        help="Stops the countdown that the strip shows, or declines the suggestion.",
        stops=True,
        starts_section=True,
    ),
    Command(
        id="automation.do",
        title="Do what automation proposes",
        group=ACT,
        key="F11",
        help="Does at once what the strip shows: ends its countdown, or accepts the suggestion.",
    ),
    Command(id="undo", title="Undo the last act", group=ACT, key="Ctrl+Z"),
    Command(id="session.sign_in", title="Sign in", group=SESSION, key="Ctrl+I"),
    Command(
        id="session.handover",
        title="Hand-over sheet…",
        group=SESSION,
        key="Ctrl+H",
        help="What is open, in force, held, watched and noted, as text for the next shift.",
    ),
    Command(
        id="session.try_now",
        title="Connect anew",
        group=SESSION,
        key="F5",
        help="Takes a new connection now, or tries a refused sign-in once more.",
    ),
    Command(
        id="session.new_store",
        title="Begin a new store",
        group=SESSION,
        help="Where the store is damaged: its file is kept beside the new one.",
    ),
    Command(id="session.sign_out", title="Sign out", group=SESSION),
    Command(id="session.quit", title="Quit", group=SESSION, key="Ctrl+Q"),
)

WINDOW_COMMANDS: Table = table_of(
    *(workspace.command for workspace in WORKSPACES),
    *(feature.own_window.command for feature in FEATURES if feature.own_window is not None),
    *(feature.show for feature in FEATURES if feature.show is not None),
    *(command for feature in FEATURES for command in feature.commands),
    *FRAME_COMMANDS,
    *ALERT_COMMANDS,
    *ACT_COMMANDS,
)

COMMAND_TABLES: Mapping[str, Table] = {MAIN: WINDOW_COMMANDS, LAB: LAB_COMMANDS}
