"""One key does what automation proposes now, one key stops it."""

from functools import partial

from console.domain.automation.proposal import Proposal
from console.domain.phase import Phase
from console.protocol.automation import DecideProposal
from console.ui.state.armed import Armed
from console.ui.state.proposal_words import standing, what, who
from console.ui.state.window_context import WindowContext

DO = "automation.do"
NOTHING = "Automation proposes nothing now."
SIGNED_OUT = "You are not signed in."
CHANGED = "It proposed something else a moment ago, so nothing was decided. Press again."


def decide(context: WindowContext, *, do: bool) -> str:
    """Decide what the strip shows; why nothing was decided, or "".

    What the strip has no room to say whole is only armed, which says it; a second press does it.
    """
    session = context.session
    automation = session.automation
    aimed = automation.aimed()
    if session.state.phase is Phase.SIGNED_OUT:
        return SIGNED_OUT
    if aimed is None:
        return NOTHING
    if automation.just_changed:
        return CHANGED
    if do and not automation.said_whole():
        armed = Armed(
            wish=(DO, aimed.proposal_id), words=f"{what(aimed)}: {who(aimed)}", title="Do it"
        )
        context.controller.arming.press(armed, partial(_tell, context, aimed, do=True))
        return ""
    armed_before = context.controller.arming.armed
    if armed_before is not None and armed_before.wish == (DO, aimed.proposal_id):
        context.controller.arming.drop()
    _tell(context, aimed, do=do)
    return ""


def _tell(context: WindowContext, proposal: Proposal, *, do: bool) -> None:
    now = context.session.automation.proposals.get(proposal.proposal_id)
    if now is None or not now.waiting:
        context.controller.say(f"{who(proposal)}: it was decided already.", "warn")
        return
    context.link.tell(DecideProposal(proposal.proposal_id, do=do))
    verb = "Doing it now" if do else "Stopped"
    context.controller.say(f"{verb}: {what(proposal).lower()}, {who(proposal)}.")


def choose(context: WindowContext, proposal_id: str) -> None:
    """The keys are for this proposal from now on."""
    context.session.automation.choose(proposal_id)


def stands(context: WindowContext, proposal_id: str) -> str:
    """How a proposal stands, in a few words."""
    automation = context.session.automation
    proposal = automation.proposals.get(proposal_id)
    return standing(proposal, automation.seconds_left(proposal)) if proposal else ""
