"""One call and one person for each kind of act, and a colleague who takes back what was done."""

from typing import Any

from console.domain.acts.spec import ActSpec, Scope
from console.domain.acts.table import ACTS
from console.domain.call import TRACKS, Permission, Track
from console.sandbox.world import World
from tests.engine.conftest import Sandbox

ASKED = (Permission.SEND_AUDIO,)


def cid_of(spec: ActSpec) -> str:
    """The call of one kind of act."""
    return f"default:{spec.kind}"


def person_of(spec: ActSpec) -> str:
    """Whom that kind of act is done to."""
    return f"person-{spec.kind}"


def permissions_of(spec: ActSpec) -> tuple[str, ...]:
    """What an act of that kind grants or revokes."""
    return (spec.permission,) if spec.permission else ASKED


def act_fields(spec: ActSpec, session_id: str) -> dict[str, Any]:
    """The fields of an act of that kind, besides its kind and id."""
    asks = spec.scope is Scope.REQUEST
    return {
        "cid": cid_of(spec),
        "session_id": session_id,
        "user_ids": () if spec.scope is Scope.CALL else (person_of(spec),),
        "permissions": ASKED if asks else (),
    }


def build(sandbox: Sandbox) -> None:
    """Everybody is there as the act on them needs it."""
    for spec in ACTS:
        if spec.scope is Scope.ITEM:
            continue
        sandbox.call(spec.kind, "bystander", person_of(spec))
        _publish(sandbox.world, spec)
        take_back(sandbox, spec, only_states=True)


def take_back(sandbox: Sandbox, spec: ActSpec, *, only_states: bool = False) -> None:
    """A colleague puts back what an act of this kind did, or the person does.

    ``only_states``: as before the act, where it needs a state to change.
    """
    world, cid, user = sandbox.world, cid_of(spec), person_of(spec)
    permissions = permissions_of(spec)
    if spec.grants:
        world.sanctions.permissions(cid, user, revoke=permissions)
    elif spec.kind == "unblock":
        world.sanctions.block(cid, user)
    elif spec.kind == "unban":
        world.sanctions.ban(user)
    elif spec.kind == "reactivate_user":
        world.accounts.deactivate(user)
    elif only_states:
        return
    elif spec.revokes:
        world.sanctions.permissions(cid, user, grant=permissions)
    elif spec.kind in ("block", "block_for"):
        world.sanctions.unblock(cid, user)
        sandbox.join(cid, user)
    elif spec.kind == "ban":
        world.sanctions.unban(user)
    elif spec.kind == "deactivate_user":
        world.accounts.reactivate(user)
        sandbox.join(cid, user)
    elif spec.kind == "kick":
        sandbox.join(cid, user)
    if spec.mutes or spec.revokes:
        _publish(world, spec)


def _publish(world: World, spec: ActSpec) -> None:
    session = world.state.calls[cid_of(spec)].running
    for presence in list(session.presences.values()) if session else ():
        for track in (*TRACKS, Track.SCREENSHARE_AUDIO):
            world.attendance.publish(cid_of(spec), presence.user_session_id, track)
