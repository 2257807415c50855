"""Events that arrive twice, late, in the wrong order or never; and clients the server forgot."""

import contextlib
import time

import pytest
from getstream.exceptions import StreamApiException

CID = "default:talk"


@contextlib.asynccontextmanager
async def _watching(peer):
    """A socket that watches the talk."""
    async with peer.socket() as socket:
        answer = await _query(peer, socket.connection_id)
        assert answer.status_code == 201
        yield socket


async def _query(peer, connection_id):
    return await peer.ask(
        "POST",
        "/api/v2/video/calls",
        token=peer.keys.user_token("moderator"),
        query={"connection_id": connection_id},
        body={"watch": True, "filter_conditions": {"cid": CID}},
    )


def _tell(peer, *notes):
    for note in notes:
        peer.world.state.emit("custom", cid=CID, payload={"custom": {"note": note}})


async def _notes(socket, count):
    return [(await socket.next("custom"))["custom"]["note"] for _ in range(count)]


async def test_an_event_arrives_twice(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("duplicate", "custom")
        _tell(served_sandbox, 1, 2)
        assert await _notes(socket, 3) == [1, 1, 2]


async def test_two_events_change_places(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("reorder", "custom")
        _tell(served_sandbox, 1, 2, 3)
        assert await _notes(socket, 3) == [2, 1, 3]


async def test_an_event_held_back_comes_alone_when_none_follows(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("reorder", "custom", seconds=0.01)
        _tell(served_sandbox, 1)
        assert await _notes(socket, 1) == [1]


async def test_an_event_comes_late_and_others_do_not(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("delay", "call.updated", seconds=0.05)
        began = time.monotonic()
        served_sandbox.world.state.emit("call.updated", cid=CID, payload={})
        _tell(served_sandbox, 1)
        assert (await socket.next())["type"] == "custom"
        assert (await socket.next())["type"] == "call.updated"
        assert time.monotonic() - began >= 0.05


async def test_an_event_is_lost(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("lose", "custom", 2)
        _tell(served_sandbox, 1, 2, 3)
        assert await _notes(socket, 1) == [3]
        assert served_sandbox.world.state.faults.happened == 2


async def test_sockets_are_dropped(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("drop", status=4321)
        assert await socket.closed() == 4321


async def test_the_server_forgot_the_connection(served_sandbox):
    async with _watching(served_sandbox) as socket:
        served_sandbox.world.state.faults.add("stale_connection", "/calls")
        await served_sandbox.user().video.query_calls()  # names no connection: not hit
        refused = await _query(served_sandbox, socket.connection_id)
        assert (refused.status_code, refused.json()["code"]) == (400, 46)
        assert (await _query(served_sandbox, socket.connection_id)).status_code == 201


async def test_a_token_expires_for_a_request_and_for_a_handshake(served_sandbox):
    faults = served_sandbox.world.state.faults
    faults.add("expired_token", "/calls")
    with pytest.raises(StreamApiException, match="expired") as refused:
        await served_sandbox.user().video.query_calls()
    assert refused.value.status_code == 401
    faults.add("expired_token", "connect")
    await served_sandbox.user().video.query_calls()
    async with served_sandbox.socket() as socket:
        assert socket.first["type"] == "connection.error"
        assert socket.first["error"]["code"] == 40
    async with served_sandbox.socket() as socket:
        assert socket.first["type"] == "connection.ok"


@pytest.mark.parametrize(("ahead", "code"), [(120.0, 40), (-120.0, 42)])
async def test_the_clock_of_the_server_is_wrong(served_sandbox, ahead, code):
    peer = served_sandbox
    token = peer.keys.user_token("moderator", lasts=60)
    async with _watching(peer) as socket:
        peer.world.state.faults.add("skew", seconds=ahead)
        _tell(peer, 1)
        told = (await socket.next("custom"))["created_at"] / 1e9
        assert told == pytest.approx(time.time() + ahead, abs=30)
        refused = await peer.ask("GET", "/api/v2/video/call/default/talk", token=token)
        assert (refused.status_code, refused.json()["code"]) == (401, code)
        peer.world.state.faults.clear()
        well = await peer.ask("GET", "/api/v2/video/call/default/talk", token=token)
        assert well.status_code == 200
