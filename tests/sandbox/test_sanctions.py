"""What moderators do, seen in the world."""

import pytest

from console.sandbox.api_errors import ApiError
from console.sandbox.records import Refusal

CID = "default:talk"


def test_a_mute_is_soft(world, told, bo):
    world.sanctions.mute(CID, ["bo"], ["audio"], "moderator")
    assert bo.live == {"video"}
    muted = told.last("muted")
    assert (muted.actor, muted.targets, muted.tracks) == ("moderator", ("bo",), ("audio",))
    assert told.last("call.user_muted").payload == {
        "from_user_id": "moderator",
        "muted_user_ids": ["bo"],
        "reason": "moderation",
    }
    assert world.attendance.publish(CID, bo.user_session_id, "audio")


def test_muting_all_spares_the_caller_unless_told_otherwise(world, bo):
    mod = world.attendance.join(CID, "moderator")
    world.attendance.publish(CID, mod.user_session_id, "audio")
    assert world.sanctions.mute_all(CID, ["audio", "video"], "moderator") == ["bo"]
    assert (bo.live, mod.live) == (set(), {"audio"})
    world.sanctions.mute_all_includes_caller = True
    assert world.sanctions.mute_all(CID, ["audio"], "moderator") == ["bo", "moderator"]
    assert mod.live == set()


def test_muting_refuses_what_does_not_exist(world, bo):
    with pytest.raises(ApiError, match="user with id nobody"):
        world.sanctions.mute(CID, ["bo", "nobody"], ["audio"])
    with pytest.raises(ApiError, match="unknown track smell"):
        world.sanctions.mute(CID, ["bo"], ["smell"])
    assert bo.live == {"audio", "video"}


def test_a_revocation_mutes_and_holds(world, told, bo):
    world.sanctions.permissions(CID, "bo", revoke=["send-audio"], by="moderator")
    assert bo.live == {"video"}
    assert not world.attendance.publish(CID, bo.user_session_id, "audio")
    updated = told.last("call.permissions_updated").payload
    assert "send-audio" not in updated["own_capabilities"]
    assert "send-video" in updated["own_capabilities"]
    world.sanctions.permissions(CID, "bo", grant=["send-audio"], by="moderator")
    assert bo.live == {"video"}  # a grant does not unmute
    assert world.attendance.publish(CID, bo.user_session_id, "audio")


def test_only_three_permissions_can_change(world):
    with pytest.raises(ApiError) as refused:
        world.sanctions.permissions(CID, "bo", grant=["end-call"])
    assert (refused.value.code, refused.value.status) == (4, 400)


def test_a_request_is_answered_with_a_grant_or_a_refusal(world, told):
    world.control.create("audio_room", "room", created_by="ana", backstage=False)
    assert world.sanctions.ask("audio_room:room", "bo", ["send-audio"])
    assert told.last("call.permission_request").payload["permissions"] == ["send-audio"]
    world.sanctions.permissions("audio_room:room", "bo", revoke=["send-audio"])
    assert told.last("refused").targets == ("bo",)
    assert world.state.calls["audio_room:room"].asked["bo"] == set()
    assert world.sanctions.ask("audio_room:room", "cy", ["send-audio"])
    world.sanctions.permissions("audio_room:room", "cy", grant=["send-audio"])
    presence = world.attendance.join("audio_room:room", "cy")
    assert world.attendance.publish("audio_room:room", presence.user_session_id, "audio")


def test_asking_where_it_is_off_or_needless(world, told):
    assert not world.sanctions.ask(CID, "bo", ["send-audio"])
    world.sanctions.permissions(CID, "bo", revoke=["send-audio"])
    world.control.update(CID, settings_override={"audio": {"access_request_enabled": False}})
    assert not world.sanctions.ask(CID, "bo", ["send-audio"])
    assert "call.permission_request" not in told.types


def test_the_kicked_may_return_the_blocked_may_not(world, told, bo):
    world.sanctions.kick(CID, "bo", "moderator")
    assert told.types[-4:-2] == ["call.kicked_user", "call.session_participant_left"]
    assert world.attendance.join(CID, "bo").user_id == "bo"
    world.sanctions.kick(CID, "bo", "moderator", block=True)
    assert [kind for kind in told.types if kind.startswith(("call.kicked", "call.blocked"))] == [
        "call.kicked_user",
        "call.kicked_user",
        "call.blocked_user",
    ]
    assert world.attendance.join(CID, "bo") == Refusal("blocked")
    world.sanctions.unblock(CID, "bo")
    assert world.state.calls[CID].blocked_user_ids == []
    assert world.attendance.join(CID, "bo").user_id == "bo"


def test_blocking_does_not_tell_that_the_call_changed(world, told, bo):
    world.sanctions.block(CID, "bo", "moderator")
    assert "call.updated" not in told.types
    assert told.last("call.blocked_user").payload["blocked_by_user"].id == "moderator"


def test_a_ban_keeps_out_but_does_not_eject(world, told, bo, clock):
    world.sanctions.ban("bo", "moderator", minutes=5, reason="spam")
    assert bo.user_session_id in world.state.calls[CID].running.presences
    assert world.state.users["bo"].banned
    assert world.attendance.join(CID, "bo") == Refusal("banned")
    payload = told.last("user.banned").payload
    assert payload["reason"] == "spam"
    assert payload["expiration"].at == clock.time + 300
    clock.time += 301
    assert world.attendance.join(CID, "bo").user_id == "bo"
    assert not world.state.users["bo"].banned


def test_a_ban_ejects_where_switched_on(world, bo):
    world.sanctions.ban_ejects = True
    world.sanctions.ban("bo")
    assert world.state.calls[CID].running is None


def test_a_shadow_ban_is_invisible_to_the_banned(world):
    world.sanctions.ban("bo", shadow=True)
    assert (world.state.users["bo"].banned, world.state.users["bo"].shadow_banned) == (False, True)
    assert world.attendance.join(CID, "bo").user_id == "bo"


def test_a_ban_of_one_call_leaves_the_others_open(world):
    world.control.create("default", "other", created_by="ana")
    world.sanctions.ban("bo", cid=CID)
    assert world.attendance.join(CID, "bo") == Refusal("banned")
    assert world.attendance.join("default:other", "bo").user_id == "bo"
    world.sanctions.unban("bo", cid=CID)
    assert world.attendance.join(CID, "bo").user_id == "bo"
