"""How loud people are, and who dominates."""

import pytest

from tests.media_extra import need_media

need_media("aiortc", "numpy")

import numpy as np  # noqa: E402  (after the skip)
from av import AudioFrame  # noqa: E402

from console.sandbox.sfu.levels import HOLDS_S, Level, Loudest, loudness  # noqa: E402


def levels(**loud):
    return {name: Level(name, name, level) for name, level in loud.items()}


def dominant(room, now, **loud):
    """Who dominates from now on, if that changed."""
    found = room.news(levels(**loud), now)[1]
    return found.user_id if found is not None else ""


def test_loudness_is_of_the_largest_sample():
    frame = AudioFrame.from_ndarray(
        np.array([[0, -16_384, 900]], np.int16), format="s16", layout="mono"
    )
    assert loudness(frame) == pytest.approx(0.5)


def test_who_speaks_is_told_and_once_more_when_they_are_silent():
    room = Loudest()
    changed, _ = room.news(levels(ana=0.5, bo=0.0), 1.0)
    assert [(each.user_id, each.speaks) for each in changed] == [("ana", True)]
    changed, _ = room.news(levels(ana=0.0, bo=0.0), 2.0)
    assert [(each.user_id, each.speaks) for each in changed] == [("ana", False)]
    assert room.news(levels(ana=0.0, bo=0.0), 3.0) == ([], None)


def test_who_dominates_does_so_until_they_were_silent_for_a_moment():
    room = Loudest()
    assert dominant(room, 1.0, ana=0.2, bo=0.1) == "ana"
    assert dominant(room, 1.4, ana=0.1, bo=0.9) == ""
    assert dominant(room, 1.8, ana=0.0, bo=0.9) == ""
    assert dominant(room, 1.4 + HOLDS_S, ana=0.0, bo=0.9) == "bo"
    assert dominant(room, 9.0, ana=0.0, bo=0.0) == ""
    assert dominant(room, 10.0, ana=0.3) == "ana"
