"""Calls that this console is in while nothing writes down what is said there."""

from collections.abc import Callable, Iterable

from console.protocol.to_window import Gap

DEAF = "What is said is not written down: {}"


class DeafCalls:
    """Marks them on the time line from the first moment on. Times are unix seconds.

    ``put``: tells the window of a gap; one that runs has no end yet.
    """

    def __init__(self, put: Callable[[Gap], None]) -> None:
        self._put = put
        self._running: dict[str, Gap] = {}

    def begin(self, cids: Iterable[str], now: float, why: str) -> None:
        """From now on nothing is written down there, because of ``why``, a sentence."""
        for cid in cids:
            if cid not in self._running:
                gap = Gap((cid,), now, 0.0, DEAF.format(why), partly=True)
                self._running[cid] = gap
                self._put(gap)

    def end(self, cids: Iterable[str], now: float) -> None:
        """It is written down there again, or the call is left."""
        for cid in cids:
            gap = self._running.pop(cid, None)
            if gap is not None:
                self._put(Gap(gap.cids, gap.since, max(now, gap.since), gap.reason, partly=True))

    def end_all(self, now: float) -> None:
        """It is written down everywhere again."""
        self.end(tuple(self._running), now)
