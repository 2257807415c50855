"""The table of the lab's commands; menus, keys and the palette come from it."""

from console.ui.command_table.commands import Command, Table, table_of

FILE, EDIT, GO, STREAM, VIEW = "Policy", "Edit", "Go", "Stream", "View"

LAB_COMMANDS: Table = table_of(
    Command(id="lab.new", title="New from the built-in default", group=FILE, key="Ctrl+N"),
    Command(id="lab.open", title="Open…", group=FILE, key="Ctrl+O"),
    Command(id="lab.save", title="Save", group=FILE, key="Ctrl+S", starts_section=True),
    Command(id="lab.save_as", title="Save as…", group=FILE, key="Ctrl+Shift+S"),
    Command(
        id="lab.use",
        title="Use this policy live…",
        group=FILE,
        key="Ctrl+U",
        help="Lets it judge your calls; shows first what changes.",
        starts_section=True,
    ),
    Command(id="lab.close", title="Close the lab", group=FILE, key="Ctrl+W", starts_section=True),
    Command(id="lab.undo", title="Undo", group=EDIT, key="Ctrl+Z"),
    Command(id="lab.redo", title="Redo", group=EDIT, key="Ctrl+Shift+Z"),
    Command(
        id="lab.find", title="Find in the policy", group=EDIT, key="Ctrl+F", starts_section=True
    ),
    Command(id="lab.line", title="Go to line…", group=EDIT, key="Ctrl+G"),
    Command(id="lab.complete", title="Complete", group=EDIT, key="Ctrl+Space"),
    Command(id="lab.comment", title="Comment lines in or out", group=EDIT, key="Ctrl+/"),
    Command(id="lab.problem", title="Next error", group=EDIT, key="F8", starts_section=True),
    Command(id="lab.text", title="To the text", group=GO, key="Ctrl+1"),
    Command(id="lab.form", title="To the form", group=GO, key="Ctrl+2"),
    Command(
        id="lab.try", title="Try a text or an image", group=GO, key="Ctrl+3", starts_section=True
    ),
    Command(id="lab.run", title="Run on lines", group=GO, key="Ctrl+4"),
    Command(id="lab.compare", title="Compare", group=GO, key="Ctrl+5"),
    Command(id="lab.calls", title="Saved calls", group=GO, key="Ctrl+6"),
    Command(id="lab.labels", title="Labels and thresholds", group=GO, key="Ctrl+8"),
    Command(id="lab.stream", title="On Stream", group=GO, key="Ctrl+7"),
    Command(id="lab.start", title="Start the run", group=GO, key="Ctrl+R", starts_section=True),
    Command(id="lab.stop", title="Stop the run", group=GO, key="Ctrl+."),
    Command(id="lab.export", title="Export results…", group=GO, key="Ctrl+E"),
    Command(id="lab.next_pane", title="To the other side", group=GO, key="F6"),
    Command(
        id="lab.ask",
        title="Ask Stream about the text",
        group=STREAM,
        key="Ctrl+Return",
        more_keys=("Ctrl+Enter",),
    ),
    Command(id="lab.pull", title="Pull a policy from Stream…", group=STREAM, starts_section=True),
    Command(id="lab.push", title="Push this policy to Stream…", group=STREAM),
    Command(id="lab.palette", title="All commands", group=VIEW, key="Ctrl+K", more_keys=("F1",)),
    Command(id="lab.settings", title="Settings", group=VIEW, key="Ctrl+,"),
    Command(id="lab.keys", title="Change keys", group=VIEW),
    Command(
        id="lab.theme",
        title="Change between light and dark",
        group=VIEW,
        key="Ctrl+T",
        starts_section=True,
    ),
    Command(id="lab.larger", title="Larger text", group=VIEW, key="Ctrl+=", more_keys=("Ctrl++",)),
    Command(id="lab.smaller", title="Smaller text", group=VIEW, key="Ctrl+-"),
    Command(
        id="lab.wrap",
        title="Wrap long lines, or not",
        group=VIEW,
        key="Alt+Z",
        help="A long list is shown on several rows, or on one that scrolls.",
    ),
)

LAB_WINDOW_COMMANDS: Table = {
    id_: LAB_COMMANDS[id_]
    for id_ in ("lab.close", "lab.palette", "lab.settings", "lab.keys", "lab.theme")
}
"""Commands of a separate lab window; the main window has its own for them."""

PANEL_COMMANDS: Table = {
    id_: command for id_, command in LAB_COMMANDS.items() if id_ not in LAB_WINDOW_COMMANDS
}
