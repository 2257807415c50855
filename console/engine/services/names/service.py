"""Judges what people call themselves; what is raised becomes an item like a line."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from console.domain.call import Participant
from console.domain.impersonation import Host, HostNames, hosts_among
from console.domain.item import NAME, Item, Name
from console.domain.verdict import KEEP
from console.engine.local_policy import judgement_of_name
from console.engine.services.names.answers import Answers
from console.engine.services.names.other_names import OtherNames
from console.engine.services.names.raising import Raising
from console.engine.services.service import Service, SessionContext
from console.engine.sources.names import item_of, name_check
from console.policy.evaluator import Evaluator
from console.policy.model import NamesConfig
from console.protocol.to_window import Heard, Noticed

LOOK_S = 0.25
"""Seconds between two looks at who came or was renamed; so long a name may be unjudged."""

TOGETHER = 500


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
        self._answers = Answers(
            "names",
            context.gateway.check,
            context.clock,
            key=lambda item: item.text,
            request=name_check,
            problem=context.channel.problem,
        )
        self._raising = Raising(
            context, self._answers, raised_here=self._raised_here, still=self._still
        )
        self._others = OtherNames(context.clock)
        self._knows_shut_out = False
        self._judged = 0

    async def start(self) -> None:
        self.context.keep_running(self._run, "names")
        self._raising.start("check of names")

    def numbers(self, now: float) -> dict[str, Any]:
        return {"names_judged": self._judged, "names_left": self._raising.left}

    def on_items(self, heard: Heard) -> None:
        if not heard.replay:
            kept = (judged.item for judged in heard.items if not judged.marks_only)
            self._raising.on_kept(item for item in kept if item.kind == NAME)

    def on_heard(self) -> None:
        self._answers.forget_refusals()

    async def _run(self) -> None:
        await self.context.old_items_first()
        while True:
            named = self.context.directory.take_named()
            if self.context.evaluator() is not self._evaluator:
                self._follow_policy()
                named = dict.fromkeys(self.context.directory.cids(), frozenset())
            elif self.context.shut_out and not self._knows_shut_out:
                # Who comes later is compared as they come; these came before the list was read.
                self._calls.clear()
                named = dict.fromkeys(self.context.directory.cids(), frozenset())
            self._knows_shut_out = bool(self.context.shut_out)
            for cid, user_ids in named.items():
                await self._look_at(cid, user_ids)
            await self._raising.take_answers()
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
        if call is None or not call.session_id or not self._config.enabled:
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
        shut_out = [
            (each.user_id, each.name)
            for each in self.context.shut_out.values()
            if each.cid in ("", cid)
        ]
        names = HostNames(hosts, self._config.protected, shut_out)
        due = []
        for user_id in user_ids & people.keys():
            person = people[user_id]
            like = names.like(user_id, person.name)
            name = Name(person.name, like.name, like.role)
            came = user_id not in known.names
            notice = self._others.seen(cid, user_id, person.name, came=came)
            if notice is not None:
                self.context.channel.put(Noticed(notices=(notice,)))
            if known.names.get(user_id) != name:
                known.names[user_id] = name
                due.append((person, name))
        for at in range(0, len(due), TOGETHER):
            await self._judge(due[at : at + TOGETHER], call.session_id)

    async def _judge(self, due: Sequence[tuple[Participant, Name]], session_id: str) -> None:
        now = self.context.clock.now()
        self._judged += len(due)
        await self._raising.take_all(
            [item_of(NAME, person, session_id, name, now) for person, name in due]
        )

    def _raised_here(self, item: Item) -> bool:
        return judgement_of_name(self._evaluator, item).action != KEEP

    def _still(self, item: Item) -> bool:
        known = self._calls.get(item.cid)
        return known is not None and known.names.get(item.author_id) == item.body
