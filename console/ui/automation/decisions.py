"""One key does what automation proposes now, one key stops it."""

from console.domain.phase import Phase
from console.protocol.automation import DecideProposal
from console.ui.state.proposal_words import standing, what, who
from console.ui.state.window_context import WindowContext

NOTHING = "Automation proposes nothing now."
SIGNED_OUT = "You are not signed in."
CHANGED = "It proposed something else a moment ago, so nothing was decided. Press again."


def decide(context: WindowContext, *, do: bool) -> str:
    """Decide what the strip shows; why nothing was decided, or ""."""
    session = context.session
    automation = session.automation
    aimed = automation.aimed()
    if session.state.phase is Phase.SIGNED_OUT:
        return SIGNED_OUT
    if aimed is None:
        return NOTHING
    if automation.just_changed:
        return CHANGED
    context.link.tell(DecideProposal(aimed.proposal_id, do=do))
    verb = "Doing it now" if do else "Stopped"
    context.controller.say(f"{verb}: {what(aimed).lower()}, {who(aimed)}.")
    return ""


def choose(context: WindowContext, proposal_id: str) -> None:
    """The keys are for this proposal from now on."""
    context.session.automation.choose(proposal_id)


def stands(context: WindowContext, proposal_id: str) -> str:
    """How a proposal stands, in a few words."""
    automation = context.session.automation
    proposal = automation.proposals.get(proposal_id)
    return standing(proposal, automation.seconds_left(proposal)) if proposal else ""
