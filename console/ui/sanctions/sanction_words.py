"""What is said of a sanction, safe to look at. Pure."""

from collections.abc import Sequence

from console.base.plain_text import visible
from console.domain.act import AUTOMATION, BY_CLOCK
from console.domain.call import permission_words
from console.domain.lifting import lifting_kind, running
from console.domain.names import plain_name
from console.domain.sanction import BY_STREAM, IN_CHAT, Claim, Form, Keeper, Sanction, ends_soon
from console.ui.people.card_words import when
from console.ui.widgets.short_texts import count, running_clock, span

ICONS = {
    Form.MUTED: "mic-off",
    Form.REVOKED: "lock",
    Form.BLOCKED: "block",
    Form.BANNED: "ban",
    Form.CHAT_BANNED: "chat",
    Form.CHAT_SHADOWED: "chat",
    Form.HIDDEN: "eye",
}

_LONG_S = 48 * 3600.0


def form_words(sanction: Sanction) -> str:
    """What was done: ``kept muted``, ``microphone revoked``, ``blocked``, ``banned``, ``muted``."""
    if sanction.form is not Form.REVOKED:
        return str(sanction.form)
    if sanction.sticky:
        return "kept muted"
    return visible(f"{permission_words((sanction.what,))} revoked")


def where_words(sanction: Sanction) -> str:
    """The call it holds in."""
    if not sanction.cid:
        return "your chats" if sanction.form is Form.HIDDEN else "whole app"
    return visible(sanction.call_name or sanction.cid)


def by_words(user_id: str, me: str) -> str:
    """Who set it."""
    names = {"": "somebody", me: "you", AUTOMATION: "automation", BY_CLOCK: "a clock"}
    return names.get(user_id) or visible(user_id)


def left_words(sanction: Sanction, now: float) -> str:
    """How long it still lasts, for the end of a row: ``4:12``, ``3 days``, ``until lifted``."""
    if sanction.lifting:
        return "lifting…"
    if not sanction.until:
        return "until they unmute" if sanction.form is Form.MUTED else "until lifted"
    left = sanction.until - now
    if left <= 0:
        return "over"
    return f"{left / 86_400:.0f} days" if left > _LONG_S else running_clock(left)


def left_token(sanction: Sanction, now: float) -> str:
    """The colour of how long it still lasts."""
    if sanction.trouble:
        return "bad"
    return "warn" if ends_soon(sanction, now) else "text_dim"


def state_sentence(sanction: Sanction, now: float) -> str:
    """What is in force, where, and how it ends."""
    what = form_words(sanction)
    within = "of" if sanction.form in IN_CHAT else "in"
    first = f"{what[0].upper()}{what[1:]} {within} {where_words(sanction)}"
    if not sanction.cid and sanction.form is not Form.HIDDEN:
        first = f"{what[0].upper()}{what[1:]} in the whole app"
    if sanction.lifting:
        return f"{first}; it is being lifted."
    if not sanction.until:
        how = "until somebody lifts it"
        if sanction.form in (Form.MUTED, Form.HIDDEN):
            how = "until they unmute" if sanction.form is Form.MUTED else "until you end it"
        return f"{first} {how}."
    return f"{first} until {when(sanction.until, now)}, for {span(sanction.until - now)} more."


_KEPT_BY = {
    Keeper.STREAM: ", kept by Stream",
    Keeper.COLLEAGUE: ", kept by their console",
}


def claim_sentence(claim: Claim, me: str, now: float) -> str:
    """Who wanted it, since when, until when and why."""
    who = by_words(claim.by, me)
    words = f"Set by {who}" if claim.by else "Who set it is not known"
    if claim.since:
        words += f" at {when(claim.since, now)}"
    if claim.until:
        words += f", for {span(claim.lasts)}{_KEPT_BY.get(claim.keeper, '')}"
    if claim.again:
        words += f"; applied again {count(claim.again, 'time')}"
    why = visible(claim.reason)
    return f"{words}: {why}" if why else f"{words}."


def lift_words(sanction: Sanction) -> tuple[str, str]:
    """What the button that takes it back is called, and what it does or why it cannot."""
    if not lifting_kind(sanction):
        return "Lift", "Only they themselves can turn it on again."
    if sanction.lifting:
        return "Lift", "It is being lifted already."
    others = sum(not claim.act_id for claim in sanction.claims)
    also = " Somebody else wanted it, too; it ends for all of them." if others else ""
    if sanction.sticky:
        return "Stop and give back", f"Stops watching and gives the microphone back.{also}"
    back = {
        Form.BLOCKED: "Lets them join this call again.",
        Form.BANNED: "Lets them join calls of the app again.",
        Form.CHAT_BANNED: "Lets them write in this chat again.",
        Form.CHAT_SHADOWED: "All see again what they write in this chat.",
        Form.HIDDEN: "Your chat apps show what they write again.",
    }
    return "Lift", back.get(sanction.form, "Gives the permission back.") + also


def lift_all_words(sanctions: Sequence[Sanction]) -> tuple[str, str]:
    """The same for several that are chosen; one undo sets again what can be set again."""
    bans = sum(sanction.form in BY_STREAM for sanction in sanctions)
    note = "Takes all that are chosen back at once. Undo sets them again, without their times"
    note += f"; {count(bans, 'ban')} not." if bans else "."
    return f"Lift {len(sanctions):,}", note


def why_no_time(sanction: Sanction) -> str:
    """Why its time cannot be changed here, in one sentence; "" where it can."""
    if sanction.form is Form.HIDDEN:
        return "It is for you alone, until you end it."
    if running(sanction) is not None and sanction.form is not Form.MUTED:
        return ""
    if sanction.form in BY_STREAM:
        return "Stream keeps the time of bans: ban again for another time."
    return "Only what was set in this console can be given a time here."


def name_words(sanction: Sanction) -> str:
    """Whom it concerns."""
    return plain_name(sanction.name, sanction.user_id)


def end_warning(sanction: Sanction, name: str, now: float) -> str:
    """What is said once, before it ends."""
    return (
        f"{name} is {form_words(sanction)} in {where_words(sanction)} for"
        f" {span(sanction.until - now)} more."
    )
