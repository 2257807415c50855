"""The way of the Tab key: first what the work is about, then what stands around it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget


def order_tabs(areas: Sequence[QWidget]) -> None:
    """Let Tab go through ``areas`` in this order; in each the rows come before its controls."""
    # Menus, popups and detached panels are windows of their own.
    window = areas[0].window()
    stops = [stop for area in areas for stop in _stops(area) if stop.window() is window]
    for first, second in pairwise(dict.fromkeys(stops)):
        QWidget.setTabOrder(first, second)


def _stops(area: QWidget) -> Iterator[QWidget]:
    inside = [
        each
        for each in (area, *area.findChildren(QWidget))
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
    ]
    yield from (each for each in inside if isinstance(each, QAbstractItemView))
    yield from (each for each in inside if not isinstance(each, QAbstractItemView))
