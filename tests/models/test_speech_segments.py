"""Segments of one speaker's sound: what chunks and chances give."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.speech import CHUNK_BYTES, CHUNK_S
from console.models.speech_segments import HANGOVER_S, LEAD_S, LONGEST_S, Segment, Segmenter

SPEECH, SILENCE = 0.9, 0.01


def cut(chances: Iterable[float], segmenter: Segmenter | None = None) -> list[Segment]:
    segmenter = segmenter or Segmenter()
    found: list[Segment] = []
    for number, chance in enumerate(chances):
        chunk = (number % 30_000).to_bytes(2, "little") * (CHUNK_BYTES // 2)
        found += segmenter.feed(chunk, chance)
    return [*found, *segmenter.end()]


def seconds(count: float, chance: float) -> list[float]:
    return [chance] * round(count / CHUNK_S)


def test_a_sentence_is_one_segment_with_its_beginning():
    chances = seconds(1, SILENCE) + seconds(2, SPEECH) + seconds(1, SILENCE)
    *partial, final = cut(chances)
    assert [each.final for each in partial] == [False]
    assert final.final
    assert final.start == pytest.approx(1.0 - LEAD_S, abs=0.05)
    assert final.seconds == pytest.approx(2.0 + LEAD_S + HANGOVER_S, abs=0.07)
    assert len(final.pcm) == round(final.seconds / CHUNK_S) * CHUNK_BYTES
    assert {each.number for each in partial} == {final.number}


def test_a_short_pause_does_not_end_it_and_a_long_one_does():
    pause = seconds(HANGOVER_S / 2, SILENCE)
    one = seconds(1, SPEECH) + pause + seconds(1, SPEECH) + seconds(1, SILENCE)
    two = seconds(1, SPEECH) + seconds(1, SILENCE) + seconds(1, SPEECH)
    assert [each.number for each in cut(one) if each.final] == [0]
    assert [each.number for each in cut(two) if each.final] == [0, 1]


def test_a_click_is_no_speech():
    assert cut(seconds(0.1, SPEECH) + seconds(1, SILENCE)) == []


def test_a_silent_track_of_ten_hours_gives_nothing_and_keeps_nothing():
    segmenter = Segmenter()
    hours = 10 * 3600 / CHUNK_S
    chunk = bytes(CHUNK_BYTES)
    segmenter._chunks = round(hours)  # as if so much had been fed
    assert list(segmenter.feed(chunk, SILENCE)) == []
    assert segmenter.heard_s == pytest.approx(36_000, abs=1)
    assert len(segmenter._lead) * CHUNK_S <= LEAD_S + CHUNK_S


def test_who_never_pauses_is_cut_where_it_is_least_like_speech():
    chances = [*seconds(10, SPEECH), 0.6, *seconds(20, SPEECH)]
    finals = [each for each in cut(chances) if each.final]
    assert finals[0].seconds == pytest.approx(10.0, abs=0.1)
    assert all(each.seconds <= LONGEST_S for each in finals)
    for before, after in pairwise(finals):
        assert after.start == pytest.approx(before.start + before.seconds, abs=0.001)


@given(st.lists(st.floats(0, 1), max_size=1_500))
def test_segments_are_bounded_in_order_and_never_overlap(chances):
    segmenter = Segmenter()
    finals = [each for each in cut(chances, segmenter) if each.final]
    assert all(each.seconds <= LONGEST_S for each in finals)
    assert all(len(each.pcm) == round(each.seconds / CHUNK_S) * CHUNK_BYTES for each in finals)
    for before, after in pairwise(finals):
        assert after.number > before.number
        assert after.start >= before.start + before.seconds - 0.001
    assert segmenter.spoken_s <= segmenter.heard_s + 0.001
