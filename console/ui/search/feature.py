"""The search as a list of the workspace of what was."""

from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.search.search_panel import SearchPanel
from console.ui.state.feature import Area, Feature

HITS = Feature(
    id="search",
    title="Search",
    icon="search",
    area=Area.LIST,
    panel=SearchPanel,
    show=Command(
        id="focus.search",
        title="Search everything that was kept",
        group=NAVIGATE,
        key="Shift+F8",
        help="Lines, chat, frames, acts, notes and names, also of calls that are over.",
    ),
)
