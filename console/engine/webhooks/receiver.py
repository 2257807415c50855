"""Listens for webhooks and hands on what Stream signed."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from console.base.clock import Clock
from console.base.recent_ids import RecentIds
from console.engine.webhooks.allowance import Allowance
from console.engine.webhooks.listen_at import ListenAt
from console.engine.webhooks.signed import (
    MAX_PACKED_BYTES,
    TOO_LARGE,
    RefusedWebhookError,
    SignedWebhook,
    signed_webhook,
)

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

A_SECOND = 500.0
BURST = 1_000
AT_ONCE = 100
BODY_LIMIT_S = 5.0
REMEMBERED = 20_000
_PIECE = 65_536

TOO_MANY = "Webhooks came faster than they can be taken; Stream sends them again."
TOO_SLOW = f"A webhook was refused: its body did not come within {BODY_LIMIT_S:.0f} s."
NOT_POST = "A request that is no webhook came to the address of webhooks."


class Receiver:
    """Attributes:
        port: where it listens; 0 before.
        refused: requests that were turned away, forged ones among them. doubles: webhooks that
            came before.

    Args:
        take: gets each webhook once; False where there is no room for it now.
        problem: gets a sentence for each request that is refused.
    """

    def __init__(
        self,
        at: ListenAt,
        *,
        api_key: str,
        secret: str,
        clock: Clock,
        take: Callable[[bytes], bool],
        problem: Callable[[str], None],
    ) -> None:
        self._at = at
        self._api_key = api_key
        self._secret = secret
        self._clock = clock
        self._take = take
        self._problem = problem
        self._allowance = Allowance(A_SECOND, BURST)
        self._known = RecentIds(2 * REMEMBERED)
        self._under_way = 0
        self.port = 0
        self.refused = 0
        self.doubles = 0

    async def run(self) -> None:
        """Listen until this is cancelled.

        Raises:
            OSError: the address cannot be used.
        """
        from aiohttp import web  # slow to import, and only needed where webhooks are taken

        server = web.Server(
            self._answer,
            access_log=None,
            auto_decompress=False,  # a packed body is unpacked within bounds
        )
        runner = web.ServerRunner(server)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._at.host, self._at.port)
            await site.start()
            self.port = runner.addresses[0][1]
            log.info("webhooks are taken at %s", ListenAt(self._at.host, self.port).url)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _answer(self, request: "web.BaseRequest") -> "web.StreamResponse":
        from aiohttp import web

        try:
            await self._receive(request)
        except RefusedWebhookError as error:
            self.refused += 1
            self._problem(str(error))
            return web.Response(status=error.status, text=str(error), headers=_CLOSE)
        return web.Response(status=200)

    async def _receive(self, request: "web.BaseRequest") -> None:
        if request.method != "POST":
            raise RefusedWebhookError(405, NOT_POST)
        if self._under_way >= AT_ONCE or not self._allowance.take(self._clock.monotonic()):
            raise RefusedWebhookError(429, TOO_MANY)
        self._under_way += 1
        try:
            async with asyncio.timeout(BODY_LIMIT_S):
                body = await _body(request)
        except TimeoutError as error:
            raise RefusedWebhookError(408, TOO_SLOW) from error
        finally:
            self._under_way -= 1
        self._accept(request.headers, body)

    def _accept(self, headers: Mapping[str, str], body: bytes) -> None:
        webhook = signed_webhook(headers, body, api_key=self._api_key, secret=self._secret)
        if any(each in self._known for each in webhook.ids):
            self.doubles += 1
            return
        if not self._take(webhook.body):
            raise RefusedWebhookError(503, TOO_MANY)
        self._remember(webhook)

    def _remember(self, webhook: SignedWebhook) -> None:
        for each in webhook.ids:
            self._known.add(each)


_CLOSE = {"Connection": "close"}
"""After a refusal: the rest of the body is not read."""


async def _body(request: "web.BaseRequest") -> bytes:
    data = bytearray()
    async for piece in request.content.iter_chunked(_PIECE):
        data += piece
        if len(data) > MAX_PACKED_BYTES:
            raise RefusedWebhookError(413, TOO_LARGE)
    return bytes(data)
