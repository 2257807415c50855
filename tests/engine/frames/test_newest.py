"""Which frames need a verdict of their own."""

import pytest

from console.domain.frames import TrackKey
from console.domain.item import Picture
from console.engine.services.frames.newest import (
    AGAIN_S,
    ENTITY_S,
    QUIET_S,
    STANDS_S,
    STREAM_QUIET_S,
    NewestFrames,
)

KEY = TrackKey("default:a", "ann", "video")
SCREEN = TrackKey("default:a", "ann", "screenshare")
CALM = Picture(picture_id="a", labels=(("EXPLICIT", 0.1),), likeness="ffff0000ffff0000")
MOVED = Picture(picture_id="b", labels=(("EXPLICIT", 0.1),), likeness="0000ffff0000ffff")
BARE = Picture(picture_id="c", labels=(("EXPLICIT", 0.9),), likeness="ffff0000ffff0000")


@pytest.fixture
def newest():
    return NewestFrames(stream_looks=False)


def test_the_same_picture_shares_the_item_of_the_one_before(newest):
    first = newest.take(KEY, "Ann", 1.0, CALM)
    second = newest.take(KEY, "Ann", 6.0, CALM)
    assert (second.item_id, second.captured_at) == (first.item_id, 6.0)


def test_another_label_or_other_words_are_news_at_once(newest):
    newest.take(KEY, "Ann", 1.0, CALM)
    assert newest.needs_verdict(KEY, 2.0, BARE)
    assert newest.needs_verdict(KEY, 2.0, Picture(picture_id="d", text="scan me"))
    assert newest.needs_verdict(KEY, 2.0, Picture(sentence="The picture is broken."))


def test_who_only_moves_makes_an_item_now_and_then_unless_stream_looks_too(newest):
    newest.take(KEY, "Ann", 1.0, CALM)
    assert not newest.needs_verdict(KEY, 6.0, MOVED)
    assert newest.needs_verdict(KEY, 1.0 + QUIET_S, MOVED)
    asked = NewestFrames(stream_looks=True)
    asked.take(KEY, "Ann", 1.0, CALM)
    assert not asked.needs_verdict(KEY, 6.0, MOVED)
    assert asked.needs_verdict(KEY, 1.0 + STREAM_QUIET_S, MOVED)


def test_frames_of_one_camera_are_one_entity_at_stream_for_some_minutes(newest):
    first = newest.entity_of(KEY, 1.0)
    assert newest.entity_of(KEY, 1.0 + ENTITY_S - 1) == first
    assert newest.entity_of(SCREEN, 2.0) != first
    assert newest.entity_of(KEY, 1.0 + ENTITY_S) != first


def test_what_was_raised_and_goes_on_is_raised_again(newest):
    seen = newest.take(KEY, "Ann", 1.0, BARE)
    assert not newest.needs_verdict(KEY, 1.0 + AGAIN_S, BARE)
    newest.raised.add(seen.item_id)
    assert newest.needs_verdict(KEY, 1.0 + AGAIN_S, BARE)


def test_a_frame_that_comes_late_is_not_the_newest(newest):
    newest.take(KEY, "Ann", 6.0, CALM)
    assert newest.take(KEY, "Ann", 1.0, MOVED) is None


def test_a_withheld_picture_leaves_only_its_hash_and_who_left_nothing(newest):
    newest.take(KEY, "Ann", 1.0, BARE)
    (left,) = newest.withhold("c")
    assert left.picture == Picture(picture_id="c", withheld=True)
    assert newest.drop(lambda key: key == KEY) == (KEY,)
    assert newest.drop(lambda key: True) == ()


def test_a_frame_without_a_verdict_is_shown_where_no_newer_one_says_enough(newest):
    first = newest.begin(KEY, "Ann", 1.0, b"")
    assert (first.judged, first.picture.track, first.item_id) == (False, "video", "")
    assert newest.begin(KEY, "Ann", 1.0, b"blur").preview == b"blur"
    assert newest.begin(KEY, "Ann", 0.5, b"late") is None
    assert newest.take(KEY, "Ann", 1.0, CALM).judged
    assert newest.begin(KEY, "Ann", 3.0, b"blur") is None
    assert not newest.begin(KEY, "Ann", 1.0 + STANDS_S, b"blur").judged


def test_who_leaves_before_anybody_looked_is_forgotten_too(newest):
    newest.begin(KEY, "Ann", 1.0, b"")
    assert newest.drop(lambda key: key == KEY) == (KEY,)
