"""Why acts are impossible now, for one person or several. Pure: it changes nothing."""

from collections.abc import Sequence

from msgspec.structs import replace

from console.domain.acts.chat import message_refusal
from console.domain.acts.refusal import refusal
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.call import Call, Participant
from console.domain.item import Item
from console.ui.state.own_seat import own_seat_refusal
from console.ui.state.people import People
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target
from console.ui.state.trouble import why_no_act

MAX_COUNT = 100
"""How many people one press may be for."""


def has_left(session: SessionState, target: Target) -> bool:
    """Whether this person was in the list of people and is not any more.

    Of somebody who was only heard, it is known where the list has everybody who is in the call.
    """
    people, call = session.people, session.call(target.cid)
    if call is not None and call.ended_at:
        return True
    if target.cid != people.cid:
        return False
    if not target.user_session_id and not (call and _all_are_listed(people, call)):
        return False  # nobody knows
    if not people and (call is None or call.people):
        return False  # the list is still to be read
    return people.find(target.cid, target.user_id) is None


def _all_are_listed(people: People, call: Call) -> bool:
    """Whether the list of people has everybody who is in the call, as of now."""
    return not call.unmonitored_since and people.listed >= call.people > 0


def person_of(session: SessionState, target: Target) -> Participant:
    """The person behind ``target``, with what they ask for."""
    known = session.people.person(target.cid, target.user_id)
    request = session.requests.find(target.cid, target.user_id)
    if known is not None:
        call = session.call(target.cid)
        known = replace(known, in_chat=call.in_chat(target.user_id) if call else "")
        return replace(known, asked=frozenset(request.permissions)) if request else known
    # Only heard of, as in the view of all calls: nothing known speaks against an act.
    call = session.call(target.cid)
    return Participant(
        cid=target.cid,
        user_id=target.user_id,
        user_session_id="" if has_left(session, target) else target.user_session_id or "unknown",
        name=target.name,
        asked=frozenset(request.permissions) if request else frozenset(),
        banned=target.banned,
        in_chat=call.in_chat(target.user_id) if call else "",
    )


def refusal_for(session: SessionState, kind: str, target: Target | None, cid: str) -> str:
    """Why ``kind`` is impossible on ``target`` now, in one sentence; empty when it is not.

    ``cid``: the call that is looked at, for acts without a target.
    """
    method = session.state.method
    if method is not None and (why := why_no_act(session.state)):
        return why
    if target is None and method is not None and spec_of(kind).scope is not Scope.CALL:
        return "Choose a person first."
    call = session.call(target.cid if target else cid)
    past = _over(session, target) if call is None else None
    call = call or past
    if why := _too_late(kind, target, call, over=past is not None):
        return why
    if spec_of(kind).of_message and (why := message_refusal(kind, _message(session, target))):
        return why
    person = person_of(session, target) if target and target.user_id else None
    if person is not None and (why := own_seat_refusal(session, spec_of(kind), person)):
        return why
    return refusal(kind, method=method, call=call, person=person)


def _over(session: SessionState, target: Target | None) -> Call | None:
    """The call of ``target`` where that is over and the window does not know it any more."""
    if target is None or not target.cid or not session.state.directory_complete:
        return None
    kind, _, call_id = target.cid.partition(":")
    return Call(
        cid=target.cid,
        type=kind,
        id=call_id,
        name=target.call_name,
        session_id=target.session_id,
        ended_at=1.0,
    )


def _too_late(kind: str, target: Target | None, call: Call | None, *, over: bool) -> str:
    """Why an act is too late for the session its target was seen in; empty where it is not."""
    if target is None or not spec_of(kind).of_one_session or call is None:
        return ""
    later = target.session_id and call.session_id and target.session_id != call.session_id
    if over or (later and not call.ended_at):
        return "The call is over in which they were chosen."
    return ""


def _message(session: SessionState, target: Target | None) -> Item | None:
    """The chat message that was chosen with ``target``, as it is now."""
    if target is None or target.message is None:
        return None
    line = session.history.line(target.message.item_id)
    return line.item if line is not None else target.message


def refusal_for_all(session: SessionState, kind: str, targets: Sequence[Target], cid: str) -> str:
    """Why ``kind`` is impossible on every one of ``targets``; empty when it is for some."""
    if not targets:
        return refusal_for(session, kind, None, cid)
    if len(targets) > MAX_COUNT:
        return f"Choose {MAX_COUNT} people at most, or act on the whole call."
    first = refusal_for(session, kind, targets[0], cid)
    if first and any(not refusal_for(session, kind, target, cid) for target in targets[1:]):
        return ""
    return f"None of them: {first}" if first and len(targets) > 1 else first
