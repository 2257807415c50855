"""What clients saw is saved, and seen again by clients that know nothing of it."""

import asyncio
import json
import stat
import sys
from pathlib import Path

import httpx
import pytest
import websockets
from getstream.stream import AsyncStream

from console.base.errors import WorldError
from console.sandbox.replay import Replay
from console.sandbox.server import serving
from console.sandbox.tape import Answer, Closed, Entry, Opened, Recorder, Sent, read
from tests.patience import patient

CID = "default:talk"
QUERY = {"watch": True, "filter_conditions": {"cid": CID}}


@pytest.fixture
async def taped(sandbox, tmp_path):
    """A moderator watched a call, saw three lines, muted bo, and was dropped."""
    path = tmp_path / "evening.tape"
    recorder = Recorder(sandbox.app, path)
    async with serving(recorder) as address:
        sandbox.base_url, sandbox.ws_url = address.base_url, address.ws_url
        sandbox.in_process = False
        async with sandbox.socket() as socket:
            answer = await sandbox.ask(
                "POST",
                "/api/v2/video/calls",
                token=sandbox.keys.user_token("moderator"),
                query={"connection_id": socket.connection_id},
                body=QUERY,
            )
            assert answer.status_code == 201
            for number in range(3):
                sandbox.world.state.emit("custom", cid=CID, payload={"custom": {"line": number}})
            await (
                sandbox.user().video.call("default", "talk").mute_users(user_ids=["bo"], audio=True)
            )
            for _ in range(2):
                await sandbox.server().video.call("default", "talk").get()
                sandbox.world.state.calls[CID].custom["name"] = "Renamed"
            await socket.next("call.user_muted")
            sandbox.sockets.drop(4009)
            assert await socket.closed() == 4009
    recorder.close()
    return path


async def test_the_tape_holds_what_was_seen_and_no_token(taped, sandbox):
    entries = list(read(taped))
    assert [entry.path for entry in entries if isinstance(entry, Opened)] == ["/api/v2/connect"]
    answers = [entry for entry in entries if isinstance(entry, Answer)]
    assert [(one.method, one.status) for one in answers] == [
        ("POST", 201),
        ("POST", 201),
        ("GET", 200),
        ("GET", 200),
    ]
    frames = [json.loads(entry.text)["type"] for entry in entries if isinstance(entry, Sent)]
    assert frames[:4] == ["connection.ok", "custom", "custom", "custom"]
    assert [entry.code for entry in entries if isinstance(entry, Closed)] == [4009]
    text = taped.read_text(encoding="utf-8")
    assert "eyJ" not in text
    assert sandbox.api_key not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(taped.stat().st_mode) == 0o600


async def _read_all(raw, seen):
    while True:
        seen.append(json.loads(await raw.recv())["type"])


async def test_clients_see_it_again(taped):
    async with serving(Replay(read(taped), speed=float("inf")).app()) as address:
        async with AsyncStream(
            api_key="any", api_secret="thing" * 8, base_url=address.base_url
        ) as client:
            call = client.video.call("default", "talk")
            names = [(await call.get()).data.call.custom["name"] for _ in range(3)]
            assert names == ["Talk", "Renamed", "Renamed"]
        async with httpx.AsyncClient(base_url=address.base_url) as http:
            missing = await http.get("/api/v2/video/edges")
            assert (missing.status_code, missing.json()["code"]) == (404, 16)
            again = await http.post("/api/v2/video/calls?connection_id=other", json=QUERY)
            assert again.json()["calls"][0]["call"]["cid"] == CID
        async with websockets.connect(f"{address.ws_url}?api_key=any") as raw:
            await raw.send("{}")
            seen: list[str] = []
            async with asyncio.timeout(patient(5)):
                with pytest.raises(websockets.ConnectionClosedError):
                    await _read_all(raw, seen)
        assert seen[:4] == ["connection.ok", "custom", "custom", "custom"]
        assert "call.user_muted" in seen
        assert raw.close_code == 4009


async def test_health_checks_are_answered_while_the_tape_is_silent():
    entries: list[Entry] = [
        Opened(0.0, 1, "/video/connect"),
        Sent(0.1, 1, '{"type":"connection.ok"}'),
        Sent(0.2, 1, '{"type":"health.check"}'),
    ]
    async with serving(Replay(entries, speed=100.0).app()) as address:
        url = address.ws_url.replace("/api/v2", "/video")
        async with websockets.connect(url) as raw, asyncio.timeout(patient(5)):
            await raw.send("{}")
            assert json.loads(await raw.recv())["type"] == "connection.ok"
            await raw.send('[{"type": "health.check"}]')
            answer = json.loads(await raw.recv())
            assert (answer["type"], type(answer["created_at"])) == ("health.check", str)


async def test_tapes_that_are_none(tmp_path):
    broken = tmp_path / "broken.tape"
    broken.write_text('{"type":"sent","at":0,"socket":1,"text":"x"}\n{"type":"song"}\n')
    with pytest.raises(WorldError, match=r"Line 2 of broken\.tape"):
        list(read(broken))
    for path, why in (("none.tape", "No such file"), ("/dev/zero", "a device, not a file")):
        with pytest.raises(WorldError, match=f"could not be read: .*{why}"):
            list(read(tmp_path / path))
    with pytest.raises(WorldError, match="cannot be written"):
        Recorder(Replay([]).app(), tmp_path)


def test_a_tape_on_a_full_disk_says_so_at_the_end():
    recorder = Recorder(Replay([]).app(), Path("/dev/full"))
    recorder._write(Opened(0.0, 1, "/video/connect"))  # as a client that connects makes it do
    with pytest.raises(WorldError, match="The tape ends too early: No space left on device"):
        recorder.close()
