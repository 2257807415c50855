"""Stream's browser client, unchanged, in a headless Chromium."""

import pytest

from tests.media_extra import need_chromium, need_media

pytestmark = pytest.mark.timeout(400)  # the first test may install the packages


async def test_the_browser_client_hears_sees_sends_and_is_moderated(drive, monkeypatch):
    need_media("aiortc", "numpy", "PIL", "soxr")
    monkeypatch.setenv("CHROMIUM", need_chromium())
    seen = await drive("browser.mjs")
    assert seen == {
        "picture": [320, 180],
        "microphone": "disabled",
        "mayShow": False,
        "left": "left",
    }
