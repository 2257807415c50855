"""Makes items of names and pictures that are raised, here or by Stream, and of nothing else."""

from collections.abc import Callable, Iterable, Sequence

from console.base.errors import WorldError
from console.domain.item import Item
from console.domain.verdict import KEEP, Verdict
from console.engine.services.judging.answer import verdict_of, verdict_without_stream
from console.engine.services.names.answers import AT_ONCE, Answers
from console.engine.services.service import SessionContext
from console.engine.sources.names import AppearanceSeen
from console.engine.wire.check import CheckAnswer

MOST_WAITING = 20_000
"""People whose names or pictures wait for Stream's answer at most."""


class Raising:
    """For one kind of appearance.

    Args:
        raised_here: whether the policy here raises an item.
        still: whether somebody still appears as an item says.

    Attributes:
        left: of how many people nothing was asked, because too many waited.
    """

    def __init__(
        self,
        context: SessionContext,
        answers: Answers,
        *,
        raised_here: Callable[[Item], bool],
        still: Callable[[Item], bool],
    ) -> None:
        self._context = context
        self._answers = answers
        self._raised_here = raised_here
        self._still = still
        self._waiting: dict[str, dict[str, Item]] = {}
        """Items about which Stream was asked: by the question, and by their id."""
        self._question: dict[str, str] = {}
        """Under which question each of them waits: what somebody was called before is over."""
        self._shown: set[str] = set()
        """Ids of those that are items; what follows is a revision of them."""
        self._left = 0

    @property
    def left(self) -> int:
        """How many Stream was not asked about, because too many came at once."""
        return self._left + self._answers.lost

    def start(self, name: str) -> None:
        """Ask, for as long as the sign-in lasts."""
        if self._context.gateway.may_check:
            for number in range(AT_ONCE):
                self._context.keep_running(self._answers.run, f"{name} {number + 1}")

    async def take_all(self, items: Sequence[Item]) -> None:
        """Show those that are raised, or were; of others find out what Stream says."""
        try:
            before = await self._context.store.known([item.item_id for item in items])
        except WorldError as error:
            self._context.channel.problem("store", error.sentence)
            before = {}
        self._shown |= before.keys()
        for item in items:
            same = before.get(item.item_id)
            if same is None or same.item.body != item.body:
                await self._take(item)

    def on_kept(self, items: Iterable[Item]) -> None:
        """These are on disk and shown: Stream's verdict may follow."""
        for item in items:
            self._wait(item)

    async def take_answers(self) -> None:
        """Give what Stream said to everybody whom it concerns."""
        for key in list(self._waiting):
            answer = self._answers.find(key)
            if answer is None:
                continue
            items = list(self._waiting.pop(key).values())
            for item in items:
                self._question.pop(item.item_id, None)
            await self._decide([item for item in items if item.item_id in self._shown], answer)
            if not _raises(answer):
                continue
            for item in items:
                if item.item_id not in self._shown and self._still(item):
                    await self._take(item)

    async def keep(self, decided: Sequence[tuple[Item, Verdict]]) -> None:
        """Keep and tell verdicts that decide."""
        try:
            await self._context.store.keep_verdicts([verdict for _, verdict in decided])
        except WorldError as error:
            sentence = f"A verdict could not be saved: {error.sentence}"
            self._context.channel.problem("store", sentence)
        for item, verdict in decided:
            self._context.verdict_kept(item, verdict)

    async def _take(self, item: Item) -> None:
        self._wait_no_more(item.item_id)
        answer = self._answers.find(self._answers.key(item))
        if self._raised_here(item) or item.item_id in self._shown or _raises(answer):
            self._shown.add(item.item_id)
            await self._context.take_in(AppearanceSeen(item=item))
        elif answer is None:
            self._wait(item)

    def _wait(self, item: Item) -> None:
        if not (self._context.gateway.may_check and item.checkable):
            return
        self._wait_no_more(item.item_id)
        if len(self._question) >= MOST_WAITING:
            self._left += 1
            return
        key = self._question[item.item_id] = self._answers.key(item)
        self._waiting.setdefault(key, {})[item.item_id] = item
        self._answers.ask(item)

    def _wait_no_more(self, item_id: str) -> None:
        key = self._question.pop(item_id, None)
        if key is not None:
            del self._waiting[key][item_id]
            if not self._waiting[key]:
                del self._waiting[key]

    async def _decide(self, items: Sequence[Item], answer: CheckAnswer | str) -> None:
        await self.keep([(item, await self._verdict(item, answer)) for item in items])

    async def _verdict(self, item: Item, answer: CheckAnswer | str) -> Verdict:
        now = self._context.clock.now()
        if isinstance(answer, str):
            try:
                known = await self._context.store.verdicts_of(item)
            except WorldError:
                known = ()
            return verdict_without_stream(item, known, answer, judged_at=now, attempts=1)
        waited_ms = max(0.0, now - item.received_at) * 1000
        return verdict_of(
            answer, item, judged_at=now, waited_ms=waited_ms, checked_ms=0.0, attempts=1
        )


def _raises(answer: CheckAnswer | str | None) -> bool:
    return isinstance(answer, CheckAnswer) and answer.action != KEEP
