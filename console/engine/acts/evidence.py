"""What proves an act: call events, and what a second look at the call shows. Pure."""

from collections.abc import Collection, Sequence

from console.domain.act import Act
from console.domain.acts.ban import BAN, UNBAN
from console.domain.acts.block import BLOCK, UNBLOCK
from console.domain.acts.call import END_CALL
from console.domain.acts.kick import KICK
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.engine.acts.requests import WHOLE_CALL, targets
from console.engine.wire import events
from console.engine.wire.events import CallState, Event, Presence, User

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
        return _if(act.kind == BAN, event.user.id)
    if isinstance(event, events.UserUnbanned):
        return _if(act.kind == UNBAN, event.user.id)
    if not isinstance(event, events.CallEvent) or event.call_cid != act.cid:
        return NOBODY
    match event:
        case events.UserMuted(from_user_id=actor, muted_user_ids=muted):
            if not spec_of(act.kind).mutes or actor not in ("", me):
                return NOBODY
            everyone = spec_of(act.kind).scope is Scope.CALL
            return frozenset((WHOLE_CALL,)) if everyone else frozenset(muted)
        case events.KickedUser(user=user):
            return _if(act.kind == KICK, user.id)
        case events.BlockedUser(user=user):
            return _if(act.kind == BLOCK, user.id)
        case events.UnblockedUser(user=user):
            return _if(act.kind == UNBLOCK, user.id)
        case events.PermissionsUpdated(user=user, own_capabilities=now):
            wanted = permissions.get(user.id, ())
            return _if(bool(wanted) and _permissions_fit(act.kind, wanted, now), user.id)
        case events.CallEnded() | events.CallDeleted():
            return _if(act.kind == END_CALL, WHOLE_CALL)
    return NOBODY


def _permissions_fit(kind: str, wanted: Sequence[str], now: Collection[str]) -> bool:
    if spec_of(kind).grants:
        return all(permission in now for permission in wanted)
    return spec_of(kind).revokes and not any(permission in now for permission in wanted)


def _if(fits: bool, target: str) -> frozenset[str]:
    return frozenset((target,)) if fits else NOBODY


def shown_by_call(act: Act, state: CallState) -> frozenset[str]:
    """The targets of a block, unblock or end for whom the call as it is now shows it."""
    if act.kind == END_CALL:
        return _if(state.ended_at is not None, WHOLE_CALL)
    blocked = frozenset(state.blocked_user_ids)
    wanted = frozenset(targets(act))
    return wanted & blocked if act.kind == BLOCK else wanted - blocked


def shown_by_absence(act: Act, publishing: Sequence[Presence], me: str) -> frozenset[str]:
    """The targets of a mute for whom nobody among those who publish the track now is them."""
    live = {presence.user.id for presence in publishing}
    if spec_of(act.kind).scope is Scope.CALL:
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
    return _if(user.banned is (act.kind == BAN), user_id)
