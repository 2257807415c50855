"""What moderators do, through the SDK, and what the world makes of it."""

import datetime as dt

import pytest
from getstream.exceptions import StreamApiException

from console.sandbox.events import WorldEvent

CID = "default:talk"


@pytest.fixture(params=["server", "user"])
def acting(request, sandbox):
    """The call through either kind of client, and who the server says is acting."""
    client = sandbox.server() if request.param == "server" else sandbox.user()
    return client.video.call("default", "talk")


async def test_mute_one(sandbox, acting, presence_of):
    bo = presence_of(sandbox.world, "bo")
    await acting.mute_users(user_ids=["bo"], audio=True)
    assert bo.live == set()
    assert sandbox.world.attendance.publish(CID, bo.user_session_id, "audio")


async def test_mute_everyone_by_track(sandbox, acting, presence_of):
    ana, bo = (presence_of(sandbox.world, name) for name in ("ana", "bo"))
    sandbox.world.attendance.publish(CID, bo.user_session_id, "video")
    await acting.mute_users(mute_all_users=True, video=True)
    assert (ana.live, bo.live) == ({"audio"}, {"audio"})
    await acting.mute_users(mute_all_users=True, audio=True)
    assert (ana.live, bo.live) == (set(), set())


async def test_mute_needs_a_track_and_somebody(sandbox, acting):
    with pytest.raises(StreamApiException, match="at least one of audio"):
        await acting.mute_users(user_ids=["bo"])
    with pytest.raises(StreamApiException, match="user_ids or mute_all_users"):
        await acting.mute_users(audio=True)


async def test_revoke_and_grant(sandbox, acting, presence_of):
    bo = presence_of(sandbox.world, "bo")
    await acting.update_user_permissions(user_id="bo", revoke_permissions=["send-audio"])
    assert not sandbox.world.attendance.publish(CID, bo.user_session_id, "audio")
    await acting.update_user_permissions(user_id="bo", grant_permissions=["send-audio"])
    assert sandbox.world.attendance.publish(CID, bo.user_session_id, "audio")


async def test_kick_block_unblock(sandbox, acting):
    world = sandbox.world
    await acting.kick_user(user_id="bo")
    assert world.state.calls[CID].running.of_user("bo") == []
    assert world.attendance.join(CID, "bo").user_id == "bo"
    await acting.block_user(user_id="bo")
    assert world.attendance.join(CID, "bo").reason == "blocked"
    assert (await acting.get()).data.call.blocked_user_ids == ["bo"]
    await acting.unblock_user(user_id="bo")
    assert world.attendance.join(CID, "bo").user_id == "bo"
    await acting.kick_user(user_id="bo", block=True)
    assert world.attendance.join(CID, "bo").reason == "blocked"


async def test_unknown_people(sandbox, acting):
    for act in (
        acting.kick_user(user_id="nobody"),
        acting.block_user(user_id="nobody"),
        acting.mute_users(user_ids=["nobody"], audio=True),
        acting.update_user_permissions(user_id="nobody", revoke_permissions=["send-audio"]),
    ):
        with pytest.raises(StreamApiException) as refused:
            await act
        assert (refused.value.status_code, refused.value.code) == (404, 16)


async def test_captions_on_and_off(sandbox, acting, presence_of):
    bo = presence_of(sandbox.world, "bo")
    await acting.start_closed_captions()
    assert (await acting.get()).data.call.captioning
    await acting.start_closed_captions()
    assert sandbox.world.speech.speak(CID, bo.user_session_id, "hi", start=1, end=2).captioned
    await acting.stop_closed_captions()
    assert not sandbox.world.speech.speak(CID, bo.user_session_id, "hi", start=3, end=4).captioned


async def test_captions_without_a_session(sandbox):
    sandbox.world.control.create("default", "empty", created_by="ana")
    with pytest.raises(StreamApiException, match="there is no active session"):
        await sandbox.server().video.call("default", "empty").start_closed_captions()


async def test_captions_sent_by_the_server_only(sandbox):
    start = dt.datetime(2027, 1, 15, 8, tzinfo=dt.UTC)
    call = sandbox.server().video.call("default", "talk")
    await call.send_closed_caption(speaker_id="bo", text="sent", start_time=start)
    caption = sandbox.world.state.captions[-1]
    assert (caption.text, caption.start_time_ns) == ("sent", 1_800_000_000_000_000_000)
    user_call = sandbox.user().video.call("default", "talk")
    with pytest.raises(StreamApiException) as refused:
        await user_call.send_closed_caption(speaker_id="bo", text="x")
    assert refused.value.code == 17


async def test_requests_are_for_clients(sandbox):
    world = sandbox.world
    world.sanctions.permissions(CID, "cy", revoke=["send-video"])
    path = "/api/v2/video/call/default/talk/request_permission"
    body = {"permissions": ["send-video"]}
    answer = await sandbox.ask("POST", path, token=sandbox.keys.user_token("cy"), body=body)
    assert answer.status_code == 201
    assert world.state.calls[CID].asked["cy"] == {"send-video"}
    refused = await sandbox.ask("POST", path, token=sandbox.keys.server_token(), body=body)
    assert refused.status_code == 400


async def test_custom_events(sandbox):
    told: list[WorldEvent] = []
    sandbox.world.state.events.listen(told.append)
    call = sandbox.server().video.call("default", "talk")
    await call.send_call_event(user_id="ana", custom={"kind": "verdict"})
    assert (told[-1].type, told[-1].payload["custom"], told[-1].actor) == (
        "custom",
        {"kind": "verdict"},
        "ana",
    )
    with pytest.raises(StreamApiException, match="5 KB"):
        await call.send_call_event(user_id="ana", custom={"kind": "x" * 6000})
