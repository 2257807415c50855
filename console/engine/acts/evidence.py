"""What proves an act: call events, and what a second look at the call shows. Pure."""

from collections.abc import Collection, Sequence

from console.domain.act import Act, ActKind
from console.domain.act_table import ACTS, Scope
from console.engine.acts.requests import GRANTS, REVOKES, WHOLE_CALL, targets
from console.engine.wire import events
from console.engine.wire.events import CallState, Event, Presence, User

MUTES = frozenset(kind for kind, spec in ACTS.items() if kind.startswith("mute_") and spec.track)
TELLING = (
    events.UserMuted,
    events.KickedUser,
    events.BlockedUser,
    events.UnblockedUser,
    events.PermissionsUpdated,
    events.CallEnded,
    events.CallDeleted,
    events.UserBanned,
    events.UserUnbanned,
)
"""The only events that prove anything."""

NOBODY: frozenset[str] = frozenset()


def shown_by(
    event: Event, act: Act, permissions: dict[str, tuple[str, ...]], me: str
) -> frozenset[str]:
    """The targets of ``act`` for whom ``event`` shows that it is done.

    Args:
        permissions: for each target of a grant or revoke, what was asked for.
        me: user id of whoever acts; a mute event does not tell the track, so only our own counts.
    """
    found = _whom(event, act, permissions, me)
    return found & frozenset(targets(act))


def _whom(
    event: Event, act: Act, permissions: dict[str, tuple[str, ...]], me: str
) -> frozenset[str]:
    if isinstance(event, events.UserBanned):
        return _if(act.kind is ActKind.BAN, event.user.id)
    if isinstance(event, events.UserUnbanned):
        return _if(act.kind is ActKind.UNBAN, event.user.id)
    if not isinstance(event, events.CallEvent) or event.call_cid != act.cid:
        return NOBODY
    match event:
        case events.UserMuted(from_user_id=actor, muted_user_ids=muted):
            if act.kind not in MUTES or actor not in ("", me):
                return NOBODY
            everyone = ACTS[act.kind].scope is Scope.CALL
            return frozenset((WHOLE_CALL,)) if everyone else frozenset(muted)
        case events.KickedUser(user=user):
            return _if(act.kind is ActKind.KICK, user.id)
        case events.BlockedUser(user=user):
            return _if(act.kind is ActKind.BLOCK, user.id)
        case events.UnblockedUser(user=user):
            return _if(act.kind is ActKind.UNBLOCK, user.id)
        case events.PermissionsUpdated(user=user, own_capabilities=now):
            wanted = permissions.get(user.id, ())
            return _if(bool(wanted) and _permissions_fit(act.kind, wanted, now), user.id)
        case events.CallEnded() | events.CallDeleted():
            return _if(act.kind is ActKind.END_CALL, WHOLE_CALL)
    return NOBODY


def _permissions_fit(kind: ActKind, wanted: Sequence[str], now: Collection[str]) -> bool:
    if kind in GRANTS:
        return all(permission in now for permission in wanted)
    return kind in REVOKES and not any(permission in now for permission in wanted)


def _if(fits: bool, target: str) -> frozenset[str]:
    return frozenset((target,)) if fits else NOBODY


def shown_by_call(act: Act, state: CallState) -> frozenset[str]:
    """The targets of a block, unblock or end for whom the call as it is now shows it."""
    if act.kind is ActKind.END_CALL:
        return _if(state.ended_at is not None, WHOLE_CALL)
    blocked = frozenset(state.blocked_user_ids)
    wanted = frozenset(targets(act))
    return wanted & blocked if act.kind is ActKind.BLOCK else wanted - blocked


def shown_by_absence(act: Act, publishing: Sequence[Presence], me: str) -> frozenset[str]:
    """The targets of a mute for whom nobody among those who publish the track now is them."""
    live = {presence.user.id for presence in publishing}
    if ACTS[act.kind].scope is Scope.CALL:
        # Whether "everyone" includes the caller is not documented (STREAM.md 5.1).
        return _if(not live - {me}, WHOLE_CALL)
    return frozenset(targets(act)) - live


def shown_by_presence(user_id: str, devices: Sequence[Presence], sent_at: float) -> frozenset[str]:
    """Whether a kicked person is gone; those who came back since joined later."""
    stayed = any(
        device.user.id == user_id and device.joined_at.seconds < sent_at for device in devices
    )
    return _if(not stayed, user_id)


def shown_by_user(act: Act, user_id: str, user: User | None) -> frozenset[str]:
    """Whether a ban or unban shows in the user as they are now."""
    if user is None:
        return NOBODY
    return _if(user.banned is (act.kind is ActKind.BAN), user_id)
