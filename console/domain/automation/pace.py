"""When one account acted against people, press by press. Pure."""

from collections import OrderedDict

from msgspec import Struct

from console.domain.automation.guard import MEMORY_S, WINDOW_S, recent, too_many_until, usual

PRESSES_KEPT = 10_000


class Speed(Struct, frozen=True, kw_only=True):
    """How fast an account acts now.

    Attributes:
        acts: presses in the last ten minutes, which took ``seconds``. usual: of an earlier stretch.
        too_many_until: until when one more is far above what is usual (unix seconds), or 0.0.
    """

    acts: int
    seconds: float
    usual: float
    too_many_until: float


class Pace:
    """The presses of one account in the last week."""

    def __init__(self) -> None:
        self._presses: OrderedDict[str, float] = OrderedDict()

    def add(self, press: str, at: float) -> bool:
        """Count a press at ``at`` (unix seconds); False where it is counted already."""
        if press in self._presses:
            return False
        self._presses[press] = at
        while len(self._presses) > PRESSES_KEPT:
            self._presses.popitem(last=False)
        return True

    def speed(self, now: float, *, least: int, factor: float) -> Speed:
        """How fast it is, where up to ``least`` presses in ten minutes are always normal."""
        times = sorted(at for at in self._presses.values() if 0.0 <= now - at < MEMORY_S)
        acts = recent(times, now)
        return Speed(
            acts=acts,
            seconds=min(now - times[-acts], WINDOW_S) if acts else 0.0,
            usual=usual(times, now),
            too_many_until=too_many_until(times, now, least=least, factor=factor),
        )
