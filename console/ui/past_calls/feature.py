"""Past calls, in the workspace of what was: a list of them, and one of them on the stage."""

from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.past_calls.past_panel import PastPanel
from console.ui.past_calls.sessions_panel import SessionsPanel
from console.ui.state.feature import Area, Feature

PAST_CALLS = Feature(
    id="past_calls",
    title="Past calls",
    icon="clock",
    area=Area.LIST,
    panel=SessionsPanel,
    show=Command(id="focus.past_calls", title="To the past calls", group=NAVIGATE, key="Shift+F7"),
)

PAST_CALL = Feature(
    id="past_call", title="Past call", icon="clock", area=Area.STAGE, panel=PastPanel
)
"""Where a moment of a call that is over is shown, whoever asks for it: ``WindowContext.past``."""
