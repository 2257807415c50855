"""Automation as the window knows it: the rules with their records, and what they proposed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.automation.book import SEED, RuleBook
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.record import RuleRecord
from console.protocol.automation import ProposalsChanged, RulesChanged

KEPT = 2_000


class AutomationState(QObject):
    """Proposals by id, oldest first.

    Signals:
        proposals_changed: ids of those that are new or changed.
        fresh: Proposal, new in this sign-in.
        rules_changed: the rules, or how they did, changed.
    """

    proposals_changed = Signal(object)
    fresh = Signal(object)
    rules_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book: RuleBook = SEED
        self.records: dict[str, RuleRecord] = {}
        self.proposals: dict[str, Proposal] = {}
        self._of_item: dict[str, str] = {}
        self.handlers: dict[type, Callable[[Any], None]] = {
            RulesChanged: self._change_rules,
            ProposalsChanged: self._change_proposals,
        }

    def waiting(self) -> tuple[Proposal, ...]:
        """What a person can still decide: countdowns first, the next to act before the others."""
        found = [each for each in self.proposals.values() if each.waiting]
        return tuple(sorted(found, key=lambda each: (each.due_at or float("inf"), each.at)))

    def next(self) -> Proposal | None:
        """The countdown that ends first; without one, the oldest suggestion."""
        return next(iter(self.waiting()), None)

    def of_item(self, item_id: str) -> Proposal | None:
        """What was proposed last about an item; what rules in shadow noted is left out."""
        return self.proposals.get(self._of_item.get(item_id, ""))

    def clear(self) -> None:
        """Forget all."""
        self.book, self.records = SEED, {}
        gone = tuple(self.proposals)
        self.proposals.clear()
        self._of_item.clear()
        self.rules_changed.emit()
        self.proposals_changed.emit(gone)

    def _change_rules(self, change: RulesChanged) -> None:
        self.book = change.book
        self.records = {record.rule_id: record for record in change.records}
        self.rules_changed.emit()

    def _change_proposals(self, change: ProposalsChanged) -> None:
        new = []
        for each in change.proposals:
            if each.proposal_id not in self.proposals:
                new.append(each)
            self.proposals[each.proposal_id] = each
            if each.state is not ProposalState.SHADOW:
                self._of_item[each.item.item_id] = each.proposal_id
        while len(self.proposals) > KEPT:
            oldest = self.proposals.pop(next(iter(self.proposals)))
            if self._of_item.get(oldest.item.item_id) == oldest.proposal_id:
                del self._of_item[oldest.item.item_id]
        self.proposals_changed.emit(tuple(each.proposal_id for each in change.proposals))
        if not change.replay:
            for each in new:
                self.fresh.emit(each)
