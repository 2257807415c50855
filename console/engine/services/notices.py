"""What an event means to a moderator, as one plain sentence. Pure; names in it are hostile."""

import re
from collections.abc import Callable, Iterable

from console.domain.call import permission_words
from console.engine.wire import events as e
from console.engine.wire.egress_events import (
    RecordingFailed,
    RecordingStarted,
    RecordingStopped,
    TranscriptionFailed,
    TranscriptionStarted,
    TranscriptionStopped,
)
from console.engine.wire.events import Event, User
from console.engine.wire.member_events import MemberAdded, MemberRemoved, MemberUpdated
from console.engine.wire.told import told_by
from console.protocol.to_window import Notice, NoticeKind

NameOf = Callable[[str, str, str], str]
"""How a person (cid, user id, name where an event gives one) is told apart from all others."""


MAX_OF_A_NAME = 60
"""What was done has to stay in sight beside a name of 255 characters."""

_LIKE_A_SENTENCE = re.compile(
    r"[.!?:;]\s|[\r\n“”]|\b(was|were|joined|left|may|asks|lifted)\b", re.I
)


BY_CALL_RULES = "PolicyViolationModeration"
"""The reason with which Stream's call rules end a call (STREAM.md 3.3)."""

_TOLD = {
    "moderation_warning": (NoticeKind.WARNING, "warned"),
    "moderation_blur": (NoticeKind.BLUR, "asked to blur the video of"),
}
"""What the types of our own custom events mean (console/engine/acts/families/warn.py)."""


def in_a_sentence(name: str) -> str:
    """``name`` so that it cannot pass for the rest of a notice: not too long, and if it reads like
    a sentence, in quotation marks.
    """
    short = name if len(name) <= MAX_OF_A_NAME else f"{name[: MAX_OF_A_NAME - 1]}…"
    return f"“{short}”" if _LIKE_A_SENTENCE.search(short) else short


