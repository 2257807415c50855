"""Addresses of pictures are hostile: each that may not be used ends in a sentence."""

import asyncio
import contextlib
import socket

import pytest

from console.base.errors import WorldError
from console.engine.pictures import fetch
from console.engine.pictures.fetch import Fetcher

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@contextlib.asynccontextmanager
async def served(*answers):
    """A server on loopback that gives these answers, one a connection; yields its address."""
    left = list(answers)

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(left.pop(0))
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def http(body, status="200 OK", more=""):
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def test_a_picture_is_fetched_also_behind_a_redirect():
    moved = http(b"", "302 Found", "Location: /other\r\n")
    async with served(moved, http(PNG)) as url:
        assert await Fetcher(from_here=True).fetch(f"{url}/a.png") == PNG


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://example.org/a.png", "begins with https"),
        ("file:///etc/passwd", "begins with https"),
        ("", "begins with https"),
        ("https://[::1", "could not be reached"),
        ("https://127.0.0.1/a.png", "into this network"),
        ("http://localhost/a.png", "into this network"),
        ("https://10.1.2.3/a.png", "into this network"),
        ("https://169.254.169.254/latest", "into this network"),
        ("https://[fe80::1]/a.png", "into this network"),
        ("https://example.org/" + "a" * 5_000, "too long"),
    ],
)
async def test_an_address_that_may_not_be_used_is_refused_before_anything_is_sent(url, part):
    with pytest.raises(WorldError, match=part):
        await Fetcher().fetch(url)


async def test_a_name_that_leads_into_this_network_is_refused():
    own = socket.gethostbyname(socket.gethostname())
    if not own.startswith(("10.", "127.", "172.", "192.168.")):
        pytest.skip("this machine's own name has a public address")
    with pytest.raises(WorldError, match="into this network"):
        await Fetcher().fetch(f"https://{socket.gethostname()}:9/a.png")


async def test_what_is_no_picture_too_large_late_or_endless_is_refused(monkeypatch):
    fetcher = Fetcher(from_here=True)
    again = http(b"", "302 Found", "Location: /again\r\n")
    elsewhere = http(b"", "302 Found", "Location: http://example.org/a.png\r\n")
    monkeypatch.setattr(fetch, "MAX_BYTES", 1 << 20)
    for answers, part in (
        ([http(b"<html>")], "no picture"),
        ([http(b"", "404 Not Found")], "answered 404"),
        ([http(PNG + bytes(2 << 20))], "larger than 1 MB"),
        ([again] * 5, "no end"),
        ([elsewhere], "begins with https"),
        ([b"HTTP/1.1 nonsense\r\n\r\n"], "could not be reached"),
    ):
        async with served(*answers) as url:
            with pytest.raises(WorldError, match=part):
                await fetcher.fetch(f"{url}/a.png")
    async with served(http(PNG)[:-50]) as url:
        with pytest.raises(WorldError, match="could not be reached"):
            await fetcher.fetch(f"{url}/a.png")


async def test_an_address_that_gives_nothing_in_time_is_left(monkeypatch):
    monkeypatch.setattr(fetch, "LIMIT_S", 0.2)

    async def nothing(reader, writer):
        await reader.read()  # until the other end leaves
        writer.close()

    silent = await asyncio.start_server(nothing, "127.0.0.1", 0)
    async with silent:
        port = silent.sockets[0].getsockname()[1]
        with pytest.raises(WorldError, match="did not come within"):
            await Fetcher(from_here=True).fetch(f"http://127.0.0.1:{port}/a.png")
