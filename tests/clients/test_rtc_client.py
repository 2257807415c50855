"""``getstream_rtc.Client`` with ``ws_url``: coordinator, REST join, this call's events."""

import asyncio
import sys

import pytest

from tests.media_extra import need_media

CID = "default:talk"
pytestmark = pytest.mark.no_media


@pytest.fixture
def rtc() -> str:
    """The interpreter to run ``rtc_client.py`` with."""
    need_media("getstream_rtc")
    return sys.executable


async def test_the_native_client_joins_and_hears_its_call(sandbox, rtc, run_client):
    seen = await run_client(rtc, "rtc_client.py")

    assert seen["joined"]["participant"]["user"]["id"] == "dora"
    assert isinstance(seen["joined"]["created_at"], int)  # nanoseconds on this path
    assert [(one["present"], one["devices"]) for one in seen["present"]] == [(True, 1)]
    assert seen["during"] == {"sockets": 1, "watches": 1}
    caption = seen["caption"]["closed_caption"]
    assert (caption["id"], caption["text"]) == (seen["said"]["id"], "Who is there?")
    assert caption["start_time"] == seen["said"]["start_time_ns"]
    assert seen["cids"] == [CID]
    assert "serves no media" in seen["no_media"]
    assert seen["state"] == seen["idle"]
    assert "signature is invalid" in seen["wrong_secret"]
    assert "serves no media" in seen["with_secret"]
    assert "code 16, http 404" in seen["unknown_call"]

    people = {one["user_id"]: one for one in (await sandbox.control(f"/people/{CID}"))["people"]}
    assert sorted(people) == ["ana", "bo", "cy"]  # nobody stays behind without a socket
    assert people["cy"]["devices"] == 1
    status = await sandbox.status()
    assert (status["sockets"], status["watches"], status["unknown"]) == (0, 0, 0)


async def test_the_signalling_endpoint_says_what_is_missing(sandbox):
    status, body = await asyncio.to_thread(
        sandbox.post, "/sfu/twirp/stream.video.sfu.signal.SignalServer/SendStats"
    )
    assert (status, body["code"]) == (501, "unimplemented")
    assert "serves no media" in body["msg"]
