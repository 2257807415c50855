"""The act log as a feature of the window."""

from console.ui.acts.act_log_panel import ActLogPanel
from console.ui.command_table.commands import NAVIGATE, SESSION, Command
from console.ui.state.feature import Area, Feature

ACT_LOG = Feature(
    id="log",
    title="Act log",
    icon="shield",
    area=Area.STRIP,
    panel=ActLogPanel,
    show=Command(id="focus.log", title="To the act log", group=NAVIGATE, key="F6"),
    commands=(
        Command(id="log.filter", title="Filter the act log", group=NAVIGATE, key="Ctrl+Shift+F"),
        Command(id="log.export", title="Export the acts that the log shows", group=SESSION),
    ),
)
