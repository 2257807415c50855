"""A hand that decides on a row, sets out from elsewhere, and presses soon after it has arrived.

Meanwhile the lists change. The time is that of the test's clock; the moves are the window system's.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.widgets.pointer_watch import PointerWatch

TICK = 0.02


class Hand:
    def __init__(self, window, clock, random, change, rate):
        """``change()`` changes something in the lists, ``rate`` times a second."""
        self._window, self._clock, self._random = window, clock, random
        self._change, self._every = change, 1 / rate
        self._next = clock.time + self._every
        self._watch = window.findChild(PointerWatch)
        self._at = QPoint(0, 0)

    def wait(self, seconds):
        until = self._clock.time + seconds
        while self._clock.time < until:
            self._clock.time += TICK
            if self._clock.time >= self._next:
                self._next = self._clock.time + self._every * self._random.uniform(0.8, 1.2)
                self._change()
            self._watch.look()
            QApplication.processEvents()

    def rest_at(self, place):
        """Go away, and stay until the lists move again."""
        self._move(place)
        self.wait(self._random.uniform(0.6, 1.0))

    def go_and_press(self, view, point):
        """Set out for ``point`` of ``view``, and press within 0.3 s of having entered it."""
        chance = self._random.uniform
        self.wait(chance(0, 0.2))
        target = self._window.mapFromGlobal(view.mapToGlobal(point))
        start, steps, inside = self._at, max(1, int(chance(0.1, 0.5) / TICK)), 0.0
        for step in range(1, steps + 1):
            self._move(start + (target - start) * (step / steps))
            local = view.mapFrom(self._window, self._at)
            if view.rect().contains(local):
                inside = inside or self._clock.time
            self.wait(TICK)
        self.wait(chance(0, max(0.0, 0.3 - (self._clock.time - inside))))
        handle, left = self._window.windowHandle(), Qt.MouseButton.LeftButton
        QTest.mouseClick(handle, left, Qt.KeyboardModifier.NoModifier, target)

    def _move(self, place):
        self._at = place
        QTest.mouseMove(self._window.windowHandle(), place)
        QApplication.processEvents()
