"""The socket against a little server that misbehaves as real ones do."""

import asyncio
import contextlib
import random
import time

import msgspec
import pytest
from websockets.asyncio.server import serve

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.wire import coordinator as module
from console.engine.wire.coordinator import Coordinator
from tests.patience import patient

OK = '{"type":"connection.ok","connection_id":"c%d","created_at":1,"me":{"id":"mod"}}'


class Listener:
    def __init__(self):
        self.told = []
        self.news = asyncio.Event()
        self.hold = None
        self.ended = None

    def tell(self, *what):
        self.told.append(what)
        self.news.set()

    def on_connecting(self):
        self.tell("connecting")

    async def on_live(self, ok):
        self.tell("live", ok.connection_id)

    async def on_event(self, event):
        if self.hold is not None:
            await self.hold.wait()
        self.tell("event", type(event).__name__)

    def on_silent(self, sentence):
        self.tell("silent")

    def on_answered(self):
        self.tell("answered")

    def on_lost(self, sentence, retry_at):
        self.tell("lost", sentence)

    def on_refused(self, refusal):
        self.tell("refused", refusal.code)

    async def until(self, *what):
        async with asyncio.timeout(patient(10)):
            while what not in self.told:
                self.news.clear()
                await self.news.wait()


@contextlib.asynccontextmanager
async def connected(
    handler, *, renewable=False, tokens=None, token=None, clock=None, learn_time=None
):
    """A coordinator client talking to ``handler(socket, number of this socket)``."""
    count = 0

    async def handle(socket):
        nonlocal count
        count += 1
        with contextlib.suppress(Exception):
            await handler(socket, count)

    listener = Listener()
    tasks = Tasks()
    async with serve(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        fresh = iter(tokens or ())
        client = Coordinator(
            f"ws://127.0.0.1:{port}/api/v2/connect",
            api_key="key",
            user_id="mod",
            token=token or (lambda: next(fresh, "token")),
            renewable=renewable,
            listener=listener,
            clock=clock or SystemClock(),
            chance=random.Random(1),
            learn_time=learn_time,
        )
        listener.ended = tasks.spawn(client.run(), name="coordinator")
        try:
            yield client, listener
        finally:
            await tasks.close()


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(module, "delay_before_connecting", lambda failures, chance: 0.01)


async def test_the_handshake_is_streams(monkeypatch):
    seen = {}

    async def handler(socket, number):
        seen["path"] = socket.request.path
        seen["hello"] = msgspec.json.decode(await socket.recv())
        await socket.send('{"type":"health.check","created_at":1}')  # others may come first
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler) as (client, listener):
        await listener.until("live", "c1")
        assert client.connection_id == "c1"
    assert seen["path"].startswith("/api/v2/connect?api_key=key&stream-auth-type=jwt&")
    assert seen["hello"] == {
        "token": "token",
        "user_details": {"id": "mod"},
        "products": ["video"],
    }


@pytest.mark.parametrize("code", [1000, 1001, 1011, 4000])
async def test_any_close_brings_a_new_socket(code):
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        if number == 1:
            await socket.close(code)
        await socket.wait_closed()

    async with connected(handler) as (client, listener):
        await listener.until("live", "c2")
        assert ("lost", f"Stream closed the connection (code {code}).") in listener.told
        assert client.sockets_opened == 2


async def test_a_broken_connection_brings_a_new_socket():
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        if number == 1:
            socket.transport.abort()
        await socket.wait_closed()

    async with connected(handler) as (_, listener):
        await listener.until("live", "c2")
        assert ("lost", "The connection to Stream broke.") in listener.told


async def test_a_link_that_is_open_and_dead_is_doubted_then_left():
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler, clock=SystemClock(50.0)) as (_, listener):
        await listener.until("live", "c2")
    assert listener.told[:5] == [
        ("connecting",),
        ("live", "c1"),
        ("silent",),
        ("lost", "Stream does not answer any more."),
        ("live", "c2"),
    ]


async def test_a_quiet_link_is_asked_and_its_answers_keep_it():
    pings = []

    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        async for frame in socket:
            pings.append(msgspec.json.decode(frame))
            await socket.send('{"type":"health.check","created_at":1}')

    async with connected(handler, clock=SystemClock(25.0)) as (client, listener):
        async with asyncio.timeout(patient(5)):
            while len(pings) < 6:  # much longer than a silent link is kept
                listener.news.clear()
                await listener.news.wait()
        assert client.sockets_opened == 1
    assert pings[0] == {"type": "health.check"}


