"""The open items as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import NAVIGATE, Command
from console.ui.open_items.item_stage import ItemStage
from console.ui.open_items.open_panel import OpenPanel
from console.ui.people.feature import PERSON
from console.ui.state.feature import Area, Feature, Workspace
from console.ui.state.window_context import WindowContext

OPEN_ITEMS = Feature(
    id="open",
    title="Open items",
    icon="flag",
    area=Area.LIST,
    panel=OpenPanel,
    show=Command(id="focus.open", title="To the open items", group=NAVIGATE, key="F9"),
)

ITEM = Feature(id="item", title="Item", icon="flag", area=Area.STAGE, panel=ItemStage)


def _waiting(context: WindowContext) -> int:
    return context.session.raised.waiting_for(context.session.state.user_id)


OPEN = Workspace(
    id="open",
    title="Open",
    icon="flag",
    key="2",
    stage=ITEM,
    panels=(OPEN_ITEMS, PERSON),
    more=(ACT_LOG,),
    count=_waiting,
    count_words=("open item that is mine or nobody's", "open items that are mine or nobody's"),
)
