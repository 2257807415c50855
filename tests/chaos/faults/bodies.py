"""Requests that are carried out and whose answers nobody can read."""

from random import Random

from msgspec.structs import replace

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import Message, answer
from tests.chaos.proxy.exchange import Exchange


def _deep(levels: int) -> bytes:
    return b'{"duration":' + b"[" * levels + b"]" * levels + b"}"


def _huge(size: int) -> bytes:
    return b'{"duration":"' + b"9" * size + b'"}'


def _bodies(chance: Random, right: bytes) -> bytes:
    return chance.choice(
        (
            right[: chance.randint(0, max(0, len(right) - 1))],
            _deep(chance.choice((1_000, 20_000, 100_000))),
            _huge(chance.choice((10_000, 200_000, 3_000_000))),
            b"\xff\xfe\x00\x01" + right,
            right + right,
            right.replace(b":", b"=", 1),
            b'{"duration":NaN,"a":1e999,"b":-0,"c":' + b"1" * 5_000 + b"}",
            b"\x1f\x8b\x08\x00broken gzip",
            b'{"calls":{},"members":7,"next":[],"user":"x","users":null,"participants":[1,2]}',
            b'"fine"',
            b"[]",
            b"",
        )
    )


def _unreadable(scene: Scene, chance: Random) -> None:
    async def spoil(exchange: Exchange) -> None:
        right = await exchange.forward()
        body = _bodies(chance, right.body)
        await exchange.send(answer(200, body).raw())

    scene.arm(chance, spoil)


def _wrong_frame_of_body(scene: Scene, chance: Random) -> None:
    """Headers that do not fit the body."""
    wrong = chance.choice(
        (
            ("content-length", "5"),
            ("content-length", "99999999"),
            ("content-length", "-1"),
            ("content-length", "ten"),
            ("transfer-encoding", "chunked"),
            ("content-encoding", "gzip"),
            ("content-type", "application/json; charset=utf-7"),
            ("content-type", "application/json; charset=nonsense"),
        )
    )

    async def spoil(exchange: Exchange) -> None:
        right = await exchange.forward()
        await exchange.send(_with(right, wrong).raw())
        exchange.end(chance)

    scene.arm(chance, spoil)


def _with(right: Message, wrong: tuple[str, str]) -> Message:
    dropped = {wrong[0], "content-length"} if wrong[0] == "transfer-encoding" else {wrong[0]}
    kept = tuple(pair for pair in right.headers if pair[0].lower() not in dropped)
    return replace(right, headers=(*kept, wrong))


FAULTS = (
    Fault("unreadable body", 27, _unreadable),
    Fault("wrong headers", 12, _wrong_frame_of_body),
)
