"""After a restart: what was said and done before, and for how long nobody listened."""

from collections.abc import Sequence

from console.base.clock import Clock
from console.domain.utterance import Utterance
from console.engine.outbound import Outbound
from console.protocol.to_window import ActProgress, ActsChanged, Gap, Heard
from console.store.store import AppStore

LINES_A_CALL = 200
MOST_LINES = 15_000
ACTS = 500
FORGOTTEN_S = 12 * 3600.0
"""A longer one is another day; nobody expects those lines here."""


class Replay:
    """Tells the window once what an earlier engine kept."""

    def __init__(self, store: AppStore, outbound: Outbound, clock: Clock) -> None:
        self._store = store
        self._outbound = outbound
        self._clock = clock

    async def acts(self) -> None:
        """Tell the last acts.

        Raises:
            WorldError: the store could not be read.
        """
        recent = await self._store.recent_acts(ACTS)
        if recent:
            told = tuple(ActProgress(act=a.act, receipt=a.receipt) for a in recent)
            self._outbound.put(ActsChanged(acts=told))

    async def lines(self, cids: Sequence[str]) -> list[Utterance]:
        """Tell the last lines of these calls, and the gap since they were listened to.

        Raises:
            WorldError: the store could not be read.
        """
        until = self._clock.now()
        beat = await self._store.last_heartbeat()
        per_call = max(5, min(LINES_A_CALL, MOST_LINES // max(1, len(cids))))
        found = await self._store.recent_utterances(cids, per_call)
        found.sort(key=lambda entry: entry[0].received_at)
        lines = [line for line, _ in found]
        if lines:
            verdicts = tuple(verdict for _, judged in found for verdict in judged)
            self._outbound.put(Heard(utterances=tuple(lines), verdicts=verdicts, replay=True))
        if beat is not None:
            gap = _deafness(*beat, lines, among=set(cids), until=until)
            if gap is not None:
                self._outbound.put(gap)
        return lines


def _deafness(
    beat_at: float,
    beaten: Sequence[str],
    lines: Sequence[Utterance],
    *,
    among: set[str],
    until: float,
) -> Gap | None:
    """From the last sign of listening until now, however short: something may have been said.

    That sign is the last heartbeat at ``beat_at`` with the calls ``beaten``, or a line kept since.
    """
    later = [line for line in lines if line.received_at >= beat_at]
    since = max((line.received_at for line in later), default=beat_at)
    cids = dict.fromkeys((*beaten, *(line.cid for line in later)))
    known = tuple(cid for cid in cids if cid in among)
    if not known or not 0 < until - since < FORGOTTEN_S:
        return None
    return Gap(cids=known, since=since, until=until, reason="The console was not listening.")
