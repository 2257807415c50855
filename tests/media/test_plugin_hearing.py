"""Speech written down by plugin processes: one that works, and those that misbehave."""

import asyncio
import contextlib
import math
import os
import sys
from array import array
from pathlib import Path

import psutil
import pytest

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.domain.speech import CHUNK_BYTES, CHUNK_S, Speaker, SpeechPlugin
from console.media import plugin_hearing, plugin_process, plugin_voices, plugin_watch, unwritten
from console.media.plugin_hearing import PluginHearing
from console.media.plugin_process import command, environment
from console.protocol.codec import encode
from console.protocol.media import NotWritten, Speech, SpeechHeard
from console.protocol.speech_plugin import Hello, Sound
from tests.patience import patient

PLUGINS = Path(__file__).parent / "plugins"
TONES = SpeechPlugin(interpreter=sys.executable, plugin=f"{PLUGINS / 'tones.py'}:Tones")
LOW, HIGH = 300.0, 1_200.0


class Loudness:
    """A voice detector for tones."""

    def voiced(self, chunk):
        return float(max(array("h", chunk)) > 500)


def tone(pitch, seconds):
    times = range(int(seconds * 16_000))
    return array("h", [int(8_000 * math.sin(6.2832 * pitch * t / 16_000)) for t in times])


class Ear:
    """A PluginHearing with all that it told."""

    def __init__(self, started, **hello):
        self.told: list[SpeechHeard] = []
        self.states: list[Speech] = []
        self.missed: list[NotWritten] = []
        self._news = asyncio.Event()
        self.clock = SystemClock()
        hello = {"plugin": TONES.plugin} | hello
        self.hearing = PluginHearing(
            self._take(self.told),
            self._take(self.states),
            self._take(self.missed),
            self.clock,
            command=started,
            hello=Hello(**hello),
            voices=Loudness,
        )

    def _take(self, where):
        def take(told):
            where.append(told)
            self._news.set()

        return take

    @property
    def finals(self):
        return [each for each in self.told if each.final]

    @property
    def counts(self):
        return self.hearing.counts()

    async def until(self, condition, timeout=0.0):
        async with asyncio.timeout(timeout or patient(15)):
            while not condition():
                self._news.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 0.1)

    def say(self, *pitches, user="ann", cid="default:a", quiet=32):
        speaker = Speaker(cid=cid, user_id=user, user_session_id=user, name=user.title())
        sound = b"".join(tone(pitch, 40 * CHUNK_S).tobytes() for pitch in pitches)
        sound += bytes(quiet * CHUNK_BYTES)
        at = self.clock.now() - len(sound) / 32_000
        for first in range(0, len(sound), CHUNK_BYTES):
            at += CHUNK_S
            self.hearing.feed(speaker, sound[first : first + CHUNK_BYTES], at)
        return speaker


@pytest.fixture
async def ears():
    made = []

    async def make(started=None, **hello):
        ear = Ear(started or command(TONES), **hello)
        made.append(ear)
        await ear.hearing.start()
        return ear

    yield make
    for ear in made:
        await ear.hearing.close()


@pytest.fixture
def unruly(ears, tmp_path, monkeypatch):
    monkeypatch.setattr(plugin_process, "FIRST_WAIT_S", 0.05)
    monkeypatch.setattr(unwritten, "SETTLES_S", 0.1)

    async def make(how):
        script = [sys.executable, str(PLUGINS / "unruly.py"), how, str(tmp_path / "was")]
        return await ears(script)

    return make


async def test_what_somebody_says_comes_as_partial_texts_and_one_final(ears):
    ear = await ears()
    before = ear.clock.now()
    ear.say(LOW, HIGH)
    await ear.until(lambda: ear.finals)
    (final,) = ear.finals
    assert final.text == "low high."
    assert (final.heard_by, final.confidence, final.language) == ("Tone plugin", 0.9, "en")
    assert final.start == pytest.approx(before - 3.56, abs=0.3)
    assert final.end == pytest.approx(before - 1.0, abs=0.3)
    assert [each.text for each in ear.told[:-1]] == ["low", "low high"]
    assert {each.utterance_id for each in ear.told} == {final.utterance_id}
    assert ear.counts["lines"] == 1
    assert ear.counts["waiting"] == 0


