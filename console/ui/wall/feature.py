"""The wall as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import VIEW, Command
from console.ui.state.feature import Area, Feature, Workspace
from console.ui.state.window_context import WindowContext
from console.ui.wall.wall_panel import WallPanel

TILES = Feature(
    id="wall",
    title="Wall",
    icon="wall",
    area=Area.STAGE,
    panel=WallPanel,
    commands=(
        Command(
            id="wall.views",
            title="Choose or keep a view of the wall",
            group=VIEW,
            key="Shift+F",
            help="A view is a filter with the size and order of its tiles, under a name.",
        ),
        Command(id="wall.pin", title="Pin or unpin the tile", group=VIEW, key="Ctrl+Shift+D"),
    ),
)


def _unheard(context: WindowContext) -> int:
    return sum(bool(call.unmonitored_since) for call in context.session.calls.values())


WALL = Workspace(
    id="wall",
    title="Wall",
    icon="wall",
    key="3",
    stage=TILES,
    more=(ACT_LOG,),
    count=_unheard,
    count_words=("call not heard", "calls not heard"),
)
