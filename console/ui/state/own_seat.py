"""Which of the people in a call is whoever sits at this console."""

from console.domain.acts.spec import ActSpec
from console.domain.call import Participant
from console.protocol.media import Joining
from console.ui.state.session_state import SessionState

YOU = "you"
LISTENING = "you, listening"
"""While this console listens to the call, the people in it see it there under that name."""


def own_words(session: SessionState, person: Participant) -> str:
    """Words for oneself; "" for everybody else."""
    if not person.user_id or person.user_id != session.state.user_id:
        return ""
    listened = session.listening.of(person.cid)
    joined = listened is not None and listened.state is Joining.JOINED
    return LISTENING if joined and person.user_session_id else YOU


def own_seat_refusal(session: SessionState, spec: ActSpec, person: Participant) -> str:
    """Why ``spec`` is not done to the seat that listens; "" where it may be, and for others.

    It would only make this console deaf. What is written in a chat under that name is no seat.
    """
    against = (spec.sanction or spec.severe) and not (spec.of_message or spec.of_chat)
    if not against or own_words(session, person) != LISTENING:
        return ""
    return "This is you, here to listen: stop listening to the call instead."
