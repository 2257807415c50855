"""Decide about an item of the app's review queue (STREAM.md 6.7)."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.item import APPEARANCE
from console.domain.review import CUSTOM

PREFIX = "queue_"
"""Kinds of these acts are this and Stream's action type."""


def kind_of(action: str) -> str:
    """The kind of act that submits one of Stream's action types."""
    return PREFIX + action


def action_of(kind: str) -> str:
    """Stream's action type of such a kind."""
    return kind.removeprefix(PREFIX)


def _reversal(action: str, undo: str) -> Reversal:
    if not undo:
        return Reversal.NONE
    return Reversal.PARTLY if action == "ban" else Reversal.EXACT


def _row(
    action: str,
    label: str,
    done: str,
    consequence: str,
    *,
    icon: str = "",
    undo: str = "",
    weight: Weight = Weight.LIGHT,
    severe: bool = False,
    sanction: bool = False,
    answers: frozenset[str] = frozenset(),
) -> ActSpec:
    return ActSpec(
        kind=kind_of(action),
        scope=Scope.ITEM,
        label=label,
        done=done,
        consequence=consequence,
        icon=icon,
        undo=kind_of(undo) if undo else None,
        weight=weight,
        reversal=_reversal(action, undo),
        severe=severe,
        sanction=sanction,
        answers=answers,
        app_wide=True,
    )


_ARMED, _DETAILS, _GUARDED = Weight.ARMED, Weight.DETAILS, Weight.GUARDED

ACTS = (
    _row(
        "mark_reviewed",
        "Mark reviewed",
        "marked an item of {who} as reviewed",
        "Says that nothing more has to be done about it.",
        icon="check",
    ),
    _row(
        "ban",
        "Ban…",
        "banned {who} for an item",
        "Shuts them out of the whole app for as long as you choose.",
        icon="ban",
        undo="unban",
        weight=_DETAILS,
        severe=True,
        sanction=True,
        answers=APPEARANCE,
    ),
    _row(
        "unban",
        "Lift the ban",
        "lifted the ban of {who}",
        "Lets them use the app again.",
    ),
    _row(
        "kick_user",
        "Kick",
        "kicked {who} for an item",
        "Puts them out of the call of this item; they may come back.",
        icon="kick",
        weight=_ARMED,
        severe=True,
        sanction=True,
        answers=APPEARANCE,
    ),
    _row(
        "end_call",
        "End call",
        "ended the call of {who}",
        "Ends the call of this item for everyone in it. There is no way back.",
        icon="end-call",
        weight=_GUARDED,
        severe=True,
    ),
    _row(
        "delete_message",
        "Delete message",
        "deleted a message of {who}",
        "Takes the message away from everyone.",
        undo="restore",
        severe=True,
    ),
    _row(
        "delete_activity",
        "Delete activity",
        "deleted an activity of {who}",
        "Takes the activity away from everyone.",
        undo="restore",
        severe=True,
    ),
    _row(
        "delete_comment",
        "Delete comment",
        "deleted a comment of {who}",
        "Takes the comment away from everyone.",
        undo="restore",
        severe=True,
    ),
    _row(
        "delete_reaction",
        "Delete reaction",
        "deleted a reaction of {who}",
        "Takes the reaction away from everyone.",
        weight=_ARMED,
        severe=True,
    ),
    _row(
        "delete_user_messages",
        "Delete all their messages",
        "deleted all messages of {who}",
        "Takes everything they wrote away from everyone. There is no way back.",
        weight=_GUARDED,
        severe=True,
    ),
    _row(
        "delete_user",
        "Delete user",
        "deleted the user {who}",
        "Deletes their account. There is no way back from here.",
        weight=_GUARDED,
        severe=True,
        sanction=True,
        answers=APPEARANCE,
    ),
    _row(
        "block",
        "Block the content",
        "blocked content of {who}",
        "Keeps the content from being shown.",
        undo="restore",
        severe=True,
    ),
    _row(
        "shadow_block",
        "Hide from others",
        "hid content of {who} from others",
        "Only its author still sees the content.",
        undo="restore",
        severe=True,
    ),
    _row(
        "unblock",
        "Unblock the content",
        "unblocked content of {who}",
        "Shows the content again.",
    ),
    _row(
        "restore",
        "Restore",
        "restored content of {who}",
        "Shows again what was taken away.",
    ),
    _row(
        "unmask",
        "Unmask",
        "unmasked content of {who}",
        "Shows the words that were masked to everyone.",
    ),
    _row(
        "escalate",
        "Escalate…",
        "escalated an item of {who}",
        "Hands the item to somebody who decides more; it stays in the queue.",
        undo="de_escalate",
        weight=_DETAILS,
    ),
    _row(
        "de_escalate",
        "Take back from escalation",
        "took back the escalation of an item of {who}",
        "The item is one among the others again.",
    ),
    _row(
        "flag",
        "Flag",
        "flagged an item of {who}",
        "Adds a report of yours to the item.",
    ),
    _row(
        "reject_appeal",
        "Reject the appeal…",
        "rejected an appeal of {who}",
        "What was done stays, and they are told why.",
        weight=_DETAILS,
    ),
    _row(
        CUSTOM,
        "Action of the app",
        "did an action of the app about an item of {who}",
        "Tells the app's own server, which does what the app means by it.",
    ),
)

FINDS_RIGHT = frozenset(map(kind_of, ("restore", "unblock", "unmask")))
"""What says that nothing was wrong with the content of the item."""
PASSES_ON = frozenset({kind_of("escalate")})
ONE_CALL = frozenset({kind_of("kick_user")})
"""What hits somebody in the call of the item alone."""
_NO_ANSWER = frozenset(map(kind_of, ("flag", "de_escalate", "unban", "reject_appeal")))


def answers_item(kind: str) -> bool:
    """Whether such an act decides about the content of its item."""
    return kind in _KINDS and kind not in _NO_ANSWER


_KINDS = frozenset(spec.kind for spec in ACTS)
_ACTIONS = frozenset(action_of(spec.kind) for spec in ACTS)


def is_action(action: str) -> bool:
    """Whether Stream has an action type of this name; others are the app's own."""
    return action in _ACTIONS
