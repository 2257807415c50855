"""Which of the people in a call is whoever sits at this console."""

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
