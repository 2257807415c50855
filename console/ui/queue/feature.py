"""Stream's review queue as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import ACT, NAVIGATE, Command
from console.ui.people.feature import PERSON
from console.ui.queue.decision_bar import KEYED, PICK, place_command
from console.ui.queue.item_stage import ItemStage
from console.ui.queue.queue_panel import QueuePanel
from console.ui.state.feature import Area, Feature, Workspace

QUEUE_LIST = Feature(
    id="queue",
    title="Review queue",
    icon="shield",
    area=Area.LIST,
    panel=QueuePanel,
    show=Command(id="focus.queue", title="To the review queue", group=NAVIGATE, key="F8"),
)

ITEM = Feature(
    id="queue_item",
    title="Item",
    icon="shield",
    area=Area.STAGE,
    panel=ItemStage,
    commands=(
        Command(
            id="queue.mark_reviewed",
            title="Mark the item as reviewed",
            group=ACT,
            key="Y",
            help="Says that nothing more has to be done about it, and goes on to the next.",
            starts_section=True,
        ),
        Command(
            id="queue.escalate",
            title="Escalate the item",
            group=ACT,
            key="Shift+E",
            help="Hands the item to somebody who decides more.",
        ),
        Command(
            id="queue.skip",
            title="Pass the item over",
            group=ACT,
            key="G",
            help="It comes last from now on, and says who passed it over.",
        ),
        *(
            Command(
                id=place_command(place),
                title=f"Decision {place + 1} about the item",
                group=ACT,
                key=f"Ctrl+{place + 1}",
                help="What the app offers for the item, in the order of the buttons.",
            )
            for place in range(KEYED)
        ),
        Command(
            id=PICK,
            title="Choose a decision by its letter",
            group=ACT,
            key="Ctrl+0",
            help="Then the digit or letter on its button: A for the tenth, B for the eleventh, and"
            " so on. Escape goes back to the list.",
        ),
    ),
)

REVIEW = Workspace(
    id="queue",
    title="Queue",
    icon="shield",
    key="4",
    stage=ITEM,
    panels=(QUEUE_LIST, PERSON),
    more=(ACT_LOG,),
    count=lambda context: context.session.queue.state.due,
    count_words=("item due", "items due"),
    missing=lambda context: context.session.queue.state.refused,
)
