"""Heights of many rows: every answer equals that of a plain list."""

from hypothesis import given
from hypothesis import strategies as st

from console.ui.widgets.row_heights import BLOCK, RowHeights

heights = st.lists(st.integers(1, 90), max_size=600)


def filled(values):
    rows = RowHeights()
    rows.reset(values)
    return rows


def agrees(rows, values):
    assert len(rows) == len(values)
    assert rows.total() == sum(values)
    for row in range(0, len(values) + 1, 37):
        assert rows.top(row) == sum(values[:row])


@given(heights, heights, st.data())
def test_insert_and_remove_agree_with_a_list(values, more, data):
    rows = filled(values)
    at = data.draw(st.integers(0, len(values)))
    rows.insert(at, more)
    values = values[:at] + more + values[at:]
    agrees(rows, values)
    if values:
        first = data.draw(st.integers(0, len(values) - 1))
        many = data.draw(st.integers(1, len(values) - first))
        rows.remove(first, many)
        agrees(rows, values[:first] + values[first + many :])


@given(heights.filter(bool), st.data())
def test_the_row_at_a_position_covers_it(values, data):
    rows = filled(values)
    position = data.draw(st.integers(0, sum(values) - 1))
    row = rows.row_at(position)
    assert rows.top(row) <= position < rows.top(row + 1)


def test_positions_outside_are_clamped():
    rows = filled([10] * (BLOCK + 3))
    assert rows.row_at(-5) == 0
    assert rows.row_at(10**9) == BLOCK + 2
    assert RowHeights().row_at(0) == -1


def test_measuring_happens_once_and_says_whether_anything_changed():
    rows = filled([10, 10, 10])
    asked = []

    def measure(row):
        asked.append(row)
        return 10 if row else 25

    assert rows.measure(0, 5, measure) is True
    assert rows.measure(0, 5, measure) is False
    assert asked == [0, 1, 2]
    assert rows.total() == 45
    rows.forget(1)
    assert rows.measured(1) is False
    assert rows.measure(0, 2, measure) is False
    assert asked == [0, 1, 2, 1]


def test_setting_a_height_tells_the_growth():
    rows = filled([10] * (BLOCK * 2))
    assert rows.set(BLOCK, 14) == 4
    assert rows.top(BLOCK + 1) == BLOCK * 10 + 14
    assert rows.height(BLOCK) == 14
