"""A secret goes only where it is encrypted, stays on this machine, or where the user said so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.addresses import is_loopback, wrong_with_addresses
from console.domain.sign_in import STREAM_BASE_URL, Method, Profile


def profile(base_url=STREAM_BASE_URL, ws_url="", **more):
    return Profile(
        name="p", api_key="k", method=Method.TOKEN, base_url=base_url, ws_url=ws_url, **more
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "a.localhost", "[::1]"]
)
def test_this_machine_may_be_spoken_to_in_clear(host):
    assert wrong_with_addresses(profile(f"http://{host}:3030")) == ""
    assert wrong_with_addresses(profile(ws_url=f"ws://{host}:3030/connect")) == ""


@pytest.mark.parametrize(
    "host",
    [
        *("video.example", "192.168.0.7", "10.0.0.1", "127.0.0.1.example", "localhost.example"),
        *("0x7f.1", "2130706433", "[::ffff:8.8.8.8]", "0.0.0.0", "user:pw@stream.example"),
    ],
)
def test_another_machine_only_when_the_user_says_so(host):
    for wanted in (profile(f"http://{host}:3030"), profile(ws_url=f"ws://{host}/connect")):
        assert "would send your secret unencrypted" in wrong_with_addresses(wanted)
    assert wrong_with_addresses(profile(f"http://{host}:3030", unencrypted=True)) == ""
    assert wrong_with_addresses(profile(f"https://{host}:3030")) == ""


@pytest.mark.parametrize(
    "url", ["video.example", "ftp://x.example", "https://", "https://x:port", "http://[::1", "//x"]
)
def test_what_is_no_address_is_said(url):
    assert "no address that begins with https://" in wrong_with_addresses(profile(url))
    assert "no address that begins with wss://" in wrong_with_addresses(profile(ws_url=url))


@given(st.text(max_size=30), st.booleans())
def test_no_text_ever_raises(text, unencrypted):
    assert isinstance(is_loopback(text), bool)
    for prefix in ("", "http://", "https://"):
        wrong = wrong_with_addresses(profile(prefix + text, unencrypted=unencrypted))
        assert isinstance(wrong, str)
