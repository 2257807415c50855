"""What is being said in a call that is listened to, what that costs, and hearing it again."""

import importlib
import io
import wave

import pytest
from PySide6.QtCore import Qt

from console.protocol.listening import (
    AskReplay,
    ListenedCall,
    ListeningChanged,
    ListeningTotals,
    PartialHeard,
    PartialText,
    ReplayAnswer,
)
from console.protocol.media import Joining, MediaLoad
from console.ui.state.targets import Target
from console.ui.transcript import replay as words
from console.ui.transcript import replay_player
from console.ui.transcript.replay_player import NO_DESK, NO_DEVICE, ReplayPlayer
from tests.ui.conftest import CID

ANN = Target(cid=CID, user_id="ann", name="Ann")


@pytest.fixture
def panel(window):
    return window.transcript


def listening(**totals):
    return ListeningChanged(
        calls=(ListenedCall(cid=CID, why="by hand", state=Joining.JOINED),),
        hears_by="Whisper",
        load=MediaLoad(at=0.0, calls=1, cpu=0.08, rss_mb=300.0),
        totals=ListeningTotals(lines=2, heard_s=30.0, **totals),
        seen_as="moderator",
    )


def spoken(panel):
    return panel.saying._words.accessibleName()


def test_partial_text_is_shown_as_such_until_its_line_comes(panel, live):
    assert not panel.saying.isVisible()
    live.controller.choose_call(CID)
    live.session.apply(listening())
    assert panel.saying.isVisible()
    assert spoken(panel) == "Nobody is talking."

    live.session.apply(PartialHeard((PartialText(CID, "ann", "Ann", "you are\u202e"),)))
    assert panel.saying._who.text() == "Ann"
    assert spoken(panel).startswith("you are")
    assert "\u202e" not in spoken(panel)

    live.session.apply(PartialHeard((PartialText(CID, "ann", "Ann", ""),)))
    assert spoken(panel) == "Nobody is talking."
    assert panel.saying.isVisible()  # its going must not move a row

    live.session.apply(ListeningChanged())
    assert not panel.saying.isVisible()


def test_the_load_and_what_was_left_out_are_shown(panel, live):
    live.controller.choose_call(CID)
    live.session.apply(listening(shed=2, hung=1))
    assert panel.saying._load.text() == "8% of a processor, 300 MB, 3 left out"
    told = panel.saying._load.toolTip()
    assert "2 stretches of speech were left out" in told
    assert "1 given up" in told


def test_hearing_again_needs_one_person_of_a_call_that_is_listened_to(panel, live):
    replay = panel.replay
    assert replay.toggle() == words.NOBODY
    live.controller.choose_person(ANN)
    assert replay.toggle() == words.NOT_HEARD
    live.session.apply(listening())
    live.settings["listen_replay"] = False
    assert replay.toggle() == words.OFF


def test_what_was_asked_for_is_played_or_says_why_not(panel, live, engine, sent, recorder):
    live.controller.choose_person(ANN)
    live.session.apply(listening())
    recorder.watch(said=live.controller.said)
    assert panel.replay.toggle() == ""
    asked = sent.of(AskReplay)[-1]
    engine.say(ReplayAnswer(asked.request_id, sentence="Nothing that they said is kept."))
    assert recorder.of("said")[-1][0] == "Nothing that they said is kept."

    panel.replay.toggle()
    asked = sent.of(AskReplay)[-1]
    engine.say(ReplayAnswer(asked.request_id, wav=b"RIFF" + bytes(100), seconds=3.0))
    assert recorder.of("said")[-1][0] == NO_DESK


@pytest.fixture
def null_device(monkeypatch):
    """A device that plays to nobody, in real time."""
    miniaudio = pytest.importorskip("miniaudio")
    real = miniaudio.PlaybackDevice
    monkeypatch.setattr(
        miniaudio,
        "PlaybackDevice",
        lambda **options: real(backends=[miniaudio.Backend.NULL], **options),
    )
    monkeypatch.setattr(replay_player, "NO_SCREEN", frozenset())


def test_sound_is_played_from_memory_to_its_end_and_can_be_stopped(
    qapp, qtbot, recorder, null_device
):
    player = ReplayPlayer()
    recorder.watch(ended=player.ended)
    assert player.play(wav(0.2)) == ""
    qtbot.waitUntil(lambda: recorder.of("ended") == [""])

    assert player.play(wav(30.0)) == ""
    assert player.playing
    player.stop()
    assert not player.playing


def test_with_the_keyboard_it_is_asked_for_played_and_stopped(
    window, live, engine, sent, qtbot, recorder, null_device
):
    recorder.watch(said=live.controller.said)
    live.controller.choose_person(ANN)
    live.session.apply(listening())
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    engine.say(ReplayAnswer(sent.of(AskReplay)[-1].request_id, wav=wav(30.0), seconds=30.0))
    assert window.transcript.replay.player.playing
    assert "The last 30 s that Ann said" in recorder.of("said")[-1][0]
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert not window.transcript.replay.player.playing
    assert len(sent.of(AskReplay)) == 1


@pytest.fixture
def multimedia(qapp, monkeypatch):
    """PySide6's own player; where there is no sound device, a null sink of PulseAudio does."""
    pytest.importorskip("PySide6.QtMultimedia", reason="PySide6-Addons is not installed")
    monkeypatch.setattr(replay_player, "NO_SCREEN", frozenset())
    return importlib.import_module("PySide6.QtMultimedia").QMediaDevices


@pytest.mark.qt_log_ignore("pipewire-0.3", "PulseAudioService", extend=True)
def test_qt_plays_it_to_its_end_or_says_that_there_is_no_device(multimedia, qtbot, recorder):
    player = ReplayPlayer()
    recorder.watch(ended=player.ended)
    there_is_none = multimedia.defaultAudioOutput().isNull()
    assert player.play(wav(0.2)) == (NO_DEVICE if there_is_none else "")
    if not there_is_none:
        qtbot.waitUntil(lambda: recorder.of("ended") == [""], timeout=10_000)
    assert not player.playing


@pytest.mark.qt_log_ignore("pipewire-0.3", "PulseAudioService", extend=True)
def test_what_qt_plays_can_be_stopped(multimedia, recorder):
    if multimedia.defaultAudioOutput().isNull():
        pytest.skip("there is no sound device")
    player = ReplayPlayer()
    recorder.watch(ended=player.ended)
    assert player.play(wav(30.0)) == ""
    before = player.playing
    player.stop()
    assert (before, player.playing) == (True, False)
    assert recorder.of("ended") == []


def wav(seconds):
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(bytes(int(seconds * 32_000)))
    return file.getvalue()
