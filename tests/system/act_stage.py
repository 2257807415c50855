"""One call and one person for each kind of act, and a colleague who takes back what was done."""

from typing import Any

from console.domain.acts.appearance import REMOVE_PICTURE, RESET_NAME
from console.domain.acts.call_settings import SWITCHES
from console.domain.acts.chat import COOLDOWNS
from console.domain.acts.member import ADD_MEMBER, REMOVE_MEMBER, SET_MEMBER_ROLE
from console.domain.acts.spec import ActSpec, Scope
from console.domain.acts.table import ACTS
from console.domain.call import TRACKS, Permission, Track
from console.domain.item import MESSAGE, Item, Text
from console.sandbox.world import MODERATOR_ID, World
from tests.engine.conftest import Sandbox

ASKED = (Permission.SEND_AUDIO,)
WRITTEN = "What somebody wrote."
PICTURE = "https://pictures.example/one.png"


def cid_of(spec: ActSpec) -> str:
    """The call of one kind of act."""
    return f"default:{spec.kind}"


def person_of(spec: ActSpec) -> str:
    """Whom that kind of act is done to."""
    return f"person-{spec.kind}"


def permissions_of(spec: ActSpec) -> tuple[str, ...]:
    """What an act of that kind grants or revokes."""
    return (spec.permission,) if spec.permission else ASKED


def chat_of(spec: ActSpec) -> str:
    """The chat of its call."""
    return f"videocall:{spec.kind}"


def message_of(spec: ActSpec, session_id: str) -> Item:
    """What the person wrote there."""
    return Item(
        item_id=f"message-{spec.kind}",
        kind=MESSAGE,
        cid=cid_of(spec),
        session_id=session_id,
        author_id=person_of(spec),
        author_name=person_of(spec),
        body=Text(WRITTEN, channel=chat_of(spec)),
        start_time=0.0,
        end_time=0.0,
        received_at=0.0,
        source_id=person_of(spec),
    )


def act_fields(spec: ActSpec, session_id: str) -> dict[str, Any]:
    """The fields of an act of that kind, besides its kind and id."""
    asks = spec.scope is Scope.REQUEST
    more: dict[str, Any] = {"item": message_of(spec, session_id)} if spec.of_message else {}
    if spec.kind == SET_MEMBER_ROLE:
        more["role"] = "host"
    return {
        **more,
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
        if spec.kind == REMOVE_PICTURE:
            sandbox.world.add_user(person_of(spec), person_of(spec), image=PICTURE)
        sandbox.call(spec.kind, "bystander", person_of(spec))
        _publish(sandbox.world, spec)
        if spec.of_message:
            who = person_of(spec)
            sandbox.world.chat.write(chat_of(spec), who, WRITTEN, message_id=who)
        take_back(sandbox, spec, only_states=True)


def take_back(sandbox: Sandbox, spec: ActSpec, *, only_states: bool = False) -> None:
    """A colleague puts back what an act of this kind did, or the person does.

    ``only_states``: as before the act, where it needs a state to change.
    """
    world, cid, user = sandbox.world, cid_of(spec), person_of(spec)
    permissions = permissions_of(spec)
    if spec.kind in SWITCHES:
        setting, wanted = SWITCHES[spec.kind]
        world.control.update(cid, settings_override={setting.group: {setting.field: not wanted}})
        return
    if take_back_in_chat(world, spec, only_states=only_states):
        return
    if take_back_of_member(world, spec, only_states=only_states):
        return
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


def take_back_in_chat(world: World, spec: ActSpec, *, only_states: bool) -> bool:
    """As ``take_back``, in the chat of the call; False where it is no act there."""
    channel, user = chat_of(spec), person_of(spec)
    host = world.state.users["host"]
    if spec.kind in COOLDOWNS:
        world.chat.change(channel, host, cooldown=60)
    elif spec.kind == "restore_message":
        world.chat.delete(user, host)
    elif spec.kind == "chat_unban":
        world.sanctions.ban(user, cid=channel)
    elif spec.kind == "chat_unmute":
        world.accounts.mute(MODERATOR_ID, user)
    elif not (spec.of_message or spec.kind in ("chat_ban", "chat_shadow_ban", "chat_mute")):
        return False
    elif only_states:
        return True
    elif spec.kind == "delete_message":
        world.chat.undelete(user, host)
    elif spec.kind == "chat_mute":
        world.accounts.unmute(MODERATOR_ID, user)
    elif not spec.of_message:
        world.sanctions.unban(user, cid=channel)
    return True


def take_back_of_member(world: World, spec: ActSpec, *, only_states: bool) -> bool:
    """As ``take_back``, on the list of members and on what a user shows of themself."""
    cid, user = cid_of(spec), person_of(spec)
    if spec.kind == REMOVE_MEMBER:
        world.control.change_members(cid, put=[{"user_id": user, "role": "user"}])
    elif spec.kind == SET_MEMBER_ROLE:
        world.control.change_members(cid, put=[{"user_id": user, "role": "speaker"}])
    elif spec.kind not in (ADD_MEMBER, RESET_NAME, REMOVE_PICTURE):
        return False
    elif only_states:
        return True
    elif spec.kind == ADD_MEMBER:
        world.control.change_members(cid, remove=[user])
    elif spec.kind == RESET_NAME:
        world.accounts.change(user, {"name": "Another Name"}, ())
    else:
        world.accounts.change(user, {"image": PICTURE}, ())
    return True


def _publish(world: World, spec: ActSpec) -> None:
    session = world.state.calls[cid_of(spec)].running
    for presence in list(session.presences.values()) if session else ():
        for track in (*TRACKS, Track.SCREENSHARE_AUDIO):
            world.attendance.publish(cid_of(spec), presence.user_session_id, track)
