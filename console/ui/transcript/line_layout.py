"""Where the parts of a transcript row fall. Pure geometry in logical pixels; painted elsewhere.

Wide rows are one table line: time, speaker, text, lane. Narrow ones, and all rows where calls are
mixed, put the text below the speaker. The lane at the right end of the first line is reserved for
the verdict, so that a verdict that changes never changes a height and nothing moves.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRect

MARGIN = 12
GAP = 8
PAD = 4
DISC = 20
QUICK_WIDTH = 42
QUICK_HEIGHT = 22
BADGE_SHORT = 28
WIDE_FROM = 620
NAME_FIRST = 128
LANE_WITHOUT_ACTS = 200


class Measures(Struct, frozen=True):
    """What the layout has to know of the fonts, in pixels."""

    line: int
    time: int
    character: float


class LineShape(Struct, frozen=True):
    """The parts of one row, relative to its top left corner."""

    height: int
    wide: bool
    time: QRect
    disc: QRect
    name: QRect
    call: QRect
    text: QRect
    lane: QRect


def lane_width(quick: int) -> int:
    """Width of the lane for ``quick`` buttons beside the short badge."""
    if not quick:
        return LANE_WITHOUT_ACTS
    return BADGE_SHORT + quick * QUICK_WIDTH + GAP


def is_wide(width: int, mixed: bool) -> bool:
    """Whether rows of ``width`` are one table line; ``mixed``: several calls share the list."""
    return width >= WIDE_FROM and not mixed


def text_width(width: int, measures: Measures, *, mixed: bool, quick: int) -> int:
    """How wide the text may run."""
    return max(40, _columns(width, measures, mixed=mixed, quick=quick)[1])


def _columns(width: int, measures: Measures, *, mixed: bool, quick: int) -> tuple[int, int, int]:
    """Left of the text, width of the text, width of the name."""
    if not is_wide(width, mixed):
        left = MARGIN + DISC + GAP
        return left, width - left - MARGIN, 0
    name = max(96, min(168, round(width * 0.17)))
    left = MARGIN + measures.time + GAP + DISC + GAP + name + GAP
    return left, width - left - GAP - lane_width(quick) - MARGIN, name


def lay_out(
    width: int, text_height: int, measures: Measures, *, mixed: bool, quick: int
) -> LineShape:
    """The shape of a row of ``width`` whose wrapped text is ``text_height`` high."""
    first = max(DISC, QUICK_HEIGHT, measures.line)
    left, run, name = _columns(width, measures, mixed=mixed, quick=quick)
    lane = lane_width(quick)
    lane_rect = QRect(width - MARGIN - lane, PAD, lane, first)
    if is_wide(width, mixed):
        disc_left = MARGIN + measures.time + GAP
        name_left = disc_left + DISC + GAP
        text_top = PAD + (first - measures.line) // 2
        return LineShape(
            height=max(first, text_top - PAD + text_height) + 2 * PAD,
            wide=True,
            time=QRect(MARGIN, PAD, measures.time, first),
            disc=QRect(disc_left, PAD + (first - DISC) // 2, DISC, DISC),
            name=QRect(name_left, PAD, name, first),
            call=QRect(),
            text=QRect(left, text_top, max(40, run), text_height),
            lane=lane_rect,
        )
    head = max(40, lane_rect.left() - left - GAP)
    time_width = min(measures.time, head)
    name_left = left + time_width + GAP
    name_width = max(0, head - time_width - GAP)
    if mixed:
        # Who comes before where: a narrow row has no room for the call.
        name_width = min(name_width, max(NAME_FIRST, round(name_width * 0.5)))
    return LineShape(
        height=PAD + first + text_height + 2 * PAD,
        wide=False,
        disc=QRect(MARGIN, PAD + (first - DISC) // 2, DISC, DISC),
        name=QRect(name_left, PAD, name_width, first),
        time=QRect(left, PAD, time_width, first),
        call=QRect(
            name_left + name_width + GAP,
            PAD,
            max(0, head - name_width - time_width - 2 * GAP) if mixed else 0,
            first,
        ),
        text=QRect(left, PAD + first, max(40, run), text_height),
        lane=lane_rect,
    )


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
    first = max(QUICK_HEIGHT - 4, measures.line)
    lane = LANE_WITHOUT_ACTS
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
        text=QRect(MARGIN, PAD + first, max(40, width - 2 * MARGIN), text_height),
        lane=lane_rect,
    )


def estimator(width: int, measures: Measures, *, mixed: bool, quick: int) -> Callable[[int], int]:
    """A cheap guess of a row's height from its text's length in characters."""
    share = measures.character / text_width(width, measures, mixed=mixed, quick=quick)
    first, line = max(DISC, QUICK_HEIGHT, measures.line), measures.line
    if is_wide(width, mixed):
        return lambda length: max(first, (int(length * share) + 1) * line) + 2 * PAD
    return lambda length: first + (int(length * share) + 1) * line + 3 * PAD
