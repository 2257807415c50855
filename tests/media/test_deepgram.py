"""Deepgram's own plugin and client, unchanged, in our runner, against a stand-in of its socket.

It needs an environment of its own (``make deepgram``); SPEECH_PLUGIN_PYTHON names another one.
"""

import os
from pathlib import Path

import pytest

from console.domain.speech import SpeechPlugin
from console.media import unwritten
from console.media.plugin_process import command
from console.sandbox.server import serving
from tests.media.deepgram_stand_in import Deepgram
from tests.media.test_plugin_hearing import HIGH, LOW, Ear
from tests.patience import patient

ROOT = Path(__file__).parents[2]
KEY = "a-key-of-deepgram"
PYTHON = os.environ.get("SPEECH_PLUGIN_PYTHON") or str(ROOT / ".venv-deepgram/bin/python")

pytestmark = pytest.mark.skipif(
    not Path(PYTHON).exists(), reason="no environment with Deepgram's plugin: make deepgram"
)


@pytest.fixture
async def deepgram():
    made = Deepgram(KEY)
    async with serving(made.app) as address:
        made.address = f"ws://127.0.0.1:{address.port}"
        yield made


@pytest.fixture
async def ear(deepgram, request):
    started = command(SpeechPlugin(interpreter=PYTHON, plugin="deepgram"))
    key = getattr(request, "param", KEY)
    options = {"address": deepgram.address, "model": "flux-general-en"}
    made = Ear(started, plugin="deepgram", key=key, options=options)
    await made.hearing.start()
    yield made
    await made.hearing.close()


async def test_what_somebody_says_is_written_down_by_deepgram(ear, deepgram):
    ear.say(LOW)
    await ear.until(lambda: ear.finals, patient(30))
    (final,) = ear.finals
    assert final.text == "beep beep beep"
    assert (final.heard_by, final.confidence) == ("Deepgram", pytest.approx(0.8))
    assert [each.text for each in ear.told[:-1]] == ["beep", "beep beep", "beep beep beep"]
    assert deepgram.opened == [
        {"model": "flux-general-en", "encoding": "linear16", "sample_rate": "16000"}
    ]


async def test_each_speaker_has_a_connection_which_ends_when_they_are_quiet(ear, deepgram):
    ear.say(LOW, user="ann")
    ear.say(HIGH, user="bob")
    await ear.until(lambda: len(ear.finals) == 2, patient(30))
    assert {each.user_id for each in ear.finals} == {"ann", "bob"}
    assert deepgram.open_now == 2
    await ear.until(lambda: deepgram.open_now == 0, patient(30))
    assert deepgram.heard_s < 2 * (1.3 + 6.5)  # no silence goes on for ever
    ear.say(HIGH, user="bob")
    await ear.until(lambda: len(ear.finals) == 3, patient(30))
    assert ear.states == []


@pytest.mark.parametrize("ear", ["wrong"], indirect=True)
async def test_a_wrong_key_is_a_sentence_and_is_not_tried_again(ear, deepgram):
    ear.say(LOW)
    await ear.until(lambda: ear.states, patient(30))
    assert "does not accept the key" in ear.states[0].sentence
    assert deepgram.opened == []


async def test_a_connection_that_breaks_in_the_middle_costs_that_speech_only(
    ear, deepgram, monkeypatch
):
    monkeypatch.setattr(unwritten, "SETTLES_S", 0.1)
    deepgram.cuts = 1
    ear.say(LOW)
    await ear.until(lambda: ear.missed or ear.finals, patient(40))
    ear.say(LOW, user="bob")
    await ear.until(lambda: any(each.user_id == "bob" for each in ear.finals), patient(30))
    assert ear.states == []  # the plugin's process goes on