def notices_of(
    event: Event,
    *,
    now: float,
    name_of: NameOf,
    calls_of: Callable[[str], Iterable[str]],
    devices_of: Callable[[str, str], int],
    act_id: str = "",
) -> tuple[Notice, ...]:
    """The notices of one event; none for what concerns no person and no listener.

    ``calls_of``: the calls a person is known in. ``devices_of``: with how many devices somebody is
    in a call now, after the event. ``act_id``: our act that the event confirms.
    """
    at = event.created_at.seconds or now
    if isinstance(event, e.UserBanned | e.UserUnbanned):
        return tuple(_of_ban(event, cid, at, name_of, act_id) for cid in calls_of(event.user.id))
    if not isinstance(event, e.CallEvent):
        return ()
    cid = event.call_cid

    def named(user_id: str, name: str = "") -> str:
        return in_a_sentence(name_of(cid, user_id, name))

    def called(user: User) -> str:
        return named(user.id, user.shown_name)

    def by_whom(actor: User | None) -> str:
        return f" by {called(actor)}" if actor else ""

    def notice(kind: NoticeKind, text: str, *users: str, by: str = "") -> tuple[Notice, ...]:
        return (
            Notice(
                cid=cid,
                at=at,
                kind=kind,
                text=text,
                user_ids=users,
                actor_id=by,
                act_id=act_id,
            ),
        )

    nobody = "" if act_id else " by a server, perhaps by one of Stream's call rules"
    match event:
        case e.ParticipantJoined(participant=p):
            twice = " on another device" if devices_of(cid, p.user.id) > 1 else ""
            return notice(NoticeKind.JOINED, f"{called(p.user)} joined{twice}.", p.user.id)
        case e.ParticipantLeft(participant=p):
            still = " on one device and is still here" if devices_of(cid, p.user.id) else ""
            return notice(NoticeKind.LEFT, f"{called(p.user)} left{still}.", p.user.id)
        case e.UserMuted(muted_user_ids=muted, from_user_id=actor):
            who = _some([named(user_id) for user_id in muted])
            verb = "was" if len(muted) == 1 else "were"
            by = f" by {named(actor)}" if actor else nobody
            text = f"{who} {verb} muted{by}."
            return notice(NoticeKind.MUTED, text, *muted, by=actor)
        case e.KickedUser(user=user, kicked_by_user=actor):
            text = f"{called(user)} was kicked{by_whom(actor) or nobody}."
            return notice(NoticeKind.KICKED, text, user.id, by=_id(actor))
        case e.BlockedUser(user=user, blocked_by_user=actor):
            text = f"{called(user)} was blocked from the call{by_whom(actor)}."
            return notice(NoticeKind.BLOCKED, text, user.id, by=_id(actor))
        case e.UnblockedUser(user=user):
            text = f"{called(user)} may join this call again."
            return notice(NoticeKind.UNBLOCKED, text, user.id)
        case e.PermissionsUpdated(user=user):
            text = f"The permissions of {called(user)} changed."
            return notice(NoticeKind.PERMISSIONS, text, user.id)
        case e.PermissionRequest(user=user, permissions=wanted):
            text = f"{called(user)} asks for {permission_words(wanted)}."
            return notice(NoticeKind.ASKED, text, user.id)
        case e.ModerationWarning(user_id=user_id, message=message):
            text = f"Stream warned {named(user_id)}: {message}"
            return notice(NoticeKind.WARNING, text, user_id)
        case e.ModerationBlur(user_id=user_id):
            text = f"Stream asked to blur the video of {named(user_id)}."
            return notice(NoticeKind.BLUR, text, user_id)
        case e.CustomEvent(user=actor, custom=custom):
            told = told_by(custom)
            if told.user_id and told.kind in _TOLD:
                kind, doing = _TOLD[told.kind]
                text = f"{called(actor)} {doing} {named(told.user_id)}"
                text += f": {told.message}" if told.message else "."
                return notice(kind, text, told.user_id, by=actor.id)
        case e.CaptionsStarted():
            return notice(NoticeKind.CAPTIONS, "Captions are on.")
        case e.CaptionsStopped():
            return notice(NoticeKind.CAPTIONS, "Captions are off: nothing said can be heard.")
        case e.CaptionsFailed():
            return notice(NoticeKind.CAPTIONS, "Captions failed: nothing said can be heard.")
        case e.CallLiveStarted():
            return notice(NoticeKind.LIVE, "The call is live.")
        case e.CallUpdated():
            return notice(NoticeKind.UPDATED, "The call's settings changed.")
        case RecordingStarted():
            return notice(NoticeKind.UPDATED, "The call is being recorded.")
        case RecordingStopped() | RecordingFailed():
            return notice(NoticeKind.UPDATED, "The recording stopped.")
        case TranscriptionStarted():
            return notice(NoticeKind.UPDATED, "The call is being transcribed.")
        case TranscriptionStopped() | TranscriptionFailed():
            return notice(NoticeKind.UPDATED, "The transcription stopped.")
        case MemberAdded(members=members) | MemberUpdated(members=members):
            who = _some([named(m.user_id, m.user.shown_name if m.user else "") for m in members])
            verb = "is a member of the call now" if len(members) == 1 else "are members now"
            return notice(NoticeKind.UPDATED, f"{who} {verb}.", *(m.user_id for m in members))
        case MemberRemoved(members=ids):
            who = _some([named(user_id) for user_id in ids])
            verb = "is no member any more" if len(ids) == 1 else "are no members any more"
            return notice(NoticeKind.UPDATED, f"{who} {verb}.", *ids)
        case e.CallEnded(user=actor, reason=reason):
            if reason == BY_CALL_RULES:
                return notice(NoticeKind.ENDED, "One of Stream's call rules ended the call.")
            why = f" ({reason})" if reason else ""
            return notice(
                NoticeKind.ENDED, f"The call was ended{by_whom(actor)}{why}.", by=_id(actor)
            )
        case e.SessionEnded():
            return notice(NoticeKind.ENDED, "The last person left.")
    return ()


def _of_ban(
    event: e.UserBanned | e.UserUnbanned, cid: str, at: float, name_of: NameOf, act_id: str
) -> Notice:
    user, actor = event.user, event.created_by
    name = in_a_sentence(name_of(cid, user.id, user.shown_name))
    by = f" by {in_a_sentence(name_of(cid, actor.id, actor.shown_name))}" if actor else ""
    if isinstance(event, e.UserUnbanned):
        kind, text = NoticeKind.UNBANNED, f"The ban of {name} was lifted{by}."
    else:
        why = f": {event.reason}" if event.reason else "."
        kind, text = NoticeKind.BANNED, f"{name} was banned from the app{by}{why}"
    return Notice(
        cid=cid,
        at=at,
        kind=kind,
        text=text,
        user_ids=(event.user.id,),
        actor_id=_id(event.created_by),
        act_id=act_id,
    )


def _some(names: list[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "Nobody") + more


def _id(actor: User | None) -> str:
    return actor.id if actor else ""
