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
UNWORTHY_S = 3.0
"""A shorter silence is no gap: the heartbeat itself is only written every two seconds."""
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
            since, before = beat
            known = tuple(cid for cid in before if cid in set(cids))
            if known and UNWORTHY_S < until - since < FORGOTTEN_S:
                reason = "The engine was not running."
                self._outbound.put(Gap(cids=known, since=since, until=until, reason=reason))
        return lines
