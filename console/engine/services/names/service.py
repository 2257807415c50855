"""Judges what people call themselves; what is raised becomes an item like a line."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from console.base.errors import WorldError
from console.domain.call import Participant
from console.domain.impersonation import Host, HostNames, hosts_among
from console.domain.item import NAME, Item, Name
from console.domain.verdict import KEEP, Verdict
from console.engine.local_policy import judgement_of_name
from console.engine.services.judging.answer import verdict_of, verdict_without_stream
from console.engine.services.names.answers import AT_ONCE, NameAnswers
from console.engine.services.service import Service, SessionContext
from console.engine.sources.names import NameSeen, item_of
from console.engine.wire.check import CheckAnswer
from console.policy.evaluator import Evaluator
from console.policy.model import NamesConfig
from console.protocol.to_window import Heard

LOOK_S = 0.25
"""Seconds between two looks at who came or was renamed; so long a name may be unjudged."""

TOGETHER = 500
MOST_WAITING = 20_000
"""People whose names wait for Stream's answer at most."""


class _Judged(Struct):
    """The people of one session of a call whose names were judged, by user id."""

    session_id: str
    hosts: dict[str, Host]
    names: dict[str, Name]


class Names(Service):
    """Follows the directory: everybody who is there, comes, or is called otherwise."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._calls: dict[str, _Judged] = {}
        self._evaluator: Evaluator | None = None
        self._config = NamesConfig()
        self._answers = NameAnswers(context.gateway.check, context.clock, context.channel.problem)
        self._waiting: dict[str, dict[str, Item]] = {}
        """Items whose name Stream was asked about: by the name, and by their id."""
        self._shown: set[str] = set()
        """Ids of the names that are items; what follows is a revision of them."""
        self._judged = 0
        self._left = 0

    async def start(self) -> None:
        self.context.keep_running(self._run, "names")
        if self.context.gateway.may_check:
            for number in range(AT_ONCE):
                self.context.keep_running(self._answers.run, f"check of names {number + 1}")

    def numbers(self, now: float) -> dict[str, Any]:
        return {"names_judged": self._judged, "names_left": self._answers.lost + self._left}

    def on_items(self, heard: Heard) -> None:
        for judged in heard.items:
            if judged.item.kind == NAME and not heard.replay:
                self._wait(judged.item)

    def on_heard(self) -> None:
        self._answers.forget_refusals()

    async def _run(self) -> None:
        await self.context.old_items_first()
        while True:
            named = self.context.directory.take_named()
            if self.context.evaluator() is not self._evaluator:
                self._follow_policy()
                named = dict.fromkeys(self.context.directory.cids(), frozenset())
            for cid, user_ids in named.items():
                await self._look_at(cid, user_ids)
            await self._take_answers()
            await self.context.clock.sleep(LOOK_S)

    def _follow_policy(self) -> None:
        self._evaluator = self.context.evaluator()
        self._config = self._evaluator.policy.names if self._evaluator else NamesConfig()
        self._calls.clear()

    async def _look_at(self, cid: str, user_ids: frozenset[str]) -> None:
        """Judge these people where they are there; everybody where nobody was judged yet, and
        where others run the call now.
        """
        call = self.context.directory.call(cid)
        if call is None or not call.session_id:
            self._calls.pop(cid, None)
            return
        everyone = self.context.directory.everyone(cid)
        people = {each.user_id: each for each in everyone if each.user_session_id}
        hosts = hosts_among(people.values())
        known = self._calls.get(cid)
        if known is None or known.session_id != call.session_id:
            known = self._calls[cid] = _Judged(call.session_id, {}, {})
            user_ids = frozenset(people)
        if known.hosts != hosts:
            known.hosts = hosts
            user_ids = frozenset(people)
        for gone in known.names.keys() - people.keys():
            del known.names[gone]
        names = HostNames(hosts, self._config.protected)
        due = []
        for user_id in user_ids & people.keys():
            person = people[user_id]
            like = names.like(user_id, person.name)
            name = Name(person.name, like.name, like.role)
            if known.names.get(user_id) != name:
                known.names[user_id] = name
                due.append((person, name))
        for at in range(0, len(due), TOGETHER):
            await self._judge(due[at : at + TOGETHER], call.session_id)

    async def _judge(self, due: Sequence[tuple[Participant, Name]], session_id: str) -> None:
        now = self.context.clock.now()
        items = [item_of(person, session_id, name, now) for person, name in due]
        self._judged += len(items)
        try:
            before = await self.context.store.known([item.item_id for item in items])
        except WorldError as error:
            self.context.channel.problem("store", error.sentence)
            before = {}
        self._shown |= before.keys()
        for item in items:
            same = before.get(item.item_id)
            if same is None or same.item.body != item.body:
                await self._take(item)

    async def _take(self, item: Item) -> None:
        """Show a name that is raised, or was; of others find out what Stream says."""
        raised = judgement_of_name(self._evaluator, item).action != KEEP
        answer = self._answers.find(item.text)
        if raised or item.item_id in self._shown or _raises(answer):
            self._shown.add(item.item_id)
            await self.context.take_in(NameSeen(item=item))
        elif answer is None:
            self._wait(item)

    def _wait(self, item: Item) -> None:
        if not self.context.gateway.may_check:
            return
        if sum(map(len, self._waiting.values())) >= MOST_WAITING:
            self._left += 1
            return
        self._waiting.setdefault(item.text, {})[item.item_id] = item
        self._answers.ask(item)

    async def _take_answers(self) -> None:
        """Give what Stream said to everybody who has such a name."""
        for name in list(self._waiting):
            answer = self._answers.find(name)
            if answer is None:
                continue
            items = list(self._waiting.pop(name).values())
            shown = [item for item in items if item.item_id in self._shown]
            await self._decide(shown, answer)
            if not _raises(answer):
                continue
            for item in items:
                if item.item_id not in self._shown and self._still(item):
                    await self._take(item)

    def _still(self, item: Item) -> bool:
        known = self._calls.get(item.cid)
        return known is not None and known.names.get(item.author_id) == item.body

    async def _decide(self, items: Sequence[Item], answer: CheckAnswer | str) -> None:
        verdicts = [await self._verdict(item, answer) for item in items]
        try:
            await self.context.store.keep_verdicts(verdicts)
        except WorldError as error:
            sentence = f"A verdict could not be saved: {error.sentence}"
            self.context.channel.problem("store", sentence)
        for item, verdict in zip(items, verdicts, strict=True):
            self.context.verdict_kept(item, verdict)

    async def _verdict(self, item: Item, answer: CheckAnswer | str) -> Verdict:
        now = self.context.clock.now()
        if isinstance(answer, str):
            try:
                known = await self.context.store.verdicts_of(item)
            except WorldError:
                known = ()
            return verdict_without_stream(item, known, answer, judged_at=now, attempts=1)
        waited_ms = max(0.0, now - item.received_at) * 1000
        return verdict_of(
            answer, item, judged_at=now, waited_ms=waited_ms, checked_ms=0.0, attempts=1
        )


def _raises(answer: CheckAnswer | str | None) -> bool:
    return isinstance(answer, CheckAnswer) and answer.action != KEEP
