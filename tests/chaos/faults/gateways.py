"""What answers in Stream's place: portals, gateways, proxies of a company."""

from random import Random

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import answer
from tests.chaos.proxy.exchange import Exchange

_HTML = "text/html; charset=utf-8"
_PAGES = (
    b"<html><head><title>Sign in to the guest network</title></head><body>Hello</body></html>",
    b"<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>",
    b"",
    b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00",
)
_FOREIGN = (
    b'{"error":"upstream connect error"}',
    b'{"message":"no Route matched with those values"}',
    b'{"code":"AccessDenied","message":null}',
    b'{"errors":[{"title":"Too many"}]}',
    b"[]",
    b"null",
    b'"denied"',
    b'{"code":99999999999999999999,"message":17,"StatusCode":"x"}',
)


def _page(scene: Scene, chance: Random) -> None:
    """HTML where JSON is due; nothing is carried out."""
    status = chance.choice((200, 200, 403, 404, 407, 500, 502, 503, 504, 511, 530))
    page = chance.choice(_PAGES)
    kind = chance.choice((_HTML, "application/json", "text/html; charset=klingon", ""))

    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(status, page, kind).raw())

    scene.arm(chance, spoil)


def _foreign_json(scene: Scene, chance: Random) -> None:
    """JSON that is not Stream's; nothing is carried out."""
    status = chance.choice((400, 401, 403, 413, 429, 500, 502, 503, 504))
    body = chance.choice(_FOREIGN)

    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(status, body).raw())

    scene.arm(chance, spoil)


def _redirect(scene: Scene, chance: Random) -> None:
    status = chance.choice((301, 302, 303, 307, 308))
    where = chance.choice(
        ("http://127.0.0.1:9/portal", "/portal", "https://portal.invalid/", "", "//x", "ftp://x")
    )

    async def spoil(exchange: Exchange) -> None:
        await exchange.send(answer(status, b"", _HTML, (("Location", where),)).raw())

    scene.arm(chance, spoil)


FAULTS = (
    Fault("gateway page", 21, _page),
    Fault("foreign json", 18, _foreign_json),
    Fault("redirect", 9, _redirect),
)
