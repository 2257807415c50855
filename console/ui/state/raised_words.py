"""What became of a raised item, in words and as a mark. Pure."""

from collections.abc import Callable

from console.base.plain_text import visible
from console.domain.impersonation import SHUT_OUT, is_same_name
from console.domain.item import NAME, Name
from console.domain.raised import Handling, RaisedItem, RaisedState, Step
from console.ui.state.act_records import ActRecords
from console.ui.state.wording import done_text
from console.ui.widgets.badge import RaisedMark, badge_of
from console.ui.widgets.short_texts import clock_minute

STEP_TITLES = {
    Step.HANDLE: "Mark as handled",
    Step.DISMISS: "Dismiss",
    Step.ESCALATE: "Escalate",
    Step.TAKE: "Take",
    Step.GIVE_BACK: "Give back",
}
DONE = {
    Step.HANDLE: "Marked as handled",
    Step.DISMISS: "Dismissed",
    Step.ESCALATE: "Escalated to the review queue",
    Step.TAKE: "Taken",
    Step.GIVE_BACK: "Given back",
}

NOTHING_OPEN = "Nothing is open: there is no raised line to decide about."
NO_OTHER = "No other item is open."

NAME_SIGNS = 16
"""Of a moderator's name, as much as a badge shows."""


Called = Callable[[str], str]
"""How a moderator is called, by their user id; safe to look at."""


def appearance_sign(one: RaisedItem) -> tuple[str, str, str]:
    """Icon, words and colour token for somebody about whose name or picture something is open."""
    badge = badge_of(one.verdict)
    return badge.icon, appearance_words(one), badge.tone


def appearance_words(one: RaisedItem) -> str:
    """What is wrong: ``name like Ottilie Marsh``, ``name: insult``, ``picture: explicit``."""
    body = one.item.body
    if isinstance(body, Name) and body.like:
        return like_words(body)
    what = "name" if one.item.kind == NAME else "picture"
    label = next(iter(one.verdict.labels), "")
    return f"{what}: {visible(label.replace('_', ' ').lower())}" if label else f"{what} raised"


def like_words(name: Name) -> str:
    """Whose name it is like: ``name like Ottilie Marsh``, or ``same name as Ottilie Marsh``."""
    how = "same name as" if is_same_name(name.name, name.like) else "name like"
    whose = "banned " if name.like_role == SHUT_OUT else ""
    return f"{how} {whose}{visible(name.like)}"


def moderator(user_id: str, me: str, called: Called = visible) -> str:
    """How a moderator is called: ``you``, or as ``called`` says."""
    return "you" if user_id and user_id == me else called(user_id) or "somebody"


def mark_of(one: RaisedItem | None, me: str, called: Called = visible) -> RaisedMark | None:
    """The mark on a badge; None where the verdict says it all: open, and nobody's."""
    if one is None or one.state is RaisedState.WITHDRAWN:
        return None
    handling = one.handling
    by = f"{moderator(handling.by, me, called)[:NAME_SIGNS]} {clock_minute(handling.at)}"
    match handling.state:
        case RaisedState.HANDLED:
            return RaisedMark("check", "HANDLED", "good", ended=True, by=by)
        case RaisedState.ESCALATED:
            return RaisedMark("arrow-up", "ESCALATED", "accent", ended=True, by=by)
        case RaisedState.DISMISSED:
            return RaisedMark("close", "DISMISSED", "text_dim", ended=True, by=by)
    if not handling.holder:
        return None
    if handling.holder == me:
        return RaisedMark("person", "MINE", "accent")
    holder = moderator(handling.holder, me, called)
    return RaisedMark("people", holder[:NAME_SIGNS].upper(), "text_dim")


def state_words(
    one: RaisedItem, me: str, called: Called = visible, acts: ActRecords | None = None
) -> str:
    """What became of it, by whom and when, in a sentence without its full stop.

    ``acts``: among which the one is looked for that handled it.
    """
    handling, trouble = one.handling, one.handling.trouble
    who, when = moderator(handling.by, me, called), clock_minute(handling.at)
    match handling.state:
        case RaisedState.HANDLED if handling.act_id:
            words = f"Handled at {when}: {who} {_what_was_done(handling, acts)}"
        case RaisedState.HANDLED:
            words = f"Marked as handled by {who} at {when}"
        case RaisedState.ESCALATED:
            words = f"Escalated by {who} at {when}"
            if one.to_be_flagged and handling.by == me:  # a colleague's console flags its own
                words += "; not in the review queue yet"
        case RaisedState.DISMISSED:
            words = f"Dismissed by {who} at {when}"
        case RaisedState.WITHDRAWN:
            words = "Withdrawn: the verdict that decides does not raise it"
        case _ if handling.holder:
            holder = moderator(handling.holder, me, called)
            words = f"Open, taken by {holder} at {clock_minute(handling.taken_at)}"
        case _:
            words = f"Open since {clock_minute(handling.raised_at)}"
    if handling.note and not one.is_open:
        words += f": “{visible(handling.note)}”"
    return f"{words}. {visible(trouble)}" if trouble else words


def _what_was_done(handling: Handling, acts: ActRecords | None) -> str:
    if acts is None or handling.act_id not in acts:
        return "acted on the person"
    return done_text(acts[handling.act_id].act)
