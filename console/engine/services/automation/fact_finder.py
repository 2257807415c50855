"""Finds out what the rules ask of an item and its author, and nothing else."""

from collections import OrderedDict

from console.domain.automation.decide import DAY_S, content_fits
from console.domain.automation.facts import Facts
from console.domain.automation.rule import Conditions, Mode, Rule
from console.domain.item import Item
from console.domain.verdict import JudgedItem, Verdict
from console.engine.services.service import SessionContext
from console.engine.wire.refusals import StreamRefusedError

EARLIER = 500
"""Items of a person that are looked at to count how often they did something, the last ones."""

AGES_KEPT = 2_000


class FactFinder:
    """Asks the directory, the store and, for the age of an account, Stream."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._born: OrderedDict[str, float] = OrderedDict()
        """When accounts were made (unix seconds), 0.0 where Stream does not say."""

    async def find(self, item: Item, verdict: Verdict, rules: tuple[Rule, ...]) -> Facts:
        """What ``rules`` need to know.

        Raises:
            WorldError: the store could not be read.
        """
        asked = [
            rule.when
            for rule in rules
            if rule.mode is not Mode.OFF and content_fits(rule.when, item, verdict)
        ]
        now = self._context.clock.now()
        return Facts(
            item=item,
            verdict=verdict,
            at=now,
            role=self._role(item),
            first_call=await self._first_call(item, asked),
            account_days=await self._account_days(item.author_id, asked, now),
            earlier=await self._earlier(item.author_id, asked),
        )

    def _role(self, item: Item) -> str:
        person = self._context.directory.person(item.cid, item.author_id)
        return person.role if person else ""

    async def _first_call(self, item: Item, asked: list[Conditions]) -> bool | None:
        if not any(when.first_call for when in asked):
            return None
        heard_elsewhere = self._context.store.automation.heard_elsewhere
        return not await heard_elsewhere(item.author_id, item.cid, item.session_id)

    async def _earlier(self, user_id: str, asked: list[Conditions]) -> tuple[JudgedItem, ...]:
        if all(when.times <= 1 for when in asked):
            return ()
        return await self._context.store.automation.earlier(user_id, EARLIER)

    async def _account_days(
        self, user_id: str, asked: list[Conditions], now: float
    ) -> float | None:
        if not any(when.younger_days for when in asked):
            return None
        if user_id not in self._born:
            try:
                user = await self._context.gateway.find_user(user_id)
            except StreamRefusedError:
                return None  # asked again the next time
            made = user.created_at.seconds if user and user.created_at else 0.0
            self._born[user_id] = made
            if len(self._born) > AGES_KEPT:
                self._born.popitem(last=False)
        born = self._born[user_id]
        return (now - born) / DAY_S if born else None
