"""Holds what is armed until its second press, its end, or Esc."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.ui.state.armed import ARMED_S, READ_S, SETTLE_S, Armed
from console.ui.widgets.timers import one_shot

Do = Callable[[], object]
READ_FIRST = "Read first: "


class Arming(QObject):
    """At most one thing is armed, and any number are held. It does what was armed, or says why not.

    Signals:
        changed: what is armed, or what is held and due first, or nothing any more: see ``shown``.
        ended: (sentence, colour token) of what was not done.
    """

    changed = Signal()
    ended = Signal(str, str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._armed: tuple[Armed, Do] | None = None
        self._held: list[tuple[Armed, Do]] = []
        self._late = one_shot(int(ARMED_S * 1000), self)
        self._late.timeout.connect(self._on_late)

    @property
    def armed(self) -> Armed | None:
        """What waits for its second press."""
        return self._armed[0] if self._armed else None

    @property
    def shown(self) -> Armed | None:
        """What Esc would stop first: what is armed, else what is held and due first."""
        held = (armed for armed, _ in self._held)
        return self.armed or min(held, key=lambda each: each.due, default=None)

    def press(self, armed: Armed, do: Do) -> None:
        """Arm, or do what was armed by the press before this one."""
        known = self.armed
        if known is not None and known.wish == armed.wish:
            self.press_again()
            return
        self._armed = (replace(armed, since=self._clock.monotonic()), do)
        self._late.start()
        self.changed.emit()

    def press_again(self) -> None:
        """The second press, wherever it was. To a question it is no answer before ``READ_S``."""
        if self._armed is None:
            return
        armed, do = self._armed
        if armed.asks and self._clock.monotonic() - armed.since < READ_S:
            words = armed.words.removeprefix(READ_FIRST)
            self._armed = (replace(armed, words=f"{READ_FIRST}{words}"), do)
            self.changed.emit()
            return
        self._forget()
        do()

    def click_again(self) -> bool:
        """The second press as a click; False, and nothing done, where it came too soon."""
        armed = self.armed
        if armed is None or self._clock.monotonic() - armed.since < SETTLE_S:
            return False
        self.press_again()
        return True

    def hold(self, armed: Armed, seconds: float, do: Do) -> None:
        """Do it after so many seconds, unless it is stopped."""
        now = self._clock.monotonic()
        held = (replace(armed, since=now, due=now + seconds), do)
        self._held.append(held)
        timer = one_shot(int(seconds * 1000), self)
        timer.timeout.connect(partial(self._on_due, held))
        timer.timeout.connect(timer.deleteLater)
        timer.start()
        self.changed.emit()

    def stop(self) -> bool:
        """What Esc does: disarm, or else stop everything that is held; False where there is none.

        What was stopped is said.
        """
        if self._armed is not None:
            words = self._armed[0].words
            self._forget()
            self.ended.emit(f"{words}: stopped, nothing was done.", "")
            return True
        stopped = [armed.words for armed, _ in self._held]
        self._held.clear()
        if stopped:
            self.changed.emit()
            self.ended.emit(f"{', '.join(stopped)}: stopped, nothing was done.", "")
        return bool(stopped)

    def drop(self, why: str = "") -> None:
        """Something else is wanted now, so that what is armed is not done; ``why`` is said."""
        if self._armed is not None:
            words = self._armed[0].words
            self._forget()
            if why:
                self.ended.emit(f"{words}: not done. {why}", "warn")

    def drop_all(self) -> None:
        """The sign-in ends: nothing that is armed or held is done."""
        some = bool(self._held)
        self._held.clear()
        self._forget()
        if some:
            self.changed.emit()

    def _on_late(self) -> None:
        self.drop(f"It was not pressed again within {ARMED_S:.0f} s.")

    def _on_due(self, held: tuple[Armed, Do]) -> None:
        if held in self._held:
            self._held.remove(held)
            self.changed.emit()
            held[1]()

    def _forget(self) -> None:
        if self._armed is not None:
            self._armed = None
            self._late.stop()
            self.changed.emit()
