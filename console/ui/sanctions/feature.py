"""The board of sanctions as a workspace of the window."""

from console.ui.acts.feature import ACT_LOG
from console.ui.command_table.commands import ACT, NAVIGATE, Command
from console.ui.people.feature import PERSON
from console.ui.sanctions.sanction_stage import SanctionStage
from console.ui.sanctions.sanctions_panel import SanctionsPanel
from console.ui.state.feature import Area, Feature, Workspace
from console.ui.state.window_context import WindowContext

IN_FORCE = Feature(
    id="sanctions",
    title="Sanctions",
    icon="lock",
    area=Area.LIST,
    panel=SanctionsPanel,
    show=Command(id="focus.sanctions", title="To the sanctions", group=NAVIGATE, key="Shift+F6"),
    commands=(
        Command(
            id="sanction.lift",
            title="Lift this sanction, or all chosen",
            group=ACT,
            key="U",
            help="Takes back what is chosen on the board, whoever set it. Shift and an arrow choose"
            " more.",
        ),
    ),
)

SANCTION = Feature(
    id="sanction",
    title="Sanction",
    icon="lock",
    area=Area.STAGE,
    panel=SanctionStage,
    commands=(
        Command(
            id="sanction.time",
            title="Give the sanction another time",
            group=ACT,
            key="Shift+T",
            help="Then the digit of the time, counted from now. Escape goes back to the list.",
        ),
    ),
)


def _ending(context: WindowContext) -> int:
    return len(context.session.sanctions.ending(context.clock.now()))


BOARD = Workspace(
    id="sanctions",
    title="Sanctions",
    icon="lock",
    key="6",
    stage=SANCTION,
    panels=(IN_FORCE, PERSON),
    more=(ACT_LOG,),
    count=_ending,
    count_words=("sanction that ends soon", "sanctions that end soon"),
)
