"""The wall of frames as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import VIEW, Command
from console.ui.frames.frames_panel import FramesPanel
from console.ui.people.feature import PERSON
from console.ui.state.feature import Area, Feature, Workspace
from console.ui.state.window_context import WindowContext

TILES = Feature(
    id="frames",
    title="Frames",
    icon="camera",
    area=Area.STAGE,
    panel=FramesPanel,
    commands=(
        Command(
            id="frames.fresh",
            title="Show what this camera or screen shows now",
            group=VIEW,
            key="Shift+I",
            help="Takes a frame at once, of a call that this console listens to.",
        ),
    ),
)


def _open(context: WindowContext) -> int:
    raised = context.session.raised
    newest = context.session.frames.newest.values()
    return sum(raised.is_open(item_id) for item_id in {seen.item_id for seen in newest})


FRAMES = Workspace(
    id="frames",
    title="Frames",
    icon="camera",
    key="Shift+F3",
    stage=TILES,
    panels=(PERSON,),
    more=(ACT_LOG,),
    count=_open,
    count_words=("frame to decide about", "frames to decide about"),
)
