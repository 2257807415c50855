"""The lines worth labelling as a feature of the window."""

from console.ui.command_table.commands import VIEW, Command
from console.ui.labels.worth_panel import WorthPanel
from console.ui.state.feature import Area, Feature

WORTH_LABELLING = Feature(
    id="worth",
    title="Lines worth labelling",
    icon="tick",
    area=Area.STRIP,
    panel=WorthPanel,
    show=Command(
        id="view.worth",
        title="Lines worth labelling",
        group=VIEW,
        key="Shift+D",
        help="Where Stream judged otherwise, a threshold is near, or an act was taken back.",
    ),
)