async def test_a_text_that_comes_before_the_pause_is_believed_ends_where_the_speech_did(ears):
    ear = await ears()
    before = ear.clock.now()
    ear.say(LOW, quiet=12)  # 0.38 s: the plugin believes it after 0.3 s, and our detector later
    await ear.until(lambda: ear.finals)
    assert ear.finals[0].end == pytest.approx(before - 12 * CHUNK_S, abs=0.15)


async def test_each_speaker_has_an_object_of_the_plugin_of_their_own(ears):
    ear = await ears()
    ear.say(LOW, user="ann")
    ear.say(HIGH, user="bob")
    await ear.until(lambda: len(ear.finals) == 2)
    assert {each.user_id: each.text for each in ear.finals} == {"ann": "low.", "bob": "high."}


async def test_a_second_sentence_is_another_line(ears):
    ear = await ears()
    ear.say(LOW)
    await ear.until(lambda: ear.finals)
    ear.say(HIGH)
    await ear.until(lambda: len(ear.finals) == 2)
    assert [each.text for each in ear.finals] == ["low.", "high."]
    assert len({each.utterance_id for each in ear.finals}) == 2


async def test_the_key_goes_through_the_pipe_and_nowhere_else(ears):
    key = "a-secret-key"
    ear = await ears(key=key, options={"wants": key})
    ear.say(LOW)
    await ear.until(lambda: ear.finals)
    assert key not in repr(Hello(plugin="p", key=key))
    process = ear.hearing._process._process
    seen = psutil.Process(process.pid)
    assert key not in f"{seen.cmdline()}{seen.environ()}"


async def test_a_key_that_the_service_refuses_is_a_sentence(ears):
    ear = await ears(key="wrong", options={"wants": "right"})
    ear.say(LOW)
    await ear.until(lambda: ear.states)
    assert "does not accept the key" in ear.states[0].sentence
    assert "wrong" not in ear.states[0].sentence


@pytest.mark.parametrize(
    ("plugin", "says"),
    [
        ("no_such_plugin", "not installed for this interpreter"),
        ("json:Nothing", "cannot be loaded"),
        (f"{PLUGINS}/missing.py:Tones", "cannot be loaded"),
    ],
)
async def test_a_plugin_that_cannot_be_loaded_is_a_sentence(ears, plugin, says):
    with pytest.raises(WorldError, match=says):
        await ears(plugin=plugin)


@pytest.mark.parametrize(
    ("started", "says"),
    [(["/no/such/python"], "could not be started"), ([""], "No speech plugin is set up")],
)
async def test_an_interpreter_that_is_not_there_is_a_sentence(ears, started, says):
    with pytest.raises(WorldError, match=says):
        await ears(started)


async def test_one_that_refuses_or_speaks_a_newer_protocol_is_not_begun_again(unruly):
    with pytest.raises(WorldError, match=r"There is no licence\. Buy one\."):
        await unruly("refuses")
    with pytest.raises(WorldError, match="version 9"):
        await unruly("newer")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("crashes", "ended unasked (code 7)"),
        ("floods", "told more than 300 things a second"),
        ("garbage", "told what cannot be read"),
        ("endless", "told what cannot be read"),
    ],
)
async def test_one_that_misbehaves_is_ended_marked_and_begun_again(unruly, monkeypatch, how, why):
    monkeypatch.setattr(plugin_watch, "MOST_UNREADABLE", 0 if how == "endless" else 20)
    ear = await unruly(how)
    ear.say(LOW)
    await ear.until(lambda: len(ear.states) == 2)
    down, up = ear.states
    assert why in down.sentence
    assert (up.name, up.sentence) == ("Unruly", "")
    await ear.until(lambda: ear.missed)
    (missed,) = ear.missed
    assert (missed.cid, missed.names, missed.speakers) == ("default:a", ("Ann",), 1)
    assert missed.why == plugin_hearing.ENDED or missed.why in down.sentence
    assert ear.counts["hung"] + ear.counts["shed"] >= 1
    ear.say(LOW)
    await ear.until(lambda: ear.finals and ear.finals[-1].text)
    assert ear.finals[-1].text == "heard at last"


async def test_one_that_hangs_is_cut_after_a_limit(unruly, monkeypatch):
    monkeypatch.setattr(plugin_process, "PING_S", 0.05)
    monkeypatch.setattr(plugin_watch, "HANGS_S", 0.5)
    ear = await unruly("hangs")
    await ear.until(lambda: len(ear.states) == 2)
    assert "did not answer" in ear.states[0].sentence
    assert not ear.states[1].sentence


