"""The list of calls as a feature of the window."""

from console.ui.calls.calls_panel import CallsPanel
from console.ui.command_table.commands import NAVIGATE, VIEW, Command
from console.ui.state.feature import Area, Feature

CALLS = Feature(
    id="calls",
    title="Calls",
    icon="live",
    area=Area.LIST,
    panel=CallsPanel,
    show=Command(id="focus.calls", title="To the calls", group=NAVIGATE, key="F2"),
    commands=(
        Command(id="go.filter_calls", title="Filter calls", group=NAVIGATE, key="Ctrl+L"),
        Command(id="go.next_call", title="Next call", group=NAVIGATE, key="Ctrl+Down"),
        Command(id="go.previous_call", title="Previous call", group=NAVIGATE, key="Ctrl+Up"),
        Command(id="go.all_calls", title="All calls together", group=NAVIGATE, key="0"),
        Command(id="call.pin", title="Pin or unpin the call", group=VIEW, key="Ctrl+D"),
    ),
)
