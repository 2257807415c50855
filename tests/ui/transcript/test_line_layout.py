"""Where the parts of a row fall."""

import itertools

import pytest
from msgspec.structs import replace

from console.ui.transcript import line_layout
from console.ui.transcript.line_layout import (
    Measures,
    badge_room,
    estimator,
    lay_out,
    lay_out_compact,
    text_runs,
)

MEASURES = Measures(line=17, time=58, character=7.0)


def parts(shape):
    # Below its first line a text may run under the lane; in a narrow row the head may, too.
    text = shape.text.adjusted(0, 0, shape.first_run - shape.text.width(), 0)
    lane = shape.lane
    if not shape.wide:
        lane = lane.adjusted(
            lane.width() - badge_room(shape.text.width() + 52, lane.width()), 0, 0, 0
        )
    found = [shape.time, shape.disc, shape.name, shape.call, text, lane]
    return [rect for rect in found if rect.width() > 0 and rect.height() > 0]


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("width", [320, 480, 619, 620, 840, 1600])
@pytest.mark.parametrize("text_height", [17, 34, 170])
def test_parts_lie_inside_and_do_not_overlap(width, text_height, mixed):
    shape = lay_out(width, text_height, MEASURES, mixed=mixed, quick=4)
    for rect in parts(shape):
        assert rect.left() >= 0
        assert rect.top() >= 0
        assert rect.bottom() < shape.height
    for one, other in itertools.combinations(parts(shape), 2):
        assert not one.intersects(other), (one, other)


def test_wide_rows_are_one_line_and_mixed_ones_never():
    assert lay_out(900, 17, MEASURES, mixed=False, quick=4).height == 28
    assert lay_out(900, 17, MEASURES, mixed=False, quick=4).wide
    assert not lay_out(900, 17, MEASURES, mixed=True, quick=4).wide
    assert not lay_out(600, 17, MEASURES, mixed=False, quick=4).wide


def test_text_takes_the_room_that_is_there():
    narrow = lay_out(400, 17, MEASURES, mixed=False, quick=4)
    assert narrow.first_run == narrow.text.width() == 400 - 40 - 12
    wide = lay_out(1000, 34, MEASURES, mixed=False, quick=4)
    assert wide.text.right() == 1000 - 12 - 1, "only the first line ends at the verdict"
    assert wide.text.left() + wide.first_run < wide.lane.left()
    assert text_runs(1000, MEASURES, mixed=False, quick=4) == (wide.first_run, wide.text.width())


def test_the_column_of_names_is_as_wide_as_the_names_and_at_most_a_third():
    short = lay_out(2560, 17, MEASURES, mixed=False, quick=4)
    longer = lay_out(2560, 17, replace(MEASURES, names=230), mixed=False, quick=4)
    longest = lay_out(900, 17, replace(MEASURES, names=5000), mixed=False, quick=4)
    assert short.name.width() < 80
    assert 230 <= longer.name.width() < 260
    assert longest.name.width() == 900 // 3
    narrow = lay_out(704, 17, replace(MEASURES, names=5000), mixed=False, quick=4)
    assert narrow.first_run >= line_layout.RUN_LEAST, "names leave the text room for a few words"


@pytest.mark.parametrize("line", [17, 18, 20, 24, 36])
def test_the_second_line_of_a_text_runs_below_the_quick_acts(line):
    shape = lay_out(900, 2 * line, replace(MEASURES, line=line), mixed=False, quick=4)
    lowest = max(place.bottom() for place in line_layout.quick_rects(shape.lane, 4))
    assert lowest <= shape.text.top() + line, "at most the room above its letters is touched"


@pytest.mark.parametrize("width", [320, 420, 560, 800, 1600])
@pytest.mark.parametrize("name", [30, 90, 400])
def test_who_and_where_are_named_in_every_mixed_row(width, name):
    shape = lay_out(width, 17, MEASURES, mixed=True, quick=4, name=name)
    assert shape.name.width() >= min(56, name)
    assert shape.call.width() >= 64
    if width >= 420:
        assert shape.time.width() == 58
    if width >= 800:
        assert shape.name.width() >= min(name, 200), "a name is cut only where there is no room"


def test_quick_acts_lie_in_the_lane_beside_the_short_badge():
    lane = lay_out(900, 17, MEASURES, mixed=False, quick=4).lane
    places = line_layout.quick_rects(lane, 4)
    assert len(places) == 4
    assert all(lane.contains(place) for place in places)
    assert places[0].left() - lane.left() >= line_layout.BADGE_SHORT
    for one, other in itertools.combinations(places, 2):
        assert not one.intersects(other)


def test_compact_rows_name_nobody():
    shape = lay_out_compact(320, 34, MEASURES)
    assert shape.name.isEmpty()
    assert shape.disc.isEmpty()
    assert shape.text.bottom() < shape.height


def test_compact_rows_let_their_text_run_as_wide_as_they_are():
    shape = lay_out_compact(900, 34, MEASURES)
    assert shape.text.width() == shape.first_run == 900 - 24
    runs = text_runs(900, MEASURES, mixed=False, quick=4, compact=True)
    assert runs == (shape.first_run, shape.text.width())


@pytest.mark.parametrize("mixed", [False, True])
def test_estimates_are_near_for_even_text(mixed):
    guess = estimator(900, MEASURES, mixed=mixed, quick=4)
    first, run = text_runs(900, MEASURES, mixed=mixed, quick=4)
    for length in (10, 200, 900):
        lines = int((length * MEASURES.character + run - first) / run) + 1
        exact = lay_out(900, lines * 17, MEASURES, mixed=mixed, quick=4).height
        assert abs(guess(length) - exact) <= 17