async def test_a_dropped_socket_is_replaced_and_says_why():
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler) as (client, listener):
        await listener.until("live", "c1")
        client.drop("It is not known any more.")
        await listener.until("live", "c2")
        assert ("lost", "It is not known any more.") in listener.told


async def test_a_stopped_client_takes_no_other_socket():
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler) as (client, listener):
        await listener.until("live", "c1")
        client.stop()
        await listener.ended
        assert listener.told == [("connecting",), ("live", "c1")]
        assert client.sockets_opened == 1


@pytest.mark.parametrize("code", [41, 42])
async def test_a_time_that_is_wrong_is_learnt_and_no_end(code):
    learnt: list[float] = []

    async def handler(socket, number):
        await socket.recv()
        if number == 1:
            await socket.send(_error(code, at=1_800_000_000_000_000_000))
            return
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler, learn_time=learnt.append) as (_, listener):
        await listener.until("live", "c2")
    assert learnt == [1_800_000_000.0]
    assert ("lost", "Stream finds the token too new. Is this machine's clock right?") in (
        listener.told
    )


async def test_a_token_that_cannot_be_made_ends_it_with_its_sentence():
    def none():
        raise WorldError("There is no token.")

    async def handler(socket, number):
        await socket.wait_closed()

    async with connected(handler, token=none) as (_, listener):
        await listener.until("refused", 0)


@pytest.mark.parametrize("code", [2, 5, 40, 43, 99])
async def test_a_final_refusal_ends_it(code):
    async def handler(socket, number):
        await socket.recv()
        await socket.send(_error(code))
        await socket.close(1008)

    async with connected(handler) as (client, listener):
        await listener.until("refused", code)
        assert client.sockets_opened == 0


async def test_a_refusal_said_before_the_first_frame_is_read():
    async def handler(socket, number):
        await socket.send(_error(2))
        await socket.close(4001)

    async with connected(handler) as (_, listener):
        await listener.until("refused", 2)


async def test_an_expired_token_is_renewed_where_that_can_be_done():
    async def handler(socket, number):
        hello = msgspec.json.decode(await socket.recv())
        if hello["token"] == "old":
            await socket.send(_error(40))
            return
        await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler, renewable=True, tokens=["old", "new"]) as (_, listener):
        await listener.until("live", "c2")


async def test_expiry_while_live_is_told():
    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        await socket.send(_error(40))
        await socket.wait_closed()

    async with connected(handler) as (_, listener):
        await listener.until("refused", 40)


async def test_a_server_that_says_nothing_is_left(monkeypatch):
    monkeypatch.setattr(module, "SIGN_IN_LIMIT_S", 0.2)

    async def handler(socket, number):
        await socket.recv()
        if number > 1:
            await socket.send(OK % number)
        await socket.wait_closed()

    async with connected(handler) as (_, listener):
        await listener.until("live", "c2")


async def test_frames_in_order_and_none_lost_when_the_console_is_slow():
    total = 1_500
    sent = asyncio.Event()

    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        for _ in range(total):
            await socket.send('{"type":"call.invented","pad":"' + "x" * 20_000 + '"}')
        sent.set()
        await socket.wait_closed()

    async with connected(handler) as (_, listener):
        listener.hold = asyncio.Event()
        await listener.until("live", "c1")
        with pytest.raises(TimeoutError):  # the pressure goes back to the server
            await asyncio.wait_for(sent.wait(), 0.3)
        listener.hold.set()
        async with asyncio.timeout(patient(10)):
            while listener.told.count(("event", "Unknown")) < total:
                listener.news.clear()
                await listener.news.wait()
        assert listener.told.count(("event", "Unknown")) == total


async def test_no_stream_server_at_all():
    async def hello(reader, writer):
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hello, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sentences = []
    for url in (f"ws://127.0.0.1:{port}/x", "not a url", "ws://127.0.0.1:1/x"):
        listener, tasks = Listener(), Tasks()
        client = Coordinator(
            url,
            api_key="key",
            user_id="mod",
            token=lambda: "token",
            renewable=False,
            listener=listener,
            clock=SystemClock(),
        )
        tasks.spawn(client.run(), name="coordinator")
        async with asyncio.timeout(patient(5)):
            while len(listener.told) < 2:
                listener.news.clear()
                await listener.news.wait()
        await tasks.close()
        sentences.append(listener.told[1])
    server.close()
    await server.wait_closed()
    assert sentences == [
        ("lost", "What answered at this address is no Stream server (status 200)."),
        ("refused", 0),
        ("lost", "Stream could not be reached."),
    ]