async def test_one_that_answers_no_speech_is_counted_marked_and_ended(unruly, monkeypatch):
    monkeypatch.setattr(plugin_hearing, "ANSWER_LIMIT_S", 0.2)
    monkeypatch.setattr(plugin_hearing, "LOOK_S", 0.05)
    ear = await unruly("dumb")
    for user in ("ann", "bob", "eve"):
        ear.say(LOW, user=user)
    await ear.until(lambda: len(ear.states) == 2 and ear.missed)
    assert "no text for what was said" in ear.states[0].sentence
    assert ear.missed[0].speakers == 3
    assert ear.counts["hung"] == 3


async def test_a_late_answer_is_a_line_all_the_same(unruly):
    ear = await unruly("late")
    ear.say(LOW)
    await ear.until(lambda: ear.finals)
    assert ear.finals[0].text == "heard at last"
    assert ear.finals[0].end < ear.clock.now() - 0.3


async def test_what_a_plugin_says_is_lost_is_marked(unruly):
    ear = await unruly("loses")
    ear.say(LOW)
    await ear.until(lambda: ear.missed)
    assert ear.missed[0].why == "Unruly: The service fell asleep"


async def test_who_talks_in_the_coldest_call_is_left_out_where_too_many_talk(ears, monkeypatch):
    monkeypatch.setattr(plugin_voices, "MOST_TALKING", 1)
    monkeypatch.setattr(unwritten, "SETTLES_S", 0.1)
    ear = await ears()
    ear.hearing.heats({"default:hot": 5.0})
    ear.say(LOW, user="cold", quiet=0)
    ear.say(HIGH, user="hot", cid="default:hot")
    await ear.until(lambda: ear.finals and ear.missed)
    assert ear.finals[0].text == "high."
    assert (ear.missed[0].cid, ear.counts["shed"]) == ("default:a", 1)


def test_a_plugin_gets_no_secret_and_no_module_of_ours():
    ours = {"PATH": "/bin", "PYTHONPATH": "/x", "DEEPGRAM_API_KEY": "k", "https_proxy": "p"}
    assert environment(ours) == {"PATH": "/bin", "https_proxy": "p"}
    assert "-I" in command(TONES)


async def test_a_click_is_no_speech_and_the_next_sentence_begins_where_it_does(ears):
    ear = await ears()
    speaker = Speaker(cid="default:a", user_id="ann", user_session_id="ann", name="Ann")
    long_ago = ear.clock.now() - 60.0
    ear.hearing.feed(speaker, tone(LOW, CHUNK_S).tobytes() + bytes(32 * CHUNK_BYTES), long_ago)
    (voice,) = ear.hearing._voices.all()
    assert not voice.talking
    assert voice.waiting == 0
    ear.say(HIGH)
    await ear.until(lambda: ear.finals and "high" in ear.finals[-1].text)
    assert ear.finals[-1].start > long_ago + 30.0


async def test_three_hundred_silent_people_cost_a_plugin_nothing(ears):
    ear = await ears()
    for number in range(300):
        user = f"user-{number}"
        speaker = Speaker(cid="default:a", user_id=user, user_session_id=user, name=user)
        ear.hearing.feed(speaker, bytes(10 * CHUNK_BYTES), ear.clock.now())
    assert list(ear.hearing._voices.all()) == []
    assert ear.counts["talking"] == 0
    ear.say(LOW)
    await ear.until(lambda: ear.finals)


async def test_a_plugin_that_holds_up_its_runner_outlives_nobody():
    plugin = f"{PLUGINS / 'blocks.py'}:Blocks"
    process = await asyncio.create_subprocess_exec(
        *command(TONES),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(encode(Hello(plugin=plugin)))
    assert b"ready" in await process.stdout.readline()
    process.stdin.write(encode(Sound(1, bytes(CHUNK_BYTES))))
    process.stdin.close()
    async with asyncio.timeout(patient(15)):
        await process.wait()


async def test_a_runner_ends_with_the_process_that_began_it(ears):
    ear = await ears()
    pid = ear.hearing._process._process.pid
    await ear.hearing.close()
    assert ear.states == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
