"""What moderators do, and what people make of it, in the world itself."""

import pytest

ROOM = "default:room"
TROLLING = """
[[pools]]
id = "abuse"
lines = ["What a clown."]
[[chatter]]
call = "room"
who = ["troll"]
pools = ["abuse"]
every = [1.0, 1.5]
[[chatter]]
call = "room"
who = ["ben"]
pools = ["abuse"]
every = [1.0, 1.5]
[[chatter]]
call = "room"
who = ["ann"]
pools = ["abuse"]
every = [1.0, 1.5]
"""


def lines_of(room, user_id, since=0.0):
    return [
        caption
        for caption in room.world.state.captions
        if caption.speaker_id == user_id and caption.start > room.clock.now() - since
    ]


def test_a_muted_one_is_silent_until_they_unmute(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.mute(ROOM, ["ben"], ["audio"], "moderator")
    assert room.live(ROOM, "ben") == set()
    before = len(lines_of(room, "ben", 1e9))
    room.until(10.0)
    assert len(lines_of(room, "ben", 1e9)) == before
    assert room.world.state.counters.silent["muted"] > 0
    room.until(25.0)
    assert room.live(ROOM, "ben") == {"audio"}
    assert len(lines_of(room, "ben", 1e9)) > before


def test_a_revoked_one_tries_in_vain(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.permissions(ROOM, "troll", revoke=["send-audio"], by="moderator")
    before = len(lines_of(room, "troll", 1e9))
    room.until(60.0)
    assert room.live(ROOM, "troll") == set()
    assert len(lines_of(room, "troll", 1e9)) == before
    assert room.world.state.counters.silent["revoked"] > 0


def test_a_revocation_taken_back_gives_the_voice_back(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.permissions(ROOM, "ann", revoke=["send-audio"], by="moderator")
    room.until(12.0)
    room.world.sanctions.permissions(ROOM, "ann", grant=["send-audio"], by="moderator")
    room.until(30.0)
    assert "audio" in room.live(ROOM, "ann")
    assert lines_of(room, "ann", 10.0)


def test_a_kicked_one_comes_back(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.kick(ROOM, "troll", "moderator")
    assert room.live(ROOM, "troll") is None
    room.until(20.0)
    assert room.live(ROOM, "troll") == {"audio"}
    assert lines_of(room, "troll", 5.0)


def test_a_blocked_one_does_not(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.block(ROOM, "troll", "moderator")
    before = len(lines_of(room, "troll", 1e9))
    room.until(60.0)
    assert room.live(ROOM, "troll") is None
    assert len(lines_of(room, "troll", 1e9)) == before
    room.world.sanctions.unblock(ROOM, "troll", "moderator")
    room.until(80.0)
    assert room.live(ROOM, "troll") == {"audio"}


def test_a_banned_and_kicked_one_cannot_join_but_evades_under_another_name(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.ban("troll", "moderator")
    room.world.sanctions.kick(ROOM, "troll", "moderator")
    room.until(15.0)
    assert room.live(ROOM, "troll") is None
    room.until(60.0)
    assert room.live(ROOM, "troll") is None
    assert room.live(ROOM, "troll-2") == {"audio"}
    assert room.world.state.users["troll-2"].name == "Not Troll"
    assert lines_of(room, "troll-2", 10.0)


def test_a_banned_address_keeps_out_who_evades_under_another_name(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.ban("troll", "moderator", ip=True)
    room.world.sanctions.kick(ROOM, "troll", "moderator")
    room.until(120.0)
    assert room.world.state.users["troll-2"].name == "Not Troll"
    assert room.live(ROOM, "troll-2") is None
    assert room.live(ROOM, "ben") is not None


def test_an_evader_has_one_other_name(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.ban("troll", "moderator")
    room.until(40.0)
    room.world.sanctions.ban("troll-2", "moderator")
    room.world.sanctions.kick(ROOM, "troll-2", "moderator")
    room.until(120.0)
    assert "troll-3" not in room.world.state.users
    assert room.live(ROOM, "troll-2") is None


def test_a_mute_of_everyone_touches_only_those_who_talk(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.mute_all(ROOM, ["audio"], "moderator")
    room.until(90.0)
    assert room.live(ROOM, "cy") == set()
    assert room.live(ROOM, "ben") == {"audio"}


def test_losing_the_camera_does_not_stop_the_talk(play):
    room = play(TROLLING)
    room.until(6.0)
    room.world.sanctions.mute(ROOM, ["ann"], ["video"], "moderator")
    room.until(16.0)
    assert room.live(ROOM, "ann") == {"audio"}
    assert lines_of(room, "ann", 8.0)


ASKING = """
[[calls]]
id = "stage"
type = "livestream"
name = "Stage"
by = "ann"
hosts = ["ann"]
people = ["ann", "cy", "ben"]
voices = ["ann"]
captions = "auto-on"
[[events]]
at = 1.0
kind = "ask"
call = "stage"
who = ["cy"]
then = ["Thank you for the floor.", "That was all."]
"""
STAGE = "livestream:stage"


def test_one_who_asked_speaks_when_granted(play):
    room = play(ASKING)
    room.until(2.0)
    assert room.world.state.calls[STAGE].asked["cy"] == {"send-audio"}
    room.world.sanctions.permissions(STAGE, "cy", grant=["send-audio"], by="moderator")
    room.until(15.0)
    assert room.live(STAGE, "cy") == {"audio"}
    assert room.spoken == [("cy", "Thank you for the floor."), ("cy", "That was all.")]


@pytest.mark.parametrize("answer", ["none", "refuse"])
def test_one_who_asked_is_silent_until_then(play, answer):
    room = play(ASKING)
    room.until(2.0)
    if answer == "refuse":
        room.world.sanctions.permissions(STAGE, "cy", revoke=["send-audio"], by="moderator")
    room.until(60.0)
    assert room.live(STAGE, "cy") == set()
    assert room.spoken == []
    asked = [e for e in room.events if e.type == "call.permission_request"]
    assert len(asked) == (1 if answer == "none" else 2)
