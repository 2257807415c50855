"""Members, bans and blocks as features of the window; hidden at first."""

from console.ui.app_wide.banned_panel import BannedPanel
from console.ui.app_wide.blocks_panel import BlocksPanel
from console.ui.app_wide.members_panel import MembersPanel
from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.state.feature import Area, Feature

MEMBERS = Feature(
    id="members",
    title="Members",
    icon="people",
    area=Area.INSPECTOR,
    panel=MembersPanel,
    show=Command(id="focus.members", title="To the members of the call", group=NAVIGATE),
)

BANNED = Feature(
    id="banned",
    title="App-wide",
    icon="ban",
    area=Area.INSPECTOR,
    panel=BannedPanel,
    show=Command(id="focus.banned", title="To who is banned from the app", group=NAVIGATE),
)

BLOCKS = Feature(
    id="blocks",
    title="Blocks",
    icon="block",
    area=Area.INSPECTOR,
    panel=BlocksPanel,
    show=Command(id="focus.blocks", title="To whom the chosen person blocks", group=NAVIGATE),
)
