"""What is done in the chat of a call: to one message, to who writes, to how fast all may write.

A ban there leaves the call and the rest of the app as they are (STREAM.md 12.5).
"""

from typing import Any

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT, Call, Participant
from console.domain.item import FOR_GOOD, MESSAGE, Item

DELETE_MESSAGE = "delete_message"
RESTORE_MESSAGE = "restore_message"
DELETE_FOR_GOOD = "delete_message_for_good"
CHAT_BAN = "chat_ban"
CHAT_SHADOW_BAN = "chat_shadow_ban"
CHAT_UNBAN = "chat_unban"
CHAT_MUTE = "chat_mute"
CHAT_UNMUTE = "chat_unmute"
SLOW_OFF = "slow_mode_off"

COOLDOWNS: dict[str, int] = {
    "slow_mode_10": 10,
    "slow_mode_30": 30,
    "slow_mode_120": 120,
    SLOW_OFF: 0,
}
"""Seconds between two messages of one person; Stream takes up to 120 (STREAM.md 12.5)."""

NO_CHAT = "No chat of this call was found."

_HELD = {CHAT_BAN: BANNED_IN_CHAT, CHAT_SHADOW_BAN: SHADOWED_IN_CHAT}


def message_refusal(kind: str, item: Item | None) -> str:
    """Why an act on a message is impossible on ``item`` now, in one sentence, or ""."""
    if item is None or item.kind != MESSAGE:
        return "Choose a chat message first."
    if item.deleted == FOR_GOOD:
        return "It was deleted for good."
    if kind == RESTORE_MESSAGE:
        return "" if item.deleted else "It is not deleted."
    return "It is deleted already." if item.deleted and kind == DELETE_MESSAGE else ""


def _ban_refusal(spec: ActSpec, person: Participant) -> str:
    if spec.kind == CHAT_UNBAN:
        return "" if person.in_chat else "They are not banned from the chat."
    if person.in_chat != _HELD[spec.kind]:
        return ""
    return "Already banned from the chat." if spec.kind == CHAT_BAN else "Already in the shadow."


def _slow_refusal(spec: ActSpec, call: Call) -> str:
    if not call.chat_cid:
        return NO_CHAT
    return "It is so already." if call.chat_cooldown == COOLDOWNS[spec.kind] else ""


def _of_message(**own: Any) -> ActSpec:
    return ActSpec(scope=Scope.PERSON, of_message=True, row="trash", **own)


def _of_writer(**own: Any) -> ActSpec:
    return ActSpec(scope=Scope.PERSON, of_chat=True, row="chat", refusal=_ban_refusal, **own)


def _slow(kind: str, **own: Any) -> ActSpec:
    return ActSpec(
        kind=kind,
        scope=Scope.CALL,
        of_chat=True,
        of_people=False,
        call_refusal=_slow_refusal,
        **own,
    )


def _slower(kind: str) -> ActSpec:
    seconds = COOLDOWNS[kind]
    words = f"{seconds} seconds" if seconds < 120 else "2 minutes"
    return _slow(
        kind,
        label=f"Slow chat: {words}",
        done=f"slowed the chat to a message every {words}",
        consequence=f"Each person can write one message every {words}.",
        undo=SLOW_OFF,
        reversal=Reversal.PARTLY,
    )


ACTS = (
    _of_message(
        kind=DELETE_MESSAGE,
        label="Delete message",
        short="Delete",
        imperative="Delete the message of {who}",
        done="deleted a message of {who}",
        consequence="Takes the message out of the chat; it can be put back, and stays here.",
        key="Z",
        icon="trash",
        quick=True,
        severe=True,
        undo=RESTORE_MESSAGE,
        reversal=Reversal.EXACT,
        sanction=True,
    ),
    _of_message(
        kind=RESTORE_MESSAGE,
        label="Put message back",
        short="Put back",
        imperative="Put the message of {who} back",
        done="put back a message of {who}",
        consequence="Everybody in the chat sees the message again.",
        undo=DELETE_MESSAGE,
        reversal=Reversal.EXACT,
    ),
    _of_message(
        kind=DELETE_FOR_GOOD,
        label="Delete message for good",
        short="For good",
        imperative="Delete the message of {who} for good",
        done="deleted a message of {who} for good",
        consequence="Nobody can read the message any more, at Stream either; it stays here.",
        key="Shift+Z",
        severe=True,
        weight=Weight.GUARDED,
        sanction=True,
    ),
    _of_writer(
        kind=CHAT_SHADOW_BAN,
        label="Shadow ban in chat…",
        short="Shadow…",
        imperative="Shadow ban {who} in the chat",
        done="shadow banned {who} in the chat",
        consequence="Only they see what they write in this chat, and they are not told.",
        key="Alt+Shift+B",
        severe=True,
        weight=Weight.DETAILS,
        timed=True,
        undo=CHAT_UNBAN,
        reversal=Reversal.PARTLY,
        sanction=True,
    ),
    _of_writer(
        kind=CHAT_BAN,
        label="Ban from chat…",
        short="Ban…",
        imperative="Ban {who} from the chat",
        done="banned {who} from the chat",
        consequence="Keeps them from writing in this chat; they stay in the call.",
        key="Alt+B",
        severe=True,
        weight=Weight.DETAILS,
        undo=CHAT_UNBAN,
        reversal=Reversal.PARTLY,
        sanction=True,
    ),
    # It has no undo of its own: how long the ban would have lasted is not known any more.
    _of_writer(
        kind=CHAT_UNBAN,
        label="Unban in chat",
        short="Unban",
        imperative="Unban {who} in the chat",
        done="unbanned {who} in the chat",
        consequence="Lets them write in this chat again, seen by all.",
    ),
    ActSpec(
        kind=CHAT_MUTE,
        scope=Scope.PERSON,
        label="Hide their messages from me",
        short="Hide",
        imperative="Hide the messages of {who} from you",
        done="hid the messages of {who} from themselves",
        consequence="Stream's own mute of a user: your chat apps hide what they write; all others"
        " still read it, and this console too.",
        row="eye",
        app_wide=True,
        undo=CHAT_UNMUTE,
        reversal=Reversal.EXACT,
    ),
    ActSpec(
        kind=CHAT_UNMUTE,
        scope=Scope.PERSON,
        label="Show me their messages",
        short="Show",
        imperative="Show you the messages of {who} again",
        done="no longer hides the messages of {who}",
        consequence="Your chat apps show what they write again.",
        row="eye",
        app_wide=True,
        undo=CHAT_MUTE,
        reversal=Reversal.EXACT,
    ),
    *map(_slower, ("slow_mode_10", "slow_mode_30", "slow_mode_120")),
    # It has no undo of its own: which pace it was is not known any more.
    _slow(
        SLOW_OFF,
        label="Slow chat: off",
        done="ended slow mode of the chat",
        consequence="Everybody can write as fast as they like.",
    ),
)
