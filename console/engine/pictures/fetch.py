"""Fetches a picture from an address that somebody else chose: bounded, and only from the internet.

Addresses are hostile: they come with events, chat messages and profiles. None may lead into this
network, except where Stream itself is said to be on this machine.
"""

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from console.base.errors import WorldError
from console.domain.addresses import is_loopback
from console.domain.picture import image_kind
from console.engine.wire.limits import MAX_URL
from console.engine.wire.way_out import proxy_for, trusted

if TYPE_CHECKING:
    import aiohttp

MAX_BYTES = 10 << 20
LIMIT_S = 10.0
MAX_REDIRECTS = 3
_PIECE = 65_536


class Fetcher:
    """``from_here``: addresses of this machine may be fetched too, and without encryption."""

    def __init__(self, *, from_here: bool = False) -> None:
        self._from_here = from_here

    async def fetch(self, url: str) -> bytes:
        """The bytes of the picture at ``url``.

        Raises:
            WorldError: the address is none that may be used, or it did not give a picture in time.
        """
        import aiohttp  # slow to import, and only needed where there are pictures

        try:
            async with asyncio.timeout(LIMIT_S):
                return await self._follow(url)
        except TimeoutError as error:
            raise WorldError(f"The picture did not come within {LIMIT_S:.0f} s.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise WorldError("The picture's address could not be reached.") from error

    async def _follow(self, url: str) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            self._check(url)
            found = await self._ask(url)
            if isinstance(found, bytes):
                return found
            url = urljoin(url, found)
        raise WorldError("The picture's address leads from one to the next and to no end.")

    def _check(self, url: str) -> None:
        if len(url) > MAX_URL:
            raise WorldError("The picture's address is too long.")
        parts = urlsplit(url)
        here = is_loopback(parts.hostname or "")
        if not parts.hostname or (parts.scheme, here) not in (("https", here), ("http", True)):
            raise WorldError("The picture's address is none that begins with https://.")
        if not self._from_here and (here or _inside(parts.hostname)):
            raise WorldError(_INSIDE)

    async def _ask(self, url: str) -> bytes | str:
        """The picture, or where it is instead."""
        import aiohttp

        proxy = proxy_for(url)
        # A proxy looks names up itself, and may well be inside this network.
        resolver = None if proxy or self._from_here else _outside_only()
        connector = aiohttp.TCPConnector(resolver=resolver, ssl=trusted())
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
            ) as session,
            session.get(
                url, proxy=proxy, allow_redirects=False, headers={"Accept": "image/*"}
            ) as answer,
        ):
            if answer.status in (301, 302, 303, 307, 308) and "Location" in answer.headers:
                return answer.headers["Location"]
            if answer.status != 200:
                raise WorldError(f"The picture's address answered {answer.status}.")
            return await _read(answer)


async def _read(answer: "aiohttp.ClientResponse") -> bytes:
    data = bytearray()
    async for piece in answer.content.iter_chunked(_PIECE):
        data += piece
        if len(data) > MAX_BYTES:
            raise WorldError(f"The picture is larger than {MAX_BYTES >> 20} MB.")
    if not image_kind(bytes(data[:16])):
        raise WorldError("What its address gave is no picture of a known format.")
    return bytes(data)


_INSIDE = "The picture's address leads into this network, so it is not fetched."


def _inside(host: str) -> bool:
    """Whether ``host`` is an address that the internet does not have."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _outside_only() -> Any:
    """A resolver of names that gives no address inside of this network."""
    from aiohttp.resolver import ThreadedResolver

    class OutsideOnly(ThreadedResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> Any:
            found = await super().resolve(host, port, family)
            if any(_inside(each["host"]) for each in found):
                raise WorldError(_INSIDE)
            return found

    return OutsideOnly()
