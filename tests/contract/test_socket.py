"""The coordinator socket as clients use it (STREAM.md 2)."""

import asyncio
import json

import pytest
import websockets

from tests.patience import patient

CID = "default:talk"


async def _watch(peer, socket, **filters):
    body = {"watch": True, "filter_conditions": filters}
    answer = await peer.ask(
        "POST",
        "/api/v2/video/calls",
        token=peer.keys.user_token("moderator"),
        query={"connection_id": socket.connection_id},
        body=body,
    )
    assert answer.status_code == 201
    return answer.json()


@pytest.mark.parametrize(("path", "kind"), [("/api/v2/connect", int), ("/video/connect", str)])
async def test_greeting_in_the_form_of_the_path(served_sandbox, path, kind):
    async with served_sandbox.socket(path=path) as socket:
        assert socket.first["type"] == "connection.ok"
        assert socket.first["me"]["id"] == "moderator"
        assert isinstance(socket.first["created_at"], kind)
        assert isinstance(socket.first["me"]["created_at"], kind)


async def test_a_bad_token_is_told_and_closed(served_sandbox):
    async with served_sandbox.socket(token=served_sandbox.keys.user_token("bo")) as socket:
        assert socket.first["type"] == "connection.error"
        assert socket.first["error"]["code"] == 5
        assert await socket.closed() not in (1000, None)


@pytest.mark.parametrize("frame", ["", "[]", "{", '{"token": 1}', "\ud7ff"])
async def test_a_first_frame_that_is_none(served_sandbox, frame):
    url = f"{served_sandbox.ws_url}?api_key={served_sandbox.api_key}"
    async with websockets.connect(url) as raw:
        await raw.send(frame)
        answer = json.loads(await asyncio.wait_for(raw.recv(), patient(5)))
        assert (answer["type"], answer["error"]["code"]) == ("connection.error", 4)


@pytest.mark.parametrize(
    "ping",
    [
        [{"type": "health.check", "client_id": "moderator--1"}],
        {"type": "health.check", "cid": "*"},
    ],
)
async def test_health_checks_as_array_and_object(served_sandbox, ping):
    async with served_sandbox.socket() as socket:
        await socket.raw.send(json.dumps(ping))
        answer = await socket.next()
        assert (answer["type"], answer["connection_id"]) == ("health.check", socket.connection_id)


async def test_nothing_is_heard_without_a_watch(served_sandbox):
    world = served_sandbox.world
    async with served_sandbox.socket() as socket:
        world.attendance.join(CID, "cy")
        world.sanctions.ban("cy")
        assert await socket.until("user.banned") == ["user.banned"]
        await _watch(served_sandbox, socket, cid=CID)
        world.sanctions.kick(CID, "cy", "moderator")
        assert await socket.until("call.session_participant_left") == [
            "call.kicked_user",
            "call.session_participant_left",
        ]


async def test_watches_end_with_their_socket(served_sandbox):
    async with served_sandbox.socket() as socket:
        await _watch(served_sandbox, socket, ongoing=True)
        assert served_sandbox.world.state.counters.watches == 1
        served_sandbox.sockets.drop(1011)
        assert await socket.closed() == 1011
        stale = socket.connection_id
    async with served_sandbox.socket() as socket:
        assert socket.connection_id != stale
        assert served_sandbox.world.state.counters.watches == 0
        answer = await served_sandbox.ask(
            "POST",
            "/api/v2/video/calls",
            token=served_sandbox.keys.user_token("moderator"),
            query={"connection_id": stale},
            body={"watch": True},
        )
        assert answer.json()["code"] == 46


async def test_a_deactivated_users_sockets_are_closed_and_refused_until_reactivated(served_sandbox):
    peer = served_sandbox
    async with peer.socket("bo") as socket, peer.socket("cy") as other:
        await peer.server().deactivate_user(user_id="bo")
        assert await socket.closed() == 4003
        assert (await other.next("user.deactivated"))["user"]["id"] == "bo"
    async with peer.socket("bo") as socket:
        assert socket.first["error"]["code"] == 17
    await peer.server().reactivate_user(user_id="bo")
    async with peer.socket("bo") as socket:
        assert socket.first["type"] == "connection.ok"


async def test_members_hear_without_watching(served_sandbox):
    async with served_sandbox.socket() as socket:
        served_sandbox.world.control.create(
            "default", "later", created_by="ana", members=["moderator"]
        )
        created = await socket.next("call.created")
        assert created["call_cid"] == "default:later"


async def test_a_caption_arrives_as_it_was_said(served_sandbox, presence_of):
    world = served_sandbox.world
    bo = presence_of(world, "bo")
    world.control.captions(CID, True)
    hostile = "<b>bold</b> \u202egnp.exe 👩‍👩‍👧 " + "x" * 32_000
    async with served_sandbox.socket() as socket:
        await _watch(served_sandbox, socket, cid={"$in": [CID]})
        said = world.speech.speak(CID, bo.user_session_id, hostile, start=100.25, end=101.5).caption
        caption = (await socket.next("call.closed_caption"))["closed_caption"]
    assert caption["text"] == hostile
    assert (caption["id"], caption["start_time"]) == (said.id, said.start_time_ns)
    assert caption["user"]["id"] == "bo"
    assert world.state.counters.delivered["call.closed_caption"] == 1


async def test_every_act_is_told_to_watchers(served_sandbox):
    server = served_sandbox.server()
    call = server.video.call("default", "talk")
    async with served_sandbox.socket() as socket:
        await _watch(served_sandbox, socket, cid=CID)
        await call.mute_users(user_ids=["bo"], audio=True, muted_by_id="moderator")
        muted = await socket.next()
        assert (muted["type"], muted["from_user_id"], muted["muted_user_ids"]) == (
            "call.user_muted",
            "moderator",
            ["bo"],
        )
        await call.update_user_permissions(user_id="bo", revoke_permissions=["send-audio"])
        changed = await socket.next()
        assert changed["type"] == "call.permissions_updated"
        assert "send-audio" not in changed["own_capabilities"]
        await call.kick_user(user_id="bo", kicked_by_id="moderator", block=True)
        kicked, blocked = await socket.next(), await socket.next()
        assert (kicked["type"], kicked["kicked_by_user"]["id"]) == (
            "call.kicked_user",
            "moderator",
        )
        assert blocked["type"] == "call.blocked_user"
        left = await socket.next("call.session_participant_left")
        assert left["participant"]["user"]["id"] == "bo"
        await call.update(custom={"name": "New"})
        assert (await socket.next("call.updated"))["call"]["custom"] == {"name": "New"}
        await call.end()
        assert await socket.until("call.session_ended") == ["call.ended", "call.session_ended"]


async def test_raw_frames_reach_sockets_as_they_are(served_sandbox):
    async with served_sandbox.socket() as socket:
        assert served_sandbox.sockets.send_raw("not json at all", "moderator") == 1
        assert await asyncio.wait_for(socket.raw.recv(), patient(5)) == "not json at all"


async def test_any_event_can_be_told(served_sandbox):
    async with served_sandbox.socket() as socket:
        await _watch(served_sandbox, socket, cid=CID)
        state = served_sandbox.world.state
        state.emit("call.moderation_warning", cid=CID, payload={"message": "m"})
        warned = await socket.next()
        assert (warned["type"], warned["call_cid"], warned["message"]) == (
            "call.moderation_warning",
            CID,
            "m",
        )
