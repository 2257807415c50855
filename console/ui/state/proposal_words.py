"""What proposals of automation say on screen. Pure."""

from console.base.plain_text import visible
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.rule import Response
from console.domain.names import plain_name
from console.ui.state.wording import lasting

RESPONSES = {
    Response.NOTIFY: "tell me",
    Response.FLAG: "flag for review",
    Response.WARN: "warn",
    Response.BLUR: "blur the camera",
    Response.DELETE_MESSAGE: "delete the message",
    Response.STOP_SCREEN: "stop the screen share",
    Response.MUTE: "mute",
    Response.REVOKE_AND_MUTE: "revoke and mute",
    Response.KICK: "kick",
    Response.BLOCK: "block",
    Response.BAN: "ban",
}


def response_words(responses: tuple[Response, ...], minutes: int) -> str:
    """``revoke and mute, ban for 1 hour``."""
    named = [
        f"ban for {lasting(minutes)}" if each is Response.BAN else RESPONSES[each]
        for each in responses
    ]
    return ", ".join(named)


def what(proposal: Proposal) -> str:
    """What a proposal would do, with a capital."""
    words = response_words(proposal.responses, proposal.minutes)
    return words[:1].upper() + words[1:]


def who(proposal: Proposal) -> str:
    """Whom it is about, safe to look at."""
    return plain_name(proposal.item.author_name, proposal.item.author_id)


def standing(proposal: Proposal, seconds: int) -> str:
    """How it stands, in a few words; ``seconds``: until it acts."""
    match proposal.state:
        case ProposalState.COUNTING:
            return f"in {seconds} s"
        case ProposalState.ASKED:
            return "suggested"
        case ProposalState.SENT:
            return "under way"
        case ProposalState.SHADOW:
            return "shadow, agreed" if proposal.agreed else "shadow"
        case ProposalState.ALREADY:
            return "already in the queue"
        case ProposalState.OVERTURNED:
            return "taken back"
    return proposal.state.value


def sentence(proposal: Proposal, seconds: int) -> str:
    """``In 5 s: Ann Quill, mute (rule Insults)``, for the strip; what must be read comes first."""
    return f"{needed(proposal, seconds)} (rule {visible(proposal.rule)})"


def needed(proposal: Proposal, seconds: int) -> str:
    """The part of :func:`sentence` without which nobody should say yes: who, and all of what."""
    words = f"{who(proposal)}, {what(proposal).lower()}"
    if proposal.state is ProposalState.COUNTING:
        return f"In {seconds} s: {words}"
    return f"Suggested: {words}"
