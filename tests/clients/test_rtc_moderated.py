"""``getstream_rtc.Client`` is told who speaks, makes a new connection, is blocked and banned."""

import sys

from tests.media_extra import need_media

KICKED = 3


async def test_the_native_client_hears_who_speaks_connects_anew_and_is_put_out(sandbox, run_client):
    need_media("getstream_rtc", "aiortc", "numpy", "PIL", "soxr")
    seen = await run_client(sys.executable, "rtc_moderated_client.py")
    assert (seen["speaking"], seen["dominant"]) == (["ana"], "ana")
    assert seen["blocked"]["reason"] == KICKED
    assert seen["banned"]["reason"] == KICKED
    assert "block" in seen["refused"].lower()
    assert "RECONNECTING_FAILED" not in seen["states"]
