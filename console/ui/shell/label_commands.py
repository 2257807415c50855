"""The commands that say of a verdict whether it is right."""

from console.domain.given_label import Says
from console.ui.command_table.commands import VIEW, Command
from console.ui.state.labelling import COMMANDS

_KEPT = "Kept on this machine; thresholds can be fitted to it in the lab."

LABEL_COMMANDS = (
    Command(
        id=COMMANDS[Says.RIGHT],
        title="Verdict is right",
        group=VIEW,
        key="Shift+R",
        help=f"Says that the verdict of the current line is right. {_KEPT}",
        starts_section=True,
    ),
    Command(
        id=COMMANDS[Says.WRONG],
        title="Verdict is wrong",
        group=VIEW,
        key="Shift+X",
        help=f"Says that the verdict of the current line is wrong. {_KEPT}",
    ),
    Command(
        id=COMMANDS[Says.OTHER],
        title="Another label…",
        group=VIEW,
        key="Shift+A",
        help=f"Says which label the current line should have had. {_KEPT}",
    ),
)
