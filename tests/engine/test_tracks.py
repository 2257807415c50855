"""Live microphones, cameras and screens of the call in focus, over the served sandbox."""

import pytest

from console.domain.sign_in import Method
from console.engine.services import tracks

CID = "default:one"
AUDIO, VIDEO = "audio", "video"
PEOPLE = [f"user{number:03}" for number in range(300)]


def live(console, user_id):
    person = console.person(user_id)
    return person.live if person is not None and person.live_known else None


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_all_microphones_of_a_large_call_are_known(sandbox, console, method):
    present = dict(zip(PEOPLE, sandbox.call("one", *PEOPLE), strict=True))
    for user_id in PEOPLE[:7]:
        sandbox.world.attendance.publish(CID, present[user_id].user_session_id, VIDEO)
    for user_id in PEOPLE[::10]:
        sandbox.world.attendance.unpublish(CID, present[user_id].user_session_id, AUDIO)
    console.router.answer(sandbox.sign_in(method))
    console.focus(CID)
    await console.live(CID)

    await console.until(lambda: all(live(console, user_id) is not None for user_id in PEOPLE))

    for number, user_id in enumerate(PEOPLE):
        wanted = {VIDEO} if number < 7 else set()
        assert live(console, user_id) == (wanted if number % 10 == 0 else wanted | {AUDIO})


async def test_what_a_colleague_mutes_and_who_joins_is_asked_for_at_once(
    sandbox, console, monkeypatch
):
    sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in())
    console.focus(CID)
    await console.live(CID)
    await console.until(lambda: live(console, "ann") == live(console, "bob") == {AUDIO})
    monkeypatch.setattr(tracks, "EVERY_S", 1e6)
    asked = sandbox.world.state.counters.requests
    before = asked["QueryCallParticipants"]
    await console.until(lambda: asked["QueryCallParticipants"] > before)  # the last by itself

    sandbox.world.sanctions.mute(CID, ["ann"], [AUDIO], by="host")
    await console.until(lambda: live(console, "ann") == set())
    sandbox.join(CID, "cy")
    await console.until(lambda: live(console, "cy") == {AUDIO})


@pytest.mark.clock_speed(5)
async def test_what_no_event_tells_is_known_soon(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    sandbox.world.attendance.unpublish(CID, bob.user_session_id, AUDIO)
    console.router.answer(sandbox.sign_in())
    console.focus(CID)
    await console.live(CID)
    await console.until(lambda: (live(console, "ann"), live(console, "bob")) == ({AUDIO}, set()))

    sandbox.world.attendance.unpublish(CID, ann.user_session_id, AUDIO)
    sandbox.world.attendance.publish(CID, bob.user_session_id, AUDIO)
    await console.until(lambda: (live(console, "ann"), live(console, "bob")) == (set(), {AUDIO}))


@pytest.mark.clock_speed(5)
async def test_a_user_token_does_not_ask_more_than_it_may(sandbox, console, shared_clock):
    """60 requests a minute (STREAM.md 1.7), however much happens."""
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    console.focus(CID)
    await console.live(CID)
    await console.until(lambda: live(console, "ann") == {AUDIO})
    requests = sandbox.world.state.counters.requests
    began, asked = shared_clock.monotonic(), requests["QueryCallParticipants"]
    for number in range(20):
        sandbox.join(CID, f"guest{number}")
    await console.until(lambda: live(console, "guest19") == {AUDIO})
    assert requests["QueryCallParticipants"] - asked <= 3 + (shared_clock.monotonic() - began)