def _error(code, at=0):
    refused = {
        "type": "connection.error",
        "connection_id": "",
        "created_at": at,
        "error": {"code": code, "message": "no"},
    }
    return msgspec.json.encode(refused).decode()


STREAM_S = (
    b'{"code":%d,"message":"no","StatusCode":401,"duration":"0ms","more_info":"","details":[]}'
)
FOREIGN = [
    (b"302 Found", b"Location: http://portal.test/\r\n", b""),
    (b"307 Temporary Redirect", b"Location: wss://elsewhere.test/\r\n", b""),
    (b"302 Found", b"Location: ws://127.0.0.1:1/x\r\n", b""),
    (b"302 Found", b"Location: \xff\xfe://[\r\n", b""),
    (b"200 OK", b"", b"<html>Sign in to the hotel's network</html>"),
    (b"401 Unauthorized", b"", b'{"message":"Unauthorized"}'),
    (b"403 Forbidden", b"", b'{"code":5,"message":"gRPC"}'),
    (b"429 Too Many Requests", b"Retry-After: 0\r\n", b""),
    (b"502 Bad Gateway", b"", b"<html>"),
    (b"101 Switching Protocols", b"", b""),
]


@contextlib.asynccontextmanager
async def answering(*answers):
    """A coordinator client whose sockets are answered by these, one after the other."""
    left = list(answers)

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        status, headers, body = left.pop(0) if left else answers[-1]
        length = b"Content-Length: %d\r\n" % len(body)
        writer.write(b"HTTP/1.1 %b\r\n%b%b\r\n%b" % (status, headers, length, body))
        await writer.drain()
        writer.close()

    listener, tasks = Listener(), Tasks()
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        client = Coordinator(
            f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/x",
            api_key="key",
            user_id="mod",
            token=lambda: "token",
            renewable=False,
            listener=listener,
            clock=SystemClock(),
        )
        tasks.spawn(client.run(), name="coordinator")
        try:
            yield listener
        finally:
            await tasks.close()


async def test_what_is_not_stream_ends_nothing():
    last = (b"401 Unauthorized", b"", STREAM_S % 5)
    async with answering(*FOREIGN, last) as listener:
        await listener.until("refused", 5)
    lost = [sentence for what, *sentence in listener.told if what == "lost"]
    assert len(lost) == len(FOREIGN)
    assert not any("Stream refused" in sentence for [sentence] in lost)


async def test_a_socket_waits_as_long_as_asked_and_no_longer(monkeypatch):
    monkeypatch.setattr("console.engine.wire.retry_after.LONGEST_RETRY_AFTER_S", 0.3)
    slow_down = (b"429 Too Many Requests", b"Retry-After: 86400\r\n", b"")
    async with answering(slow_down, (b"401 Unauthorized", b"", STREAM_S % 5)) as listener:
        began = time.monotonic()
        await listener.until("refused", 5)
    assert time.monotonic() - began >= 0.3
    assert "more than 30 seconds" in listener.told[1][1]


async def test_stream_s_own_refusal_of_a_handshake_may_pass_by():
    passing = (b"500 Internal Server Error", b"", STREAM_S.replace(b"401", b"500") % -1)
    async with answering(passing, (b"401 Unauthorized", b"", STREAM_S % 43)) as listener:
        await listener.until("refused", 43)
    assert [what for what, *_ in listener.told] == ["connecting", "lost", "refused"]


async def test_an_event_without_end_is_not_read_and_the_next_socket_goes_on(monkeypatch):
    monkeypatch.setattr("console.engine.wire.handshake.MAX_FRAME_BYTES", 100_000)

    async def handler(socket, number):
        await socket.recv()
        await socket.send(OK % number)
        if number == 1:
            await socket.send("x" * 100_001)
        for frame in (b"\xff\xfe", "\x00", '{"a":' * 5_000, "[" * 5_000 + "]" * 5_000):
            await socket.send(frame)
        await socket.wait_closed()

    async with connected(handler) as (_, listener):
        await listener.until("live", "c2")
        async with asyncio.timeout(patient(5)):
            while listener.told.count(("event", "MalformedEvent")) < 4:
                listener.news.clear()
                await listener.news.wait()
    lost = [sentence for what, *sentence in listener.told if what == "lost"]
    assert lost == [["Stream sent an event of more than 64 MB, which was not read."]]
