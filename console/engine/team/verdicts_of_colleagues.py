"""Takes over what consoles with the secret say of Stream's verdicts."""

from collections.abc import Sequence

from console.base.errors import WorldError
from console.domain.item import Item
from console.domain.team import SharedVerdict
from console.domain.verdict import Verdict
from console.engine.services.service import SessionContext
from console.engine.team.shared_verdicts import EarlyVerdicts, taken_over
from console.protocol.to_window import Judged


class VerdictsOfColleagues:
    """Nothing is taken over where this console asks Stream itself."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._early = EarlyVerdicts()

    def on_items(self, items: Sequence[Item]) -> None:
        """Items were heard; some may have been judged before."""
        for item, verdict in self._early.take(items):
            self._judge(item, verdict)

    async def take(self, told: Sequence[SharedVerdict], by: str) -> None:
        """``by`` shared these."""
        if self._context.gateway.may_check or not told:
            return
        verdicts = [taken_over(each, by, self._context.clock.now()) for each in told]
        store = self._context.store
        try:
            known = await store.known([verdict.item_id for verdict in verdicts])
            await store.keep_verdicts([one for one in verdicts if one.item_id in known])
        except WorldError as error:
            self._context.channel.problem("store", error.sentence)
            return
        for verdict in verdicts:
            judged = known.get(verdict.item_id)
            if judged is None:
                self._early.keep(verdict)
            else:
                self._judge(judged.item, verdict)

    def _judge(self, item: Item, verdict: Verdict) -> None:
        self._context.verdict_kept(item, verdict)
        self._context.channel.put(Judged(verdicts=(verdict,)))
