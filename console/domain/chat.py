"""The chat of a call: which channel it is, and by which policy its messages are judged. Pure.

Nothing of Stream ties a chat to a call (STREAM.md 12.11): an app chooses. So a rule says where to
look, in order, and what a call itself names goes first.
"""

import re

from console.domain.call import Call

CHAT_RULE = (
    "messaging:{call_id} videocall:{call_id} livestream:{call_id} {call_type}:{call_id}"
    " messaging:{session_id}"
)
"""What a profile says at first: the id of the call, in the types that Stream's own apps use, or
that of the session, for calls that come again."""

MOST_PLACES = 6
"""Channels that are looked for of one call."""

_FILLED = ("call_id", "call_type", "session_id")
_PLACE = re.compile(r"[a-zA-Z0-9_-]*(\{[a-z_]+\})?[a-zA-Z0-9_-]*:\S+")


def places(rule: str) -> tuple[str, ...]:
    """The channels that a rule names, as they are written, in order."""
    return tuple(dict.fromkeys((rule or CHAT_RULE).replace(",", " ").split()))


def wrong_with_rule(rule: str) -> str:
    """One sentence on why a rule cannot be used; "" where it can."""
    wanted = places(rule)
    if len(wanted) > MOST_PLACES:
        return f"A call's chat is looked for in {MOST_PLACES} channels at most."
    for place in wanted:
        if not _PLACE.fullmatch(place):
            return "A chat channel is written as type:id, such as messaging:{call_id}."
        for name in re.findall(r"\{([^{}]*)\}", place):
            if name not in _FILLED:
                return f"Channels can be named by {', '.join(_FILLED)}, not by {{{name}}}."
    return ""


def channels_of(call: Call, rule: str) -> tuple[str, ...]:
    """Where the chat of ``call`` may be, the likeliest first."""
    if call.names_channel:
        return (call.names_channel,)
    fill = {"call_id": call.id, "call_type": call.type, "session_id": call.session_id}
    found: dict[str, None] = {}
    for place in places(rule)[:MOST_PLACES]:
        if "{session_id}" in place and not call.session_id:
            continue
        for name, value in fill.items():
            place = place.replace(f"{{{name}}}", value)
        found[place] = None
    return tuple(found)


def policy_keys(channel: str) -> tuple[str, ...]:
    """Keys of the policies for a channel, the most specific first (STREAM.md 12.8)."""
    kind = channel.partition(":")[0]
    return (f"chat:{channel}", f"chat:{kind}", "chat") if kind else ()
