"""The team as a feature of the window."""

from console.ui.command_table.commands import VIEW, Command
from console.ui.state.feature import Area, Feature
from console.ui.team.team_panel import TeamPanel

TEAM = Feature(
    id="team",
    title="Team",
    icon="people",
    area=Area.STRIP,
    panel=TeamPanel,
    show=Command(
        id="view.team",
        title="Team",
        group=VIEW,
        key="F12",
        help="Who of the team is there, which call they look at, and what they did lately.",
    ),
)
