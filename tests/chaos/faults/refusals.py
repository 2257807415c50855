"""Stream itself says no: too many requests, failures of its servers, a token that is over."""

import time
from email.utils import formatdate
from random import Random

import msgspec

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import answer
from tests.chaos.proxy.exchange import Exchange


def _error(code: int, status: int, message: str) -> bytes:
    return msgspec.json.encode(
        {
            "code": code,
            "message": message,
            "StatusCode": status,
            "duration": "0.10ms",
            "more_info": "",
            "details": [],
        }
    )


def _retry_after(chance: Random) -> tuple[tuple[str, str], ...]:
    now = time.time()
    values = (
        *(None, "0", "1", "2", "0.5", "-5", "3600", "86400", "9" * 40, "soon", "", "1, 1"),
        *(formatdate(now + 2, usegmt=True), formatdate(now - 60, usegmt=True)),
        *("Fri, 31 Dec 2065 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "31 Feb 2026"),
    )
    value = chance.choice(values)
    return () if value is None else (("Retry-After", value),)


def _rate_limit(scene: Scene, chance: Random) -> None:
    header = _retry_after(chance)

    async def spoil(exchange: Exchange) -> None:
        body = _error(9, 429, "Too many requests")
        await exchange.send(answer(429, body, headers=header).raw())

    scene.arm(chance, spoil)


def _server_error(scene: Scene, chance: Random) -> None:
    """Before or after it was carried out: nobody can know."""
    status = chance.choice((500, 502, 503, 504, 408))
    done = chance.random() < 0.5
    stream = chance.random() < 0.6
    body = _error(-1, status, "internal error") if stream else chance.choice((b"", b"{}", b"oops"))

    async def spoil(exchange: Exchange) -> None:
        if done:
            await exchange.forward()
        await exchange.send(answer(status, body).raw())

    scene.arm(chance, spoil)


def _refused(scene: Scene, chance: Random) -> None:
    """Stream refuses it for good: nothing was carried out."""
    code, status = chance.choice(((4, 400), (17, 403), (16, 404)))

    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(status, _error(code, status, "this is not possible")).raw())

    scene.arm(chance, spoil, where="act" if chance.random() < 0.5 else "check")


def _expired_token(scene: Scene, chance: Random) -> None:
    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(401, _error(40, 401, "token is expired")).raw())

    scene.arm(chance, spoil)


FAULTS = (
    Fault("rate limit", 24, _rate_limit),
    Fault("server error", 30, _server_error),
    Fault("refused", 4, _refused),
    Fault("expired token", 2, _expired_token),
)
