"""What a filter can ask about a call, as the window knows it now."""

from collections.abc import Container

from console.domain.call import Call
from console.ui.state.call_filter import CallFacts
from console.ui.state.session_state import SessionState


def facts_of(session: SessionState, call: Call, now: float, pinned: Container[str]) -> CallFacts:
    """The facts of ``call`` at ``now`` (unix seconds); ``pinned`` are the cids of pinned calls."""
    heat = session.heat.get(call.cid)
    return CallFacts(
        call,
        heat.value(now) if heat is not None else 0.0,
        session.raised.count(call.cid),
        session.requests.count(call.cid),
        call.cid in pinned,
        session.team.watchers(call.cid, session.state.user_id),
    )
