"""Measured, not assumed: frame gaps, and the delays between speech, screen, verdict and receipt."""

import time
from collections import deque

from PySide6.QtCore import QObject, Qt

from console.base.clock import Clock
from console.base.percentiles import SAMPLES_KEPT, DelayMeter, Percentiles, percentiles
from console.ui.state.entries import Entry, ItemEntry
from console.ui.state.session_state import SessionState
from console.ui.widgets.timers import ticking

FRAME_MS = 16


class FrameMeter(QObject):
    """How long the window kept its own event loop waiting: gaps of a timer of one frame, in ms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gaps: deque[float] = deque(maxlen=SAMPLES_KEPT)
        self._last = 0.0
        self._timer = ticking(FRAME_MS, self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Measure from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    def reset(self) -> None:
        """Forget what was measured, as after the start-up."""
        self._gaps.clear()

    def summary(self) -> Percentiles:
        """Over everything kept."""
        return percentiles(self._gaps)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000.0)
        self._last = now


class Meters(QObject):
    """All of the window's measurements.

    Attributes:
        spoken_to_shown: from the end of an item to its row in the transcript's model. Lines
            that wait because the reader scrolled back, and replayed ones, are not measured.
        shown_to_judged: from the row to its deciding verdict.
        click_to_accepted, click_to_seen: from the press to the receipt's step.
    """

    def __init__(self, session: SessionState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._shown_at: dict[str, float] = {}
        self._measured: set[tuple[str, str]] = set()
        self._began = clock.now()
        self.frames = FrameMeter(self)
        self.spoken_to_shown = DelayMeter()
        self.shown_to_judged = DelayMeter()
        self.click_to_accepted = DelayMeter()
        self.click_to_seen = DelayMeter()
        session.entries_shown.connect(self._on_shown)
        session.verdicts_changed.connect(self._on_verdicts_changed)
        session.acts_changed.connect(self._on_acts_changed)
        session.cleared.connect(self._shown_at.clear)

    def _on_shown(self, entries: tuple[Entry, ...]) -> None:
        now = self._clock.now()
        for entry in entries:
            if not isinstance(entry, ItemEntry) or entry.replay:
                continue
            self.spoken_to_shown.add((now - entry.item.end_time) * 1000.0, now)
            if entry.waiting:
                self._shown_at[entry.item.item_id] = now
        while len(self._shown_at) > SAMPLES_KEPT:
            del self._shown_at[next(iter(self._shown_at))]

    def _on_verdicts_changed(self, item_ids: tuple[str, ...]) -> None:
        now = self._clock.now()
        for item_id in item_ids:
            line = self._session.history.line(item_id)
            if line is None or line.waiting:
                continue
            shown_at = self._shown_at.pop(item_id, None)
            if shown_at is not None:
                self.shown_to_judged.add((now - shown_at) * 1000.0, now)

    def _on_acts_changed(self, act_ids: tuple[str, ...]) -> None:
        now = self._clock.now()
        for act_id in act_ids:
            act, receipt = self._session.acts[act_id].act, self._session.acts[act_id].receipt
            if act.requested_at < self._began:
                continue  # from the store, of an earlier run
            steps = (
                ("accepted", receipt.accepted_at, self.click_to_accepted),
                ("seen", receipt.seen_at, self.click_to_seen),
            )
            for name, at, meter in steps:
                if at and (act_id, name) not in self._measured:
                    self._measured.add((act_id, name))
                    meter.add((at - act.requested_at) * 1000.0, now)
