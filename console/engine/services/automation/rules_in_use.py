"""The rules in use: kept in the store, changed by people, paused by the guard."""

from collections import defaultdict, deque

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import AUTOMATION
from console.domain.automation.book import SEED, Paused, RuleBook
from console.domain.automation.check import problems_of
from console.domain.automation.guard import MEMORY_S, WINDOW_S, recent, too_many, usual
from console.engine.services.service import SessionContext
from console.protocol.automation import RulesChanged

TIMES_KEPT = 10_000
"""Acts of one rule that the guard remembers."""


class RulesInUse:
    """The book, and how often each rule acted.

    Attributes:
        book: the rules; the default until others were read or saved.
    """

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._store = context.store.automation
        self._acted: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=TIMES_KEPT))
        self.book = SEED

    async def start(self) -> None:
        """Read what is kept.

        Raises:
            WorldError: the store could not be read.
        """
        self.book = await self._store.book() or SEED
        for rule_id, times in (await self._store.acted_at(self._now() - MEMORY_S)).items():
            self._acted[rule_id].extend(times)

    async def save(self, book: RuleBook) -> None:
        """Use other rules from now on; what is paused stays paused.

        Raises:
            WorldError: something is wrong with them, or they cannot be written down.
        """
        problems = problems_of(book)
        if problems:
            raise WorldError(problems[0])
        left = {"", *(rule.rule_id for rule in book.rules)}
        paused = tuple(each for each in self.book.paused if each.rule_id in left)
        await self._change(replace(book, paused=paused), by=self._context.user_id)

    async def resume(self, rule_id: str) -> None:
        """Let a rule, or all of them where it is "", act again.

        Raises:
            WorldError: it cannot be written down.
        """
        paused = tuple(each for each in self.book.paused if each.rule_id != rule_id)
        since = self._now() - WINDOW_S
        for name, times in self._acted.items():
            if rule_id in ("", name):
                kept = [at for at in times if at < since]
                times.clear()
                times.extend(kept)
        await self._change(replace(self.book, paused=paused), by=self._context.user_id)

    async def may_act(self, rule_id: str, at: float) -> bool:
        """Count one more act of a rule, decided at ``at`` (unix seconds).

        False where the guard has to pause it, or all of them.
        """
        if self.book.pause_of(rule_id) is not None:
            return False
        limits, now = self.book.limits, self._now()
        own = list(self._acted[rule_id])
        all_ = sorted(at for times in self._acted.values() for at in times)
        for name, times, least in (
            (rule_id, own, limits.rule_least),
            ("", all_, limits.account_least),
        ):
            if too_many(times, now, least=least, factor=limits.factor):
                acts, normal = recent(times, now), usual(times, now)
                await self._pause(Paused(rule_id=name, at=now, acts=acts, usual=normal))
                return False
        self._acted[rule_id].append(at)
        return True

    def not_needed(self, rule_id: str, at: float) -> None:
        """What was decided at ``at`` came to no act: it does not count against the rule."""
        if at in self._acted[rule_id]:
            self._acted[rule_id].remove(at)

    async def tell(self) -> None:
        """Show the rules with their records.

        Raises:
            WorldError: the store could not be read.
        """
        records = await self._store.records([rule.rule_id for rule in self.book.rules])
        self._context.channel.put(RulesChanged(self.book, tuple(records)))

    async def _pause(self, paused: Paused) -> None:
        self.book = replace(self.book, paused=(*self.book.paused, paused))
        try:
            await self._change(self.book, by=AUTOMATION)
        except WorldError as error:  # it is paused all the same
            self._context.channel.problem("automation", error.sentence)

    async def _change(self, book: RuleBook, *, by: str) -> None:
        await self._store.keep_book(book, self._now(), by)
        self.book = book
        await self.tell()

    def _now(self) -> float:
        return self._context.clock.now()
