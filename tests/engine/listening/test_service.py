"""Listening through a real engine: what a media process tells becomes lines, gaps and states."""

import sys
from pathlib import Path

import pytest

from console.domain.listening import ListeningOptions, ListeningRules
from console.domain.phase import Phase
from console.domain.speech import BASE, PLUGIN, TINY, SpeechPlugin
from console.protocol.connection import SignOut
from console.protocol.listening import (
    AskPluginKey,
    AskReplay,
    KeepPluginKey,
    ListeningChanged,
    PartialHeard,
    PluginKeyKept,
    PluginKeyKnown,
    PluginTried,
    ReplayAnswer,
    SetListening,
    TryPlugin,
)
from console.protocol.media import Begin, Join, Joining, SpeechHeard
from console.protocol.to_window import Gap, Heard, Problem
from tests.media_extra import need_media

CID = "default:one"

NONE = ListeningRules()

SCRIPTED = """
import json, os, sys, time

def tell(**message):
    print(json.dumps(message), flush=True)

tell(type="ready", pid=os.getpid())
begin = {}
for line in sys.stdin:
    order = json.loads(line)
    if order["type"] == "begin":
        begin = order
    if order["type"] == "join":
        cid = order["cid"]
        assert order["token"] and order["user_id"] == "moderator"
        if begin["speech"] == "whisper-base":
            tell(type="join_state", cid=cid, state="joined", at=1000.0)
            why = "model.bin is not the file that we know."
            tell(type="speech", name="Whisper", sentence=why, advice="Do not use it.")
            continue
        tell(type="speech", name="Test model")
        tell(type="join_state", cid=cid, state="joined", at=time.time())
        spoken = dict(
            type="speech_heard", utterance_id="u:0", cid=cid, user_id="ann",
            user_session_id="s", name="Ann", start=990.0 + os.getpid(), end=992.0 + os.getpid(),
            heard_by="Test model",
        )
        if begin["speech"] == "plugin":
            words = begin["plugin"]["plugin"] + " with " + (begin["plugin_key"] or "no key")
            tell(**spoken, text=words, final=True)
            continue
        tell(**spoken, text="you are", final=False)
        tell(
            type="not_written", cid=cid, names=["Ann", "Bob"], speakers=3, since=1000.0,
            until=1012.0, seconds=9.6, why="too much was said",
        )
        tell(**spoken, text="you are worthless", final=True, confidence=0.75)
        if os.path.exists(sys.argv[1]):
            os.remove(sys.argv[1])
            os._exit(70)
"""


@pytest.fixture
def scripted(console, tmp_path):
    """A media process that hears the same in every call; it dies once where ``dies`` exists."""
    dies = tmp_path / "dies"
    media = console.engine.media
    media._command = [sys.executable, "-c", SCRIPTED, str(dies)]
    return dies


def told(console):
    return console.of(ListeningChanged)[-1]


async def listening(console, sandbox, *cids, rules=NONE):
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    console.router.answer(SetListening(chosen=cids, rules=rules))


async def test_what_is_heard_here_is_a_line_that_says_so(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: console.lines)
    (line,) = console.lines
    assert line.text == "you are worthless"
    assert (line.body.heard_by, line.body.confidence) == ("Test model", 0.75)
    assert (line.author_id, line.end_time - line.start_time) == ("ann", 2.0)
    partial = [each.text for push in console.of(PartialHeard) for each in push.spoken]
    assert partial[-1] == ""
    await console.until(lambda: told(console).totals.lines == 1)
    (call,) = told(console).calls
    assert call.state is Joining.JOINED
    assert told(console).seen_as == "moderator"
    assert told(console).hears_by == "Test model"


async def test_no_call_is_joined_unless_it_is_wanted(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox)
    await console.until(lambda: console.pulse.at)
    assert console.engine.media.pid is None


async def test_a_rule_listens_to_calls_without_captions(sandbox, console, scripted):
    sandbox.call("one", "ann")
    sandbox.world.control.update(
        CID,
        settings_override={
            "transcription": {"closed_caption_mode": "disabled", "mode": "disabled"}
        },
    )
    await listening(console, sandbox, rules=ListeningRules(uncaptioned=1))
    await console.until(lambda: console.lines)
    assert told(console).calls[0].why == "without captions"


