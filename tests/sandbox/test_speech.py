"""Captions and silence."""

import pytest

CID = "default:talk"


def _say(world, presence, text="hello", start=10.0):
    return world.speech.speak(CID, presence.user_session_id, text, start=start, end=start + 1)


def test_speech_is_captioned_when_captions_run(world, told, bo):
    assert _say(world, bo).reason == "captions off"
    world.control.captions(CID, True)
    outcome = _say(world, bo)
    assert outcome.captioned
    payload = told.last("call.closed_caption").payload["closed_caption"]
    assert (payload["id"], payload["text"], payload["speaker_id"]) == (
        outcome.caption.id,
        "hello",
        "bo",
    )
    assert (world.state.counters.spoken, world.state.counters.captioned) == (2, 1)
    assert list(world.state.captions) == [outcome.caption]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda world: world.sanctions.mute(CID, ["bo"], ["audio"]), "muted"),
        (lambda world: world.sanctions.permissions(CID, "bo", revoke=["send-audio"]), "revoked"),
        (lambda world: world.sanctions.kick(CID, "bo"), "not present"),
        (lambda world: world.control.captions(CID, False), "captions off"),
    ],
)
def test_why_somebody_is_silent(world, bo, act, reason):
    world.attendance.join(CID, "cy")
    world.control.captions(CID, True)
    act(world)
    outcome = _say(world, bo)
    assert (outcome.captioned, outcome.reason) == (False, reason)
    assert dict(world.state.counters.silent) == {reason: 1}


def test_no_two_captions_of_a_speaker_share_a_start(world, bo):
    world.control.captions(CID, True)
    starts = [_say(world, bo, start=at).caption.start_time_ns for at in (10.0, 10.0, 9.0, 11.0)]
    assert starts == [10_000_000_000, 10_001_000_000, 10_002_000_000, 11_000_000_000]


def test_the_server_may_send_captions_of_people_elsewhere(world, told):
    caption = world.speech.send(CID, "cy", "sent", start=None, end=None, language="nl")
    assert (caption.start, caption.language) == (world.state.now(), "nl")
    assert told.types == ["call.closed_caption"]
