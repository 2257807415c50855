"""The act log as a feature of the window."""

from console.ui.acts.act_log import ActLogPanel
from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.state.feature import Area, Feature

ACT_LOG = Feature(
    id="log",
    title="Act log",
    icon="shield",
    area=Area.STRIP,
    panel=ActLogPanel,
    show=Command(id="focus.log", title="To the act log", group=NAVIGATE, key="F6"),
)
