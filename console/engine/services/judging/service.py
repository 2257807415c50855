"""Stream's verdicts: asked for on every item, by a sign-in with an app secret."""

from typing import Any

from console.domain.item import APPEARANCE, Item, Picture
from console.domain.verdict import JudgedItem, Verdict
from console.engine.services.judging.chat_policies import ChatPolicies
from console.engine.services.judging.metrics import VerdictMetrics
from console.engine.services.judging.worker import Worker
from console.engine.services.service import Service, SessionContext
from console.protocol.to_window import Heard, Judged


class Judging(Service):
    """Hands items to the worker and shows its verdicts."""

    needs_secret = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._metrics = VerdictMetrics()
        policies = ChatPolicies(
            context.gateway, context.clock, context.profile.config_key, context.channel.problem
        )
        self._worker = Worker(
            context.store,
            context.gateway.check,
            clock=context.clock,
            judged=context.verdict_kept,
            problem=context.channel.problem,
            key_of=policies.key_of,
        )

    async def start(self) -> None:
        self.context.keep_running(self._begin, "judging")

    async def close(self) -> None:
        await self._worker.close()

    def on_items(self, heard: Heard) -> None:
        for judged in heard.items:
            if judged.marks_only:
                continue
            self._metrics.expect(judged.verdicts)
            if _is_asked_about(judged):
                self._worker.offer(judged.item)

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        self._metrics.judged(item, verdict, self.context.clock.now())
        self.context.channel.put(Judged(verdicts=(verdict,)))

    def numbers(self, now: float) -> dict[str, Any]:
        return {
            **self._worker.numbers(),
            "disagreements": self._metrics.disagreements,
            "received_to_judged": self._metrics.received_to_judged.recent(now),
        }

    async def _begin(self) -> None:
        await self.context.old_items_first()  # else a verdict could come before its item
        self._worker.start()


def _is_asked_about(judged: JudgedItem) -> bool:
    """Whether Stream is asked here: names and pictures of people go another way, each once.

    It is not asked about a frame whose verdict here is final: it would not see what was seen here.
    """
    item = judged.item
    if item.kind in APPEARANCE or not item.checkable:
        return False
    final = bool(judged.verdicts) and not any(each.provisional for each in judged.verdicts)
    return not (isinstance(item.body, Picture) and final)
