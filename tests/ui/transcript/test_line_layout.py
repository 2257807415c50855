"""Where the parts of a row fall."""

import itertools

import pytest

from console.ui.transcript import line_layout
from console.ui.transcript.line_layout import Measures, estimator, lay_out, lay_out_compact

MEASURES = Measures(line=17, time=58, character=7.0)


def parts(shape):
    found = [shape.time, shape.disc, shape.name, shape.call, shape.text, shape.lane]
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
    assert lay_out(900, 17, MEASURES, mixed=False, quick=4).height == 30
    assert lay_out(900, 17, MEASURES, mixed=False, quick=4).wide
    assert not lay_out(900, 17, MEASURES, mixed=True, quick=4).wide
    assert not lay_out(600, 17, MEASURES, mixed=False, quick=4).wide


def test_the_text_is_laid_out_as_wide_as_it_is_measured():
    for width, mixed in itertools.product((400, 700, 1200), (False, True)):
        shape = lay_out(width, 17, MEASURES, mixed=mixed, quick=4)
        assert shape.text.width() == line_layout.text_width(width, MEASURES, mixed=mixed, quick=4)


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


@pytest.mark.parametrize("mixed", [False, True])
def test_estimates_are_near_for_even_text(mixed):
    guess = estimator(900, MEASURES, mixed=mixed, quick=4)
    run = line_layout.text_width(900, MEASURES, mixed=mixed, quick=4)
    for length in (10, 200, 900):
        lines = int(length * MEASURES.character / run) + 1
        exact = lay_out(900, lines * 17, MEASURES, mixed=mixed, quick=4).height
        assert abs(guess(length) - exact) <= 17