@pytest.mark.clock_speed(5)
async def test_a_listener_that_dies_is_begun_again_and_the_gap_is_told(sandbox, console, scripted):
    scripted.write_text("")
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: [gap for gap in console.of(Gap) if not gap.partly])
    gap = next(gap for gap in console.of(Gap) if not gap.partly)
    assert gap.cids == (CID,)
    assert "not written down: The speech model did not come back" in gap.reason
    await console.until(lambda: len(console.lines) == 2)
    await console.until(lambda: told(console).totals.hung == 1)


async def test_speech_that_is_not_written_down_is_marked_in_its_call(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: console.of(Gap))
    gap = console.of(Gap)[0]
    assert (gap.cids, gap.since, gap.until, gap.partly) == ((CID,), 1000.0, 1012.0, True)
    said = "10 s of speech of Ann, Bob and 1 more not written down: too much was said"
    assert gap.reason == said


async def test_a_model_that_is_wrong_is_marked_and_the_call_does_not_count_as_heard(
    sandbox, console, scripted
):
    sandbox.call("one", "ann")
    off = {"closed_caption_mode": "disabled", "mode": "disabled"}
    sandbox.world.control.update(CID, settings_override={"transcription": off})
    await listening(console, sandbox)
    console.router.answer(SetListening(chosen=(CID,), options=ListeningOptions(speech=BASE)))
    await console.until(lambda: console.of(Gap))
    gap = console.of(Gap)[0]
    assert (gap.cids, gap.until, gap.partly) == ((CID,), 0.0, True)
    assert gap.reason == (
        "What is said is not written down: model.bin is not the file that we know."
    )
    assert any("Do not use it" in each.sentence for each in console.of(Problem))
    await console.until(lambda: not console.calls[CID].listened)
    assert console.calls[CID].unmonitored_since

    console.router.answer(SetListening())
    await console.until(lambda: [one for one in console.of(Gap) if one.until])
    ended = next(one for one in console.of(Gap) if one.until)
    assert (ended.since, ended.partly) == (gap.since, True)
    assert not console.of(Gap)[-1].partly  # and now it is not listened to at all


async def test_what_is_not_written_down_ends_with_the_sign_in(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox)
    console.router.answer(SetListening(chosen=(CID,), options=ListeningOptions(speech=BASE)))
    await console.until(lambda: [one for one in console.of(Gap) if one.partly])
    console.router.answer(SignOut())
    await console.until(lambda: [one for one in console.of(Gap) if one.partly and one.until])
    begun, ended = (one for one in console.of(Gap) if one.partly)
    assert (begun.until, ended.since) == (0.0, begun.since)


async def test_a_plugin_gets_its_key_out_of_the_keyring(sandbox, console, scripted):
    options = ListeningOptions(
        speech=PLUGIN, plugin=SpeechPlugin(interpreter="python", plugin="deepgram")
    )
    sandbox.call("one", "ann")
    await listening(console, sandbox)
    console.router.answer(AskPluginKey("a", "deepgram"))
    await console.until(lambda: console.of(PluginKeyKnown))
    assert not console.of(PluginKeyKnown)[0].known

    console.router.answer(KeepPluginKey("k", "deepgram", "the-key"))
    await console.until(lambda: console.of(PluginKeyKept))
    assert console.of(PluginKeyKept)[0].sentence == ""
    console.router.answer(AskPluginKey("b", "deepgram"))
    await console.until(lambda: len(console.of(PluginKeyKnown)) == 2)
    assert console.of(PluginKeyKnown)[1].known

    console.router.answer(SetListening(chosen=(CID,), options=options))
    await console.until(lambda: console.lines)
    assert console.lines[0].text == "deepgram with the-key"
    assert "the-key" not in repr(KeepPluginKey("k", "deepgram", "the-key"))


async def test_a_call_that_is_not_wanted_any_more_is_left(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: told(console).calls)
    console.router.answer(SetListening())
    await console.until(lambda: not told(console).calls)


async def test_a_replay_of_a_call_that_is_not_heard_is_refused(sandbox, console):
    sandbox.call("one", "ann")
    await listening(console, sandbox)
    console.router.answer(AskReplay("r", CID, "ann"))
    await console.until(lambda: console.of(ReplayAnswer))
    assert "not listened to" in console.of(ReplayAnswer)[0].sentence


