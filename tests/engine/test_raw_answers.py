"""Bytes that are hardly HTTP, or none at all: each ends soon, in a refusal that may be retried."""

import asyncio
import contextlib
import time

import pytest

from console.base.tasks import Tasks
from console.domain.sign_in import Method, Profile
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.sign_in_token import credentials
from console.engine.wire.stream import Gateway

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
RAW = {
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n",
    "zeros": b"\x00" * 10_000,
    "no end of the headers": OK + b"X: y\r\n" * 5,
    "a long header": OK + b"X-Long: " + b"y" * 1_000_000 + b"\r\n\r\n{}",
    "many headers": OK + b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\n{}",
    "a strange header": OK + b"\xff\x00\x01: \x02\r\n\r\n{}",
    "a length that is none": OK + b"Content-Length: many\r\n\r\n{}",
    "a negative length": OK + b"Content-Length: -5\r\n\r\n{}",
    "an endless length": OK + b"Content-Length: 99999999999999999999\r\n\r\n{",
    "two lengths": OK + b"Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}",
    "less than its length": OK + b"Content-Length: 500\r\n\r\n{}",
    "a chunk that is none": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "an endless chunk": CHUNKED + b"fffffffffffffffff\r\n{}",
    "no last chunk": CHUNKED + b"2\r\n{}\r\n",
    "a status that is none": b"HTTP/1.1 banana\r\n\r\n{}",
    "a status beyond all": b"HTTP/1.1 99999 Yes\r\n\r\n{}",
    "another version": b"HTTP/9.9 200 OK\r\n\r\n",
    "go on, go on": b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000,
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
}


@contextlib.asynccontextmanager
async def answered(raw: bytes, *, open_after: bool = False):
    """A gateway to what answers everything with ``raw``."""
    tasks = Tasks()
    writers = []

    async def answer(reader, writer):
        writers.append(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(raw)
            await writer.drain()
            if open_after:
                await reader.read()
        writer.close()

    server = await asyncio.start_server(
        lambda reader, writer: tasks.spawn(answer(reader, writer), name="answer"), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    profile = Profile(
        name="p",
        api_key="k",
        method=Method.SECRET,
        user_id="mod",
        base_url=f"http://127.0.0.1:{port}",
    )
    gateway = Gateway(profile, credentials(profile, "s" * 32, time.time()))
    try:
        yield gateway
    finally:
        await gateway.close()
        server.close()
        for writer in writers:
            writer.transport.abort()
        await server.wait_closed()
        await tasks.close()


@pytest.mark.parametrize("open_after", [False, True])
async def test_every_end_is_a_refusal_and_soon(monkeypatch, open_after):
    monkeypatch.setattr("console.engine.wire.stream.WHOLE_REQUEST_LIMIT_S", 0.2)
    for name, raw in RAW.items():
        async with answered(raw, open_after=open_after) as gateway:
            for request in (
                lambda gateway=gateway: gateway.find_user("ann"),
                lambda gateway=gateway: gateway.watch_page({}, limit=1),
            ):
                with contextlib.suppress(StreamRefusedError):
                    found = await request()
                    assert found in (None, b"{}", b""), name
            with pytest.raises(StreamRefusedError) as caught:
                await gateway.act("/api/v2/video/call/default/one/kick", {"user_id": "ann"})
            assert caught.value.retryable, name
