"""The commands about raised items: to walk through the open ones, and to decide about them."""

from collections.abc import Mapping

from console.domain.raised import Step
from console.ui.command_table.commands import ACT, NAVIGATE, Command

NEXT = Command(
    id="go.next_raised",
    title="Next open item",
    group=NAVIGATE,
    key="N",
    help="From where you stand: in this transcript, then in the other calls, the gravest first.",
    starts_section=True,
)
PREVIOUS = Command(
    id="go.previous_raised", title="Previous open item", group=NAVIGATE, key="P", help=NEXT.help
)

_HANDLE = Command(
    id="item.handle",
    title="Mark as handled",
    group=ACT,
    key="V",
    help="Says that the raised line is dealt with; an act on the person says so by itself.",
    starts_section=True,
)
_DISMISS = Command(
    id="item.dismiss",
    title="Dismiss",
    group=ACT,
    key="I",
    help="Says that nothing has to be done about the raised line.",
)
_ESCALATE = Command(
    id="item.escalate",
    title="Escalate",
    group=ACT,
    key="E",
    help="Puts the raised line into Stream's review queue, where others decide.",
)
TAKE = Command(
    id="item.take",
    title="Take, or give back",
    group=ACT,
    key="T",
    help="Says that you see to the raised line; it stays open.",
)

DECIDING: Mapping[str, Step] = {
    _HANDLE.id: Step.HANDLE,
    _DISMISS.id: Step.DISMISS,
    _ESCALATE.id: Step.ESCALATE,
}

ITEM_COMMANDS = (NEXT, PREVIOUS, _HANDLE, _DISMISS, TAKE, _ESCALATE)
