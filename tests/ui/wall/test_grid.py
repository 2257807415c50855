from itertools import pairwise

import pytest

from console.ui.wall.grid import Grid

GRID = Grid(count=10, width=320, least=100, height=40, gap=5)
"""Three columns: rows of 3, 3, 3 and 1."""


def test_tiles_share_the_whole_width():
    assert (GRID.columns, GRID.rows, GRID.total) == (3, 4, 185)
    places = [GRID.place(tile) for tile in range(3)]
    assert places[0][0] == 5
    assert places[2][0] + places[2][2] == 315
    assert all(place[2] >= 100 for place in places)
    gaps = [right[0] - left[0] - left[2] for left, right in pairwise(places)]
    assert gaps == [5, 5]


def test_every_tile_is_found_where_it_is_and_nowhere_else():
    for tile in range(GRID.count):
        left, top, width, height = GRID.place(tile)
        assert GRID.at(left, top) == GRID.at(left + width - 1, top + height - 1) == tile
        assert GRID.at(left - 1, top) == GRID.at(left, top - 1) == -1
    assert GRID.at(150, 160) == GRID.at(-3, 10) == GRID.at(10, 900) == -1


def test_the_tiles_of_a_stretch_are_those_of_its_rows():
    assert list(GRID.between(0, 40)) == [0, 1, 2]
    assert list(GRID.between(50, 140)) == [3, 4, 5, 6, 7, 8]
    assert list(GRID.between(140, 900)) == [9]


@pytest.mark.parametrize(
    ("tile", "rows", "columns", "wanted"),
    [
        (0, 0, 1, 1),
        (2, 0, 1, 3),
        (0, 0, -1, 0),
        (9, 0, 1, 9),
        (1, 1, 0, 4),
        (1, -1, 0, 1),
        (6, 1, 0, 9),
        (7, 1, 0, 9),
        (9, 1, 0, 9),
        (1, 3, 0, 9),
        (7, -5, 0, 1),
        (0, 9, 0, 9),
    ],
)
def test_steps(tile, rows, columns, wanted):
    assert GRID.moved(tile, rows=rows, columns=columns) == wanted


def test_a_narrow_view_has_one_column_and_an_empty_wall_no_height():
    assert Grid(count=4, width=60, least=100, height=40, gap=5).columns == 1
    assert Grid(count=0, width=320, least=100, height=40, gap=5).total == 0


def test_tiles_grow_wide_while_all_rows_still_fit():
    tight = Grid(count=12, width=425, least=100, height=40, gap=5)
    assert (tight.columns, tight.rows) == (4, 3)
    roomy = tight.widened(height=200, most=250)
    assert (roomy.columns, roomy.rows) == (3, 4)
    assert tight.widened(height=150, most=250).columns == 4
    assert tight.widened(height=999, most=120).columns == 4
    assert Grid(count=1, width=425, least=100, height=40, gap=5).widened(200, 250).columns == 2
