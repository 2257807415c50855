"""Carries proposals out through the outbox, and notes what became of them."""

from collections import OrderedDict

from console.base.percentiles import DelayMeter
from console.domain.act import Receipt, ReceiptState
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.rule import Mode, Response
from console.domain.item import MESSAGE
from console.domain.review import ReviewItem
from console.domain.verdict import Source
from console.engine.services.automation.carry_out import IN_THE_QUEUE, REPORTED, REVIEWED, plan_of
from console.engine.services.automation.human_hand import HumanHand
from console.engine.services.automation.ledger import Ledger
from console.engine.services.automation.rules_in_use import RulesInUse
from console.engine.services.service import SessionContext
from console.engine.sources.registry import check_request
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.review_reads import ask_page
from console.protocol.acts import ActProgress

_ENDS = (ReceiptState.SEEN, ReceiptState.UNCONFIRMED, ReceiptState.FAILED)
FOLLOWED = 5_000


class Outcomes:
    """What happens to proposals after somebody, or time, decided.

    Attributes:
        spoken_to_muted, speech_end_to_muted: see AutomationNumbers.
    """

    def __init__(
        self, context: SessionContext, ledger: Ledger, hand: HumanHand, rules: RulesInUse
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._rules = rules
        self._hand = hand
        self._receipts: OrderedDict[str, Receipt] = OrderedDict()
        self._waited: OrderedDict[str, float] = OrderedDict()
        """How many seconds a countdown lasted, by proposal."""
        self.spoken_to_muted = DelayMeter()
        self.speech_end_to_muted = DelayMeter()

    async def carry_out(self, proposal: Proposal, *, by: str = "") -> None:
        """Put the acts of a proposal in the outbox; ``by``: whoever accepted it."""
        context, item = self._context, proposal.item
        review = await self._review(proposal)
        if not by and self._met_in_the_queue(proposal, review):
            return
        now = context.clock.now()
        plan = plan_of(
            proposal,
            at=now,
            by=by,
            method=context.profile.method,
            call=context.directory.call(item.cid),
            person=context.directory.person(item.cid, item.author_id),
            review=review,
            after_others=not by and context.acting.another_first,
        )
        note = " ".join(plan.why_not)
        if not plan.acts:
            state = ProposalState.FAILED if plan.forbidden else ProposalState.LAPSED
            if not note:
                state = ProposalState.DONE
            elif note in (IN_THE_QUEUE, REPORTED):
                state = ProposalState.ALREADY
                self._rules.not_needed(proposal.rule_id, proposal.at)
            self._ledger.change(proposal, state=state, by=by, note=note, due_at=0.0)
            return
        self._waited[proposal.proposal_id] = now - proposal.at if proposal.counts_down else 0.0
        if len(self._waited) > FOLLOWED:
            self._waited.popitem(last=False)
        sent = self._ledger.change(
            proposal,
            state=ProposalState.SENT,
            by=by,
            note=note,
            due_at=0.0,
            act_ids=tuple(act.act_id for act in plan.acts),
        )
        self._hand.follow(sent)
        for act in plan.acts:
            await context.request_act(act)

    def _met_in_the_queue(self, proposal: Proposal, review: ReviewItem | None) -> bool:
        """Whether nothing is to be done by itself: somebody decided while the queue was asked, or
        in the queue.
        """
        now = self._ledger.find(proposal.proposal_id)
        if now is not None and not now.waiting:
            return True
        if review is None or not review.reviewed_at:
            return False
        self._ledger.change(
            proposal,
            state=ProposalState.LAPSED,
            by=review.reviewed_by,
            note=REVIEWED,
            due_at=0.0,
        )
        return True

    async def _review(self, proposal: Proposal) -> ReviewItem | None:
        """What the review queue holds about what is to be deleted, or flagged there."""
        deletes = Response.DELETE_MESSAGE in proposal.responses and proposal.item.kind == MESSAGE
        flags = Response.FLAG in proposal.responses and proposal.source is not Source.STREAM
        if not (deletes or flags):
            return None
        asked = check_request(proposal.item)
        wanted = {"entity_type": asked.entity_type, "entity_id": asked.entity_id}
        try:
            page = await ask_page(self._context.gateway, filter=wanted, limit=1)
        except StreamRefusedError as error:
            if deletes:  # a flag goes there all the same
                self._context.channel.problem("automation", error.sentence)
            return None
        return next(iter(page.items), None)

    async def recall(self, proposal: Proposal) -> None:
        """An earlier engine sent it: what became of it stands in the outbox.

        Raises:
            WorldError: the store could not be read.
        """
        for act_id in proposal.act_ids:
            stored = await self._context.store.act(act_id)
            if stored is not None:
                self._receipts[act_id] = stored.receipt
        self._settle(proposal)

    def on_act(self, progress: ActProgress) -> None:
        """The receipt of an act changed."""
        act, receipt = progress.act, progress.receipt
        if act.undo_of and receipt.state is ReceiptState.SEEN:
            self._hand.on_undone(act)
        proposal = self._hand.proposal_of(act.act_id)
        if proposal is None:
            return
        before = self._receipts.get(act.act_id)
        self._receipts[act.act_id] = receipt
        if len(self._receipts) > FOLLOWED:
            self._receipts.popitem(last=False)
        seen = receipt.state is ReceiptState.SEEN
        if seen and (before is None or before.state is not ReceiptState.SEEN):
            self._measure(proposal, act.kind, receipt.seen_at)
        self._settle(proposal)

    def _settle(self, proposal: Proposal) -> None:
        if proposal.state is not ProposalState.SENT:
            return
        receipts = [self._receipts.get(act_id) for act_id in proposal.act_ids]
        if not all(each is not None and each.state in _ENDS for each in receipts):
            return
        failed = [each for each in receipts if each and each.state is ReceiptState.FAILED]
        if len(failed) < len(receipts):
            self._ledger.change(proposal, state=ProposalState.DONE)
        else:
            reason = failed[0].reason if failed else ""
            self._ledger.change(proposal, state=ProposalState.FAILED, note=reason)

    def _measure(self, proposal: Proposal, kind: str, seen_at: float) -> None:
        waited = self._waited.get(proposal.proposal_id)
        if kind == MUTE_AUDIO and proposal.mode is Mode.ACT and waited is not None:
            ms = (seen_at - proposal.item.received_at - waited) * 1000.0
            self.spoken_to_muted.add(ms, seen_at)
            if proposal.item.heard_here:
                since_end = (seen_at - proposal.item.end_time - waited) * 1000.0
                self.speech_end_to_muted.add(since_end, seen_at)
