"""``getstream_rtc.Client`` and the media of the sandbox: hearing, seeing, sending, moderation."""

import sys

from tests.media_extra import need_media

REVOKED, MODERATION = 2, 3
KICKED = 3


async def test_the_native_client_hears_sees_sends_and_is_moderated(sandbox, run_client):
    need_media("getstream_rtc", "aiortc", "numpy", "PIL", "soxr")
    seen = await run_client(sys.executable, "rtc_media_client.py")
    assert seen["picture"] == [320, 180]
    assert seen["people"] == ["ana", "bo", "cy", "dora"]
    assert seen["muted"]["cause"] == MODERATION
    assert seen["revoked"]["cause"] == REVOKED
    assert seen["kicked"]["reason"] == KICKED
    assert seen["screen_off"]["cause"] == MODERATION
    assert seen["heard_after_revoke_s"] < 1.0
    assert seen["grants"]["can_publish_audio"] is False
    assert seen["left"] is True
