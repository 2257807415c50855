"""Automation of one sign-in: what was judged goes through the rules, under a human hand."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, ClassVar
from weakref import WeakValueDictionary

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.automation.decide import Decision, content_fits, decide, is_exempt
from console.domain.automation.facts import Facts
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.rule import Mode, Response
from console.domain.item import Item, identify
from console.domain.raised import RaisedItem
from console.domain.team import Told
from console.domain.verdict import Verdict, outlasts
from console.engine.desk.colleagues import act_of, act_shown_by, doer_of
from console.engine.services.automation.account_guard import AccountGuard
from console.engine.services.automation.fact_finder import FactFinder
from console.engine.services.automation.human_hand import HumanHand
from console.engine.services.automation.ledger import Ledger
from console.engine.services.automation.met_people import MetPeople
from console.engine.services.automation.outcome import Outcomes
from console.engine.services.automation.rules_in_use import RulesInUse
from console.engine.services.automation.webhook import Webhook
from console.engine.services.service import Received, Service, SessionContext
from console.protocol.acts import ActProgress
from console.protocol.automation import (
    AutomationNumbers,
    DecideProposal,
    GoOnByHand,
    KeepWebhookSecret,
    ResumeRule,
    RulesSaved,
    SaveRules,
    WebhookSecretKept,
)
from console.protocol.to_window import Heard, ToWindow

AT_ONCE = 8
"""So many people are gone into at once: an act waits for the disk."""

WAITING = 2_000
"""Judged items that wait for the rules at most."""

REPLAYED = 300
"""Proposals of before that the window gets to know."""

LATE_S = 60.0
"""What was heard longer ago is not acted on by itself any more."""

LAPSES_S = 1_800.0
"""A suggestion that nobody answered for so long is over."""

RECORDS_S = 1.0
"""Records are read again at most so often."""

_STOPPED = "The engine ended during the countdown."
_CHANGED = "The rule was changed meanwhile."


class Automation(Service):
    """Tries the rules, keeps the countdowns, and does what people decide."""

    handles: ClassVar = (DecideProposal, SaveRules, ResumeRule, KeepWebhookSecret, GoOnByHand)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._queue: asyncio.Queue[tuple[Item, Verdict]] = asyncio.Queue(WAITING)
        self._lost = 0
        self._early: OrderedDict[str, Verdict] = OrderedDict()
        """Local verdicts that may outlast Stream's, by item."""
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """What one person said goes through the rules one after the other."""
        self._due = asyncio.Event()
        self._rules = RulesInUse(context)
        self._accounts = AccountGuard(context, lambda: self._rules.book.limits)
        self._facts = FactFinder(context)
        self._ledger = Ledger(context)
        self._hand = HumanHand(self._ledger)
        self._met = MetPeople(self._ledger, context.user_id)
        self._webhook = Webhook(context, Secrets())
        self._outcomes = Outcomes(context, self._ledger, self._hand, self._rules)

    async def start(self) -> None:
        await self._rules.start()
        self.context.acting.here = self._rules.book.acts
        await self._accounts.start()
        recent = await self.context.store.automation.recent(REPLAYED)
        self._ledger.recall(recent)
        for proposal in recent:
            self._hand.follow(proposal)
            if proposal.state is ProposalState.COUNTING:
                self._ledger.change(proposal, state=ProposalState.ASKED, due_at=0.0, note=_STOPPED)
            elif proposal.state is ProposalState.SENT:
                await self._outcomes.recall(proposal)
        await self._rules.tell()
        for number in range(AT_ONCE):
            self.context.keep_running(self._try_rules, f"automation {number + 1}")
        for part, name in (
            (self._ledger.run, "proposals"),
            (self._keep_time, "countdowns"),
            (self._tell_records, "records of rules"),
            (self._webhook.run, "webhook"),
        ):
            self.context.keep_running(part, name)

    async def close(self) -> None:
        await self._ledger.close()

    async def answer(
        self, message: DecideProposal | SaveRules | ResumeRule | KeepWebhookSecret | GoOnByHand
    ) -> ToWindow | None:
        match message:
            case DecideProposal():
                await self._decided(message)
            case GoOnByHand(until=until):
                self._accounts.go_on(until)
            case ResumeRule(rule_id=rule_id):
                await self._rules.resume(rule_id)
            case SaveRules(request_id=request_id, book=book):
                await self._rules.save(book)
                self.context.acting.here = book.acts
                self._stop_changed()
                return RulesSaved(request_id)
            case KeepWebhookSecret(request_id=request_id, secret=secret):
                await self._webhook.keep_secret(secret)
                return WebhookSecretKept(request_id)
        return None

    def on_items(self, heard: Heard) -> None:
        if heard.replay:
            return
        for judged in heard.items:
            for verdict in judged.verdicts:
                if verdict.provisional and any(match.earlier for match in verdict.matches):
                    self._early[verdict.item_id] = verdict
                    if len(self._early) > WAITING:
                        self._early.popitem(last=False)
                self._offer(judged.item, verdict)

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        local = self._early.pop(item.item_id, None)
        if local is not None and outlasts(local, verdict):
            verdict = replace(local, provisional=False)
        self._offer(item, verdict)

    def on_act(self, progress: ActProgress) -> None:
        self._accounts.on_act(progress)
        self._hand.on_act(progress.act, self.context.clock.now())
        self._outcomes.on_act(progress)

    async def on_event(self, received: Received) -> None:
        if received.act_id:
            return
        self._hand.on_event(received.event, received.at, self.context.user_id)
        shown = act_shown_by(received.event, self.context.user_id, received.at)
        if shown is not None:
            self._met.on_act_of_colleague(*shown, doer_of(received.event))
            self._accounts.on_act_elsewhere(shown[0], doer_of(received.event), shown=True)

    def on_raised(self, changed: list[RaisedItem], undone: str = "") -> None:
        self._met.on_raised(changed)

    async def on_colleague(self, told: Told) -> None:
        acted = act_of(told)
        if acted is not None and not told.ours:
            self._met.on_act_of_colleague(*acted, told.name)
            self._accounts.on_act_elsewhere(acted[0], told.name, shown=False)

    def numbers(self, now: float) -> dict[str, Any]:
        counts = self._ledger.counts
        return {
            "automation": AutomationNumbers(
                proposed=counts["proposed"],
                vetoed=counts[ProposalState.STOPPED] + counts[ProposalState.DECLINED],
                done=counts[ProposalState.DONE],
                already=counts[ProposalState.ALREADY],
                overturned=counts[ProposalState.OVERTURNED],
                waiting=len(self._ledger.waiting()),
                shadowed=counts[ProposalState.SHADOW],
                lost=self._lost,
                spoken_to_muted=self._outcomes.spoken_to_muted.total(),
                speech_end_to_muted=self._outcomes.speech_end_to_muted.total(),
            )
        }

    # -- trying the rules

    def _offer(self, item: Item, verdict: Verdict) -> None:
        if item.author_id == self.context.user_id:
            return
        rules = self._rules.book.rules
        if not any(
            rule.mode is not Mode.OFF and content_fits(rule.when, item, verdict) for rule in rules
        ):
            return
        if self._queue.full():
            self._lost += 1
            return
        self._queue.put_nowait((item, verdict))

    async def _try_rules(self) -> None:
        while True:
            item, verdict = await self._queue.get()
            turn = self._turns.setdefault(item.author_id, asyncio.Lock())
            try:
                async with turn:
                    await self._try(item, verdict)
            except WorldError as error:
                self._lost += 1
                self.context.channel.problem("automation", error.sentence)

    async def _try(self, item: Item, verdict: Verdict) -> None:
        book = self._rules.book
        facts = await self._facts.find(item, verdict, book.rules)
        if is_exempt(book, facts):
            return
        responded = await self.context.store.automation.responded(item.author_id)
        decisions = decide(book, facts, responded)
        proposals = [await self._propose(each, facts) for each in decisions]
        for proposal in await self._ledger.add(proposals):
            self._hand.follow(proposal)
            stopped = self._met.stops(proposal)
            noted = proposal.state is ProposalState.SHADOW
            if book.webhook and Response.NOTIFY in proposal.responses and not noted:
                self._webhook.offer(book.webhook, proposal)
            if stopped or proposal.state is not ProposalState.COUNTING:
                continue
            if proposal.due_at <= self.context.clock.now():
                await self._outcomes.carry_out(proposal)
            else:
                self._due.set()

    async def _propose(self, decision: Decision, facts: Facts) -> Proposal:
        rule, step, item = decision.rule, decision.step, facts.item
        mode, note = decision.mode, decision.note
        if mode is Mode.ACT and facts.at - item.received_at > LATE_S:
            mode, note = Mode.ASK, "It was heard too long ago to act by itself."
        if mode is Mode.ACT and not await self._rules.may_act(rule.rule_id, facts.at):
            mode, note = Mode.ASK, "The guard has just paused this rule."
        veto = rule.veto_s + self.context.acting.yields_s
        if decision.responses == (Response.NOTIFY,) and mode is not Mode.SHADOW:
            mode, note, veto = Mode.ACT, "", 0.0  # there is nothing to stop
        states = {Mode.SHADOW: ProposalState.SHADOW, Mode.ACT: ProposalState.COUNTING}
        call = self.context.directory.call(item.cid)
        verdict = facts.verdict
        return Proposal(
            proposal_id=identify("p", rule.rule_id, item.item_id, *decision.responses),
            rule_id=rule.rule_id,
            rule=rule.name,
            mode=mode,
            state=states.get(mode, ProposalState.ASKED),
            at=facts.at,
            item=item,
            responses=decision.responses,
            call_name=call.name if call else item.cid,
            action=verdict.action,
            label=next(iter(verdict.labels), ""),
            severity=verdict.severity,
            confidence=verdict.confidence,
            source=verdict.source,
            number=decision.number,
            minutes=step.minutes,
            text=step.text,
            due_at=facts.at + veto if mode is Mode.ACT else 0.0,
            note=note,
        )

    # -- time and people

    async def _decided(self, message: DecideProposal) -> None:
        proposal = self._ledger.find(message.proposal_id)
        if proposal is None or not proposal.waiting:
            return
        counting = proposal.state is ProposalState.COUNTING
        if message.do:
            by = "" if counting else self.context.user_id
            await self._outcomes.carry_out(proposal, by=by)
        else:
            state = ProposalState.STOPPED if counting else ProposalState.DECLINED
            self._ledger.change(proposal, state=state, by=self.context.user_id, due_at=0.0)

    def _stop_changed(self) -> None:
        """A rule that is off, gone or only asks now does not act from a countdown of before."""
        for proposal in self._ledger.waiting():
            rule = self._rules.book.find(proposal.rule_id)
            mode = rule.mode if rule else Mode.OFF
            counting = proposal.state is ProposalState.COUNTING
            if mode in (Mode.OFF, Mode.SHADOW):
                self._ledger.change(proposal, state=ProposalState.LAPSED, note=_CHANGED)
            elif mode is Mode.ASK and counting:
                self._ledger.change(proposal, state=ProposalState.ASKED, due_at=0.0, note=_CHANGED)

    async def _keep_time(self) -> None:
        while True:
            now = self.context.clock.now()
            for proposal in self._ledger.waiting():
                if proposal.state is ProposalState.COUNTING and proposal.due_at <= now:
                    await self._outcomes.carry_out(proposal)
                elif proposal.state is ProposalState.ASKED and now - proposal.at > LAPSES_S:
                    self._ledger.change(proposal, state=ProposalState.LAPSED)
            self._due.clear()
            await self._until_due(self._ledger.waiting())

    async def _until_due(self, waiting: Iterable[Proposal]) -> None:
        now = self.context.clock.now()
        ends = (
            each.due_at if each.state is ProposalState.COUNTING else each.at + LAPSES_S
            for each in waiting
        )
        wait = max(0.01, min((end - now for end in ends), default=LAPSES_S))
        try:
            async with self.context.clock.timeout(wait):
                await self._due.wait()
        except TimeoutError:
            pass

    async def _tell_records(self) -> None:
        while True:
            await self._ledger.changed.wait()
            self._ledger.changed.clear()
            try:
                await self._rules.tell()
            except WorldError as error:
                self.context.channel.problem("automation", error.sentence)
            await self.context.clock.sleep(RECORDS_S)
