"""Cameras and screens of people, where the client calls both video."""

import pytest

from console.domain.picture import SCREEN, VIDEO
from console.media.track_kinds import TrackKinds

BOTH = (VIDEO, SCREEN)


@pytest.fixture
def kinds():
    return TrackKinds()


def test_both_at_once_are_a_camera_and_a_screen(kinds):
    assert [kinds.kind_of("s", VIDEO, BOTH, BOTH) for _ in range(2)] == [VIDEO, SCREEN]
    assert kinds.kind_of("other", VIDEO, BOTH, BOTH) == VIDEO


def test_a_screen_alone_is_one_and_the_camera_that_follows_is_another(kinds):
    assert kinds.kind_of("s", VIDEO, (SCREEN,), BOTH) == SCREEN
    assert kinds.kind_of("s", VIDEO, BOTH, BOTH) == VIDEO


def test_only_what_was_asked_for_comes(kinds):
    assert kinds.kind_of("s", VIDEO, BOTH, (SCREEN,)) == SCREEN


def test_what_the_client_knows_is_believed(kinds):
    assert kinds.kind_of("s", SCREEN, BOTH, BOTH) == SCREEN
    assert kinds.kind_of("s", VIDEO, BOTH, BOTH) == VIDEO


def test_a_track_that_ended_can_come_again(kinds):
    assert kinds.kind_of("s", VIDEO, BOTH, BOTH) == VIDEO
    kinds.ended("s", VIDEO)
    assert kinds.kind_of("s", VIDEO, BOTH, BOTH) == VIDEO
    assert kinds.kind_of("s", VIDEO, (), BOTH) == VIDEO
