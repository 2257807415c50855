"""Sounds play where something can play them, and say why where nothing can."""

import importlib.util
import threading
import wave

import pytest

from console.base.paths import resources
from console.ui.alerts import sound
from console.ui.alerts.sound import NO_DESK, NO_DEVICE, NO_PLAYER, Sounds

FOLDER = resources() / "sounds"


@pytest.mark.parametrize("name", ["raised.wav", "critical.wav"])
def test_a_sound_is_short(name):
    with wave.open(str(FOLDER / name)) as file:
        assert 0.2 < file.getnframes() / file.getframerate() < sound.LONGEST_S


def test_where_nobody_sits_nobody_is_told(qapp, recorder):
    sounds = Sounds(FOLDER)
    recorder.watch(silent=sounds.silent)
    sounds.play(critical=True)
    assert recorder.of("silent") == []
    assert sounds.why_silent == NO_DESK


def test_where_nothing_can_play_it_says_so_once(qapp, recorder, monkeypatch):
    monkeypatch.setattr(sound, "NO_SCREEN", frozenset())
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    sounds = Sounds(FOLDER)
    recorder.watch(silent=sounds.silent)
    sounds.play(critical=True)
    sounds.play(critical=False)
    assert recorder.of("silent") == [NO_PLAYER]
    assert sounds.why_silent == NO_PLAYER


def test_the_small_package_plays_to_the_end_or_says_that_there_is_no_device(
    qapp, qtbot, monkeypatch
):
    miniaudio = pytest.importorskip("miniaudio")
    monkeypatch.setattr(sound, "NO_SCREEN", frozenset())
    opened, real = [], miniaudio.PlaybackDevice

    def null_device():
        opened.append(real(backends=[miniaudio.Backend.NULL]))
        return opened[-1]

    monkeypatch.setattr(miniaudio, "PlaybackDevice", null_device)
    sounds = Sounds(FOLDER)
    sounds.play(critical=True)
    qtbot.waitUntil(lambda: bool(opened))
    qtbot.waitUntil(lambda: all(each.name != "alert sound" for each in threading.enumerate()))
    assert sounds.why_silent == ""

    def no_device():
        raise miniaudio.MiniaudioError("none")

    monkeypatch.setattr(miniaudio, "PlaybackDevice", no_device)
    sounds.play(critical=False)
    qtbot.waitUntil(lambda: sounds.why_silent == NO_DEVICE)
