"""Proxies and certificates: REST and socket take the same way, and say the same of it."""

import time

import pytest
from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.engine.wire.refusals import UnreachableError
from console.engine.wire.sign_in_token import credentials
from console.engine.wire.stream import Gateway
from console.engine.wire.way_out import proxy_for
from console.protocol.connection import ConnectionTested, TestConnection
from tests.engine.roads import HOST, Road

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def way():
    way = Road()
    yield way
    await way.close()


@pytest.fixture
def company(way, tmp_path, monkeypatch):
    """The certificates of this road are in the system's store."""
    file = tmp_path / "company.pem"
    way.authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


def at(sandbox, base_url: str):
    sign_in = sandbox.sign_in(Method.TOKEN)
    return replace(sign_in, profile=replace(sign_in.profile, base_url=base_url))


async def rest(sign_in) -> bytes:
    whose = credentials(sign_in.profile, sign_in.secret, time.time())
    gateway = Gateway(sign_in.profile, whose)
    try:
        return await gateway.watch_page({"ongoing": True}, limit=1)
    finally:
        await gateway.close()


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_both_go_through_the_proxy_with_the_system_s_certificates(
    sandbox, console, way, company, monkeypatch, name
):
    port = await way.proxy(await way.encrypted(sandbox.port))
    monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    sandbox.call("one", "ann")
    console.router.answer(at(sandbox, f"https://{HOST}"))
    await console.live("default:one")
    assert set(way.asked) == {f"CONNECT {HOST}:443"}
    assert len(way.asked) >= 2  # the socket, and at least one connection of REST


async def test_a_certificate_that_is_not_trusted_is_named(sandbox, console, way):
    port = await way.encrypted(sandbox.port)
    sign_in = at(sandbox, f"https://127.0.0.1:{port}")
    with pytest.raises(UnreachableError, match=r"certificate .* not trusted: .*issuer") as caught:
        await rest(sign_in)
    assert not caught.value.may_be_done
    console.router.answer(sign_in)
    await console.until(lambda: "not trusted" in console.state.sentence)
    assert console.state.phase is Phase.CONNECTING


async def test_a_certificate_for_another_name_is_named(sandbox, way, company):
    port = await way.encrypted(sandbox.port, "elsewhere.test")
    with pytest.raises(UnreachableError, match=r"not trusted: .*127\.0\.0\.1"):
        await rest(at(sandbox, f"https://127.0.0.1:{port}"))


async def test_a_proxy_that_refuses_is_named(sandbox, console, way, monkeypatch):
    way.status = b"407 Proxy Authentication Required"
    port = await way.proxy(sandbox.port)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    sign_in = at(sandbox, f"https://{HOST}")
    with pytest.raises(UnreachableError, match=r"proxy did not let us through .*407"):
        await rest(sign_in)
    console.router.answer(sign_in)
    await console.until(lambda: "proxy did not let us through" in console.state.sentence)
    assert "407" in console.state.sentence


@pytest.mark.parametrize("proxy", ["socks5://10.0.0.1:1080", "ftp://x", "http://", "http://x:y"])
async def test_a_proxy_that_cannot_be_used_is_refused_plainly(sandbox, console, monkeypatch, proxy):
    monkeypatch.setenv("ALL_PROXY", proxy)
    sign_in = at(sandbox, f"https://{HOST}")
    with pytest.raises(WorldError, match="proxy for Stream cannot be used"):
        await rest(sign_in)
    console.router.answer(sign_in)
    await console.until(lambda: console.state.phase is Phase.REFUSED)
    assert "proxy" in console.state.sentence
    console.router.answer(TestConnection("t", sign_in.profile, sign_in.secret))
    await console.until(lambda: console.of(ConnectionTested))
    assert "proxy" in console.of(ConnectionTested)[0].sentence


def test_which_way(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "proxy.test:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://user:pass@plain.test:80")
    monkeypatch.setenv("NO_PROXY", "inside.test,.company.test")
    assert proxy_for("https://stream.test") == proxy_for("wss://stream.test/connect")
    assert proxy_for("https://stream.test") == "http://proxy.test:3128"
    assert proxy_for("http://stream.test") == "http://user:pass@plain.test:80"
    assert proxy_for("ws://stream.test/connect") == proxy_for("http://stream.test")
    for direct in ("127.0.0.1:3030", "localhost", "[::1]:1", "inside.test", "a.company.test:8443"):
        assert proxy_for(f"https://{direct}") is None
        assert proxy_for(f"ws://{direct}/connect") is None


async def test_a_silent_proxy_does_not_hold_up_for_ever(sandbox, way, monkeypatch):
    monkeypatch.setattr("console.engine.wire.stream.REQUEST_LIMIT_S", 0.2)
    way.status = b""
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{await way.proxy(sandbox.port)}")
    with pytest.raises(UnreachableError):
        await rest(at(sandbox, f"https://{HOST}"))
