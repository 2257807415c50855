"""Notices that the hand is on its way to a list, so that its rows stand still before it arrives."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

from console.ui.widgets.timers import ticking

NEAR = 48
"""From this many pixels on the pointer is near wherever it moves to."""

REACH = 2000
"""How far ahead of the pointer its way is looked at, in pixels."""

STEP = 8
"""Over how many pixels its direction is taken: single steps only know eight of them."""

MOMENT_S = 0.4
"""How long after the last movement towards it a list still stands still."""

REST_S = 0.15
"""A hand that did not move for so long sets out anew."""

LOOK_MS = 100
"""How often it is looked whether the moment is over."""


def heads_for(before: QPointF, now: QPointF, place: QRectF) -> bool:
    """Whether a pointer that moved from ``before`` to ``now`` is near ``place`` or on its way."""
    if place.isEmpty():
        return False
    near = place.adjusted(-NEAR, -NEAR, NEAR, NEAR)
    if near.contains(now):
        return True
    step = now - before
    length = max(abs(step.x()), abs(step.y()))
    if not length:
        return False
    # Clip the way ahead by each pair of edges (Liang and Barsky's method).
    first, last = 0.0, REACH / length
    for start, by, low, high in (
        (now.x(), step.x(), near.left(), near.right()),
        (now.y(), step.y(), near.top(), near.bottom()),
    ):
        if not by:
            if not low <= start <= high:
                return False
            continue
        enters, leaves = sorted(((low - start) / by, (high - start) / by))
        first, last = max(first, enters), min(last, leaves)
    return first <= last


class Approached(Protocol):
    """A list that wants to know when the hand comes."""

    def pointer_nears(self) -> None:
        """The hand comes: let nothing move."""

    def pointer_turned_away(self) -> None:
        """The hand went elsewhere, or rests there."""

    def viewport(self) -> QWidget:
        """Where the rows are."""


class PointerWatch(QObject):
    """Watches the pointer over one top-level window for the lists in it.

    ``monotonic`` gives seconds.
    """

    def __init__(self, window: QWidget, monotonic: Callable[[], float]) -> None:
        super().__init__(window)
        self.setObjectName("pointer-watch")
        self._window = window
        self._monotonic = monotonic
        self._handle: QWindow | None = None
        self._lists: list[Approached] = []
        self._near: dict[Approached, float] = {}
        self._way: deque[QPointF] = deque(maxlen=16)
        self._moved_at = self._set_out_at = float("-inf")
        self._look = ticking(LOOK_MS, self)
        self._look.timeout.connect(self.look)

    def add(self, rows: Approached) -> None:
        """Tell ``rows`` from now on; once is enough."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)
        if rows not in self._lists:
            self._lists.append(rows)

    def set_out_at(self) -> float | None:
        """When the hand that moves now began to; None when it rests."""
        moving = self._monotonic() - self._moved_at < REST_S
        return self._set_out_at if moving else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self.moved_to(event.globalPosition())
        return False

    def moved_to(self, place: QPointF) -> None:
        """The pointer is at ``place``, on the screen."""
        now = self._monotonic()
        if now - self._moved_at >= REST_S:
            self._set_out_at = now
            self._way.clear()
        self._moved_at = now
        far = (at for at in reversed(self._way) if (place - at).manhattanLength() >= STEP)
        before = next(far, self._way[0] if self._way else place)
        self._way.append(place)
        self._lists = [rows for rows in self._lists if shiboken6.isValid(rows)]
        for rows in self._lists:
            if heads_for(before, place, _place(rows)):
                if rows not in self._near:
                    rows.pointer_nears()
                self._near[rows] = now
        if self._near and not self._look.isActive():
            self._look.start()

    def look(self) -> None:
        """Let go of the lists to which the hand has not moved for a moment."""
        now = self._monotonic()
        for rows, at in tuple(self._near.items()):
            if now - at >= MOMENT_S:
                del self._near[rows]
                if shiboken6.isValid(rows):
                    rows.pointer_turned_away()
        if not self._near:
            self._look.stop()


def _place(rows: Approached) -> QRectF:
    view = rows.viewport()
    if not view.isVisible():
        return QRectF()
    return QRectF(view.mapToGlobal(QPointF(0, 0)), view.size().toSizeF())


def watch_pointer(rows: Approached, monotonic: Callable[[], float]) -> PointerWatch:
    """Let ``rows`` know when the hand comes; for its showEvent, as its window may be another."""
    window = rows.viewport().window()
    found = window.findChild(
        PointerWatch, "pointer-watch", Qt.FindChildOption.FindDirectChildrenOnly
    )
    watch = found or PointerWatch(window, monotonic)
    watch.add(rows)
    return watch