async def test_the_real_process_says_why_a_call_cannot_be_joined(sandbox, console):
    need_media("getstream_rtc", "ctranslate2")
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    failed = (Joining.FAILED, Joining.JOINED)
    await console.until(
        lambda: told(console).calls and told(console).calls[0].state in failed, timeout=30
    )
    assert told(console).calls[0].state is Joining.JOINED or told(console).calls[0].sentence


def test_orders_hide_token_and_key():
    join = Join(cid=CID, api_key="k", user_id="u", token="secret", base_url="", ws_url="")
    begin = Begin(speech=TINY, plugin_key="secret")
    assert "secret" not in f"{join!r}{begin!r}"


async def test_the_media_process_ends_when_nothing_is_listened_to(
    sandbox, console, scripted, monkeypatch
):
    monkeypatch.setattr("console.engine.services.listening.service.IDLE_S", 1.0)
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: console.lines)
    await console.until(lambda: told(console).totals.calls_joined == 1)

    console.router.answer(SetListening())

    await console.until(lambda: console.engine.media.pid is None)
    assert told(console).totals.lines >= 1
    assert not any(each.place == "media" for each in console.of(Problem))


async def test_what_captions_and_this_machine_hear_is_one_line_with_both_sources(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    await listening(console, sandbox)
    await console.until(lambda: console.calls[CID].captioning)
    sandbox.say(ann, "You are worthless, go home.")
    await console.until(lambda: console.lines)
    (line,) = console.lines
    heard = SpeechHeard(
        utterance_id="u:0",
        cid=CID,
        user_id="ann",
        user_session_id=ann.user_session_id,
        name="Ann",
        text="you are worthless go home",
        start=line.start_time,
        end=line.end_time,
        final=True,
        heard_by="Test model",
    )
    console.engine.media._tell(heard)

    def joined():
        return [
            one.item
            for push in console.of(Heard)
            for one in push.items
            if one.marks_only and one.item.item_id == line.item_id
        ]

    await console.until(joined)
    body = joined()[0].body
    assert (body.text, body.second) == ("You are worthless, go home.", "Test model")
    assert body.second_text == "you are worthless go home"
    assert {each.item_id for each in console.lines} == {line.item_id}


async def test_time_without_listening_is_a_gap_where_there_are_no_captions(
    sandbox, console, scripted
):
    sandbox.call("one", "ann")
    off = {"closed_caption_mode": "disabled", "mode": "disabled"}
    sandbox.world.control.update(CID, settings_override={"transcription": off})
    await listening(console, sandbox, CID)
    await console.until(lambda: console.calls[CID].listened)
    before = len(console.of(Gap))

    console.router.answer(SetListening())
    await console.until(lambda: len(console.of(Gap)) > before)
    gap = console.of(Gap)[-1]
    assert (gap.cids, gap.until, gap.partly) == ((CID,), 0.0, False)
    assert "did not listen" in gap.reason
    await console.until(lambda: console.calls[CID].unmonitored_since)


async def test_a_call_with_captions_is_left_without_a_gap(sandbox, console, scripted):
    sandbox.call("one", "ann")
    await listening(console, sandbox, CID)
    await console.until(lambda: console.calls[CID].listened and console.calls[CID].captioning)
    before = len(console.of(Gap))
    console.router.answer(SetListening())
    await console.until(lambda: not console.calls[CID].listened)
    assert len(console.of(Gap)) == before


async def test_a_plugin_is_tried_before_it_is_used(sandbox, console):
    sandbox.call("one", "ann")
    await listening(console, sandbox)
    plugin = SpeechPlugin(interpreter="/bin/ls", plugin="deepgram")
    console.router.answer(TryPlugin("t", plugin))
    await console.until(lambda: console.of(PluginTried), timeout=30)
    (tried,) = console.of(PluginTried)
    assert "ended unasked" in tried.sentence
    own = Path(__file__).parents[2] / "media/plugins/tones.py"
    plugin = SpeechPlugin(interpreter=sys.executable, plugin=f"{own}:Tones")
    console.router.answer(TryPlugin("u", plugin))
    await console.until(lambda: len(console.of(PluginTried)) == 2, timeout=30)
    assert console.of(PluginTried)[1] == PluginTried("u")
