"""Who of the team watches a call, on the rows of the list and the tiles of the wall."""

import pytest
from PySide6.QtCore import Qt

from console.ui.calls.calls_delegate import CallsDelegate
from console.ui.state.watched_words import watched_words
from console.ui.wall.feature import WALL
from console.ui.wall.views import BUILT_IN
from console.ui.wall.wall_model import TILE
from console.ui.widgets.roles import Role
from tests.ui.team.test_team_panel import HALL, HOSTILE, colleague, joined

YARD = "default:yard"


@pytest.fixture
def calls(window, live, make):
    live.session.apply(make.calls(make.call(HALL), make.call(YARD), whole=True))
    return window.panels["calls"].model


def row(model, cid, role):
    return model.index(model.row_of(cid), 0).data(role)


def spoken(model, cid):
    return row(model, cid, Qt.ItemDataRole.AccessibleTextRole)


def test_rows_say_who_watches_and_that_nobody_does(calls, live):
    me = live.session.state.user_id
    assert row(calls, HALL, Role.WATCHERS) is None  # no team
    assert "watch" not in spoken(calls, HALL)
    live.session.apply(joined(colleague(name=HOSTILE), colleague(me, "Me", HALL)))
    assert row(calls, HALL, Role.WATCHERS) == ("you", "Ben</b>⟦RLO⟧ was fired")
    assert "watched by you, Ben" in spoken(calls, HALL)
    assert row(calls, YARD, Role.WATCHERS) == ()
    assert "nobody watches it" in spoken(calls, YARD)
    live.session.apply(joined(colleague(cid=YARD)))
    assert row(calls, HALL, Role.WATCHERS) == ()
    assert row(calls, YARD, Role.WATCHERS) == ("Ben",)


def test_calls_that_nobody_watches_are_a_filter_and_a_view_of_the_wall(calls, window, live):
    live.session.apply(joined(colleague()))
    assert calls.set_filter("is:unwatched") == ""
    assert calls.keys() == ("", YARD)
    assert calls.set_filter("is:watched") == ""
    assert calls.keys() == ("", HALL)
    window.show_workspace(WALL)
    wall = window.wall.model
    assert (wall.tile(HALL).watchers, wall.tile(YARD).watchers) == (("Ben",), ())
    assert "is:unwatched" in [view.filter for view in BUILT_IN]


def test_a_tile_is_told_of_when_somebody_comes(window, calls, live, recorder):
    window.show_workspace(WALL)
    wall = window.wall.model
    assert wall.index(wall.row_of(HALL), 0).data(TILE).watchers is None
    recorder.watch(changed=wall.dataChanged)
    live.session.apply(joined(colleague()))
    wall._tell_touched()
    assert wall.row_of(HALL) in [first.row() for first, *_ in recorder.of("changed")]


def test_words_stay_short():
    assert watched_words(None) == ""
    assert watched_words(()) == "unwatched"
    assert watched_words(("A very long name indeed", "Ben", "Cy")) == "A very long nam… +2"


def test_the_row_is_painted_otherwise(window, calls, live, picture_of_row):
    before = picture_of_row(calls, HALL)
    live.session.apply(joined(colleague()))
    watched = picture_of_row(calls, HALL)
    live.session.apply(joined(colleague(cid=YARD)))
    assert len({before, watched, picture_of_row(calls, HALL)}) == 3


@pytest.fixture
def picture_of_row(window):
    calls = window.panels["calls"]

    def grab(model, cid):
        assert isinstance(calls.rows.itemDelegate(), CallsDelegate)
        image = calls.rows.viewport().grab(calls.rows.visualRect(model.index(model.row_of(cid), 0)))
        return bytes(image.toImage().constBits())

    return grab
