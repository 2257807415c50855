"""Where the parts of a transcript row fall. Pure geometry in logical pixels; painted elsewhere.

Wide rows are one table line: time, speaker, text, lane. Narrow ones, and all rows where calls are
mixed, put the text below the speaker. The lane at the right end of the first line is reserved for
the verdict, so that a verdict that changes never changes a height and nothing moves. The room of a
part follows from what stands in it: names take what the names in sight need, text the rest.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRect

MARGIN = 12
GAP = 8
PAD = 4
DISC = 20
QUICK_WIDTH = 42
QUICK_HEIGHT = 19
"""Lower than the first line of a row: the second line of its text runs below."""
COMPACT_HEAD = 18
BADGE_SHORT = 28
WIDE_FROM = 620
NAME_LEAST = 56
NAME_STEP = 24
"""The column of names widens by so much at a time: each time every row is measured again."""
NAMES_LEAST = 112
RUN_LEAST = 240
"""What the column of names leaves to the first line of the text, down to NAMES_LEAST."""
CALL_LEAST = 64
BADGE_LEAST = 96
LANE_WITHOUT_ACTS = 200


class Measures(Struct, frozen=True):
    """What the layout has to know of the fonts, in pixels; ``names``: the widest name so far."""

    line: int
    time: int
    character: float
    names: int = NAME_LEAST


class LineShape(Struct, frozen=True):
    """The parts of one row, relative to its top left corner.

    ``first_run``: how wide the first line of the text is; the others are as wide as ``text``.
    """

    height: int
    wide: bool
    time: QRect
    disc: QRect
    name: QRect
    call: QRect
    text: QRect
    first_run: int
    lane: QRect


def lane_width(quick: int) -> int:
    """Width of the lane for ``quick`` buttons beside the short badge."""
    if not quick:
        return LANE_WITHOUT_ACTS
    return BADGE_SHORT + quick * QUICK_WIDTH + GAP


def badge_room(width: int, lane: int) -> int:
    """What the head of a narrow row leaves to the badge; quick acts lie over the head."""
    return min(lane, max(BADGE_LEAST, round(width * 0.28)))


def is_wide(width: int, mixed: bool) -> bool:
    """Whether rows of ``width`` are one table line; ``mixed``: several calls share the list."""
    return width >= WIDE_FROM and not mixed


def name_column(width: int, measures: Measures, lane: int) -> int:
    """The width of the column of names in a wide row: what the names need, a third at most.

    Not so much that the text beside it would run into many short lines.
    """
    steps = -(-max(measures.names, NAME_LEAST) // NAME_STEP)
    others = 2 * MARGIN + measures.time + 4 * GAP + DISC + lane
    spared = max(NAMES_LEAST, width - others - RUN_LEAST)
    return min(steps * NAME_STEP, width // 3, spared)


def text_runs(
    width: int, measures: Measures, *, mixed: bool, quick: int, compact: bool = False
) -> tuple[int, int]:
    """How wide the first line of the text may run, and the others."""
    if compact:
        run = max(40, width - 2 * MARGIN)
        return run, run
    if not is_wide(width, mixed):
        run = max(40, width - (MARGIN + DISC + GAP) - MARGIN)
        return run, run
    rest = width - _text_left(width, measures, lane_width(quick)) - MARGIN
    return max(40, rest - GAP - lane_width(quick)), max(40, rest)


def _text_left(width: int, measures: Measures, lane: int) -> int:
    names = name_column(width, measures, lane)
    return MARGIN + measures.time + GAP + DISC + GAP + names + GAP


def lay_out(
    width: int,
    text_height: int,
    measures: Measures,
    *,
    mixed: bool,
    quick: int,
    name: int = NAME_LEAST,
) -> LineShape:
    """The shape of a row of ``width`` whose wrapped text is ``text_height`` high.

    ``name``: the width of this row's name, where it stands in no column.
    """
    first = max(DISC, QUICK_HEIGHT, measures.line)
    run, rest = text_runs(width, measures, mixed=mixed, quick=quick)
    lane = lane_width(quick)
    lane_rect = QRect(width - MARGIN - lane, PAD, lane, first)
    if is_wide(width, mixed):
        disc_left = MARGIN + measures.time + GAP
        text_top = PAD + (first - measures.line) // 2
        return LineShape(
            height=max(first, text_top - PAD + text_height) + 2 * PAD,
            wide=True,
            time=QRect(MARGIN, PAD, measures.time, first),
            disc=QRect(disc_left, PAD + (first - DISC) // 2, DISC, DISC),
            name=QRect(disc_left + DISC + GAP, PAD, name_column(width, measures, lane), first),
            call=QRect(),
            text=QRect(_text_left(width, measures, lane), text_top, rest, text_height),
            first_run=run,
            lane=lane_rect,
        )
    left = MARGIN + DISC + GAP
    head = max(40, width - MARGIN - badge_room(width, lane) - GAP - left)
    time, name, call = _shares(head, measures.time, name, mixed=mixed)
    name_left = left + (time + GAP if time else 0)
    return LineShape(
        height=PAD + first + text_height + 2 * PAD,
        wide=False,
        disc=QRect(MARGIN, PAD + (first - DISC) // 2, DISC, DISC),
        name=QRect(name_left, PAD, name, first),
        time=QRect(left, PAD, time, first),
        call=QRect(name_left + name + GAP, PAD, call, first),
        text=QRect(left, PAD + first, rest, text_height),
        first_run=run,
        lane=lane_rect,
    )


def _shares(head: int, time: int, name: int, *, mixed: bool) -> tuple[int, int, int]:
    """The widths of time, name and call in a head: who and where come before when."""
    if head < time + GAP + NAME_LEAST + (GAP + CALL_LEAST if mixed else 0):
        time = 0
    room = head - (time + GAP if time else 0)
    if not mixed:
        return time, room, 0
    # A name takes what it needs, but leaves the call enough to be told from another.
    name = min(max(name, NAME_LEAST), max(room // 2, room - CALL_LEAST - GAP))
    return time, name, max(0, room - name - GAP)


def quick_rects(lane: QRect, count: int) -> list[QRect]:
    """Where the quick acts are in the lane, rightmost last."""
    top = lane.top() + (lane.height() - QUICK_HEIGHT) // 2
    left = lane.right() + 1 - count * QUICK_WIDTH
    return [
        QRect(left + place * QUICK_WIDTH, top, QUICK_WIDTH - 2, QUICK_HEIGHT)
        for place in range(count)
    ]


def lay_out_compact(width: int, text_height: int, measures: Measures) -> LineShape:
    """A row of a list in which everything was said by one person: no disc, no name."""
    first = max(COMPACT_HEAD, measures.line)
    run, _ = text_runs(width, measures, mixed=False, quick=0, compact=True)
    # Beside the time there is only the call: the badge may have half of the row.
    lane = min(LANE_WITHOUT_ACTS, width // 2)
    lane_rect = QRect(width - MARGIN - lane, PAD, lane, first)
    time = QRect(MARGIN, PAD, measures.time, first)
    call_left = time.right() + 1 + GAP
    return LineShape(
        height=PAD + first + text_height + 2 * PAD,
        wide=False,
        time=time,
        disc=QRect(),
        name=QRect(),
        call=QRect(call_left, PAD, max(0, lane_rect.left() - GAP - call_left), first),
        text=QRect(MARGIN, PAD + first, run, text_height),
        first_run=run,
        lane=lane_rect,
    )


def estimator(
    width: int, measures: Measures, *, mixed: bool, quick: int, compact: bool = False
) -> Callable[[int], int]:
    """A cheap guess of a row's height from its text's length in characters."""
    begins, run = text_runs(width, measures, mixed=mixed, quick=quick, compact=compact)
    character, less = measures.character, run - begins
    first, line = max(DISC, QUICK_HEIGHT, measures.line), measures.line
    if compact:
        first = max(COMPACT_HEAD, line)
    elif is_wide(width, mixed):
        return lambda length: max(first, _lines(length * character, less, run) * line) + 2 * PAD
    return lambda length: first + _lines(length * character, less, run) * line + 3 * PAD


def _lines(pixels: float, less: int, run: int) -> int:
    return int((pixels + less) / run) + 1
