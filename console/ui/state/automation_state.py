"""Automation as the window knows it: the rules with their records, and what they proposed."""

import math
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.automation.book import SEED, RuleBook
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.record import RuleRecord
from console.protocol.automation import AutomationNumbers, ProposalsChanged, RulesChanged
from console.protocol.stream_rules import RuleEffect, StreamEffects, TrialProgress
from console.ui.widgets.timers import ticking

KEPT = 2_000
COUNTED = 20_000
"""Proposals of which the state told last is remembered."""

EFFECTS_KEPT = 500
TICK_MS = 250
SETTLE_S = 0.75
"""A press within this time of a change of what it would decide was meant for what was there: so
long it takes to see that something else stands there."""

CHOSEN_S = 0.25
"""The same where a person chose it."""

SOON_S = 5.0
"""A countdown that ends within this time takes the place of what has more time."""


class AutomationState(QObject):
    """Proposals by id, oldest first.

    Signals:
        proposals_changed: ids of those that are new or changed.
        fresh: Proposal, new in this sign-in.
        rules_changed: the rules, or how they did, changed.
        ticked: ids of items whose countdown shows other words now.
        effects_changed: Stream's call rules did something more.
        trial_told: TrialProgress, of one of Stream's rules that is tried on saved calls.
        aim_changed: the keys that decide are for another proposal now, or for none.
    """

    proposals_changed = Signal(object)
    fresh = Signal(object)
    rules_changed = Signal()
    ticked = Signal(object)
    aim_changed = Signal()
    effects_changed = Signal()
    trial_told = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._chosen = ""
        self._aim = ""
        self._settled_at = 0.0
        self._words: dict[str, str] = {}
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self._tick)
        self.said_whole: Callable[[], bool] = lambda: True
        """Whether the window has room to say who and all of what the keys would decide."""
        self.book: RuleBook = SEED
        self.records: dict[str, RuleRecord] = {}
        self.proposals: dict[str, Proposal] = {}
        self.effects: deque[RuleEffect] = deque(maxlen=EFFECTS_KEPT)
        """What Stream's call rules did in the calls that are watched, newest last."""
        self._waiting: dict[str, Proposal] = {}
        self._of_item: dict[str, str] = {}
        self._states: dict[str, ProposalState] = {}
        self._counts: Counter[ProposalState] = Counter()
        self._proposed = 0
        self.handlers: dict[type, Callable[[Any], None]] = {
            RulesChanged: self._change_rules,
            ProposalsChanged: self._change_proposals,
            StreamEffects: self._see_effects,
            TrialProgress: self.trial_told.emit,
        }

    def waiting(self) -> tuple[Proposal, ...]:
        """What a person can still decide: countdowns first, the next to act before the others."""
        found = self._waiting.values()
        return tuple(sorted(found, key=lambda each: (each.due_at or float("inf"), each.at)))

    def aimed(self) -> Proposal | None:
        """What the keys decide: the chosen one, else what they decided before, as long as it waits
        and no countdown is about to end; else the countdown that ends first, or the oldest
        suggestion.
        """
        return self._waiting.get(self._aim)

    def newest_done(self) -> Proposal | None:
        """What was carried out last in this sign-in or before; None where nothing was."""
        all_ = reversed(self.proposals.values())
        return next((each for each in all_ if each.state is ProposalState.DONE), None)

    def counted(self) -> AutomationNumbers:
        """What the engines of this sign-in told, one after the other, without any times."""
        counts = self._counts
        return AutomationNumbers(
            proposed=self._proposed,
            vetoed=counts[ProposalState.STOPPED] + counts[ProposalState.DECLINED],
            done=counts[ProposalState.DONE],
            already=counts[ProposalState.ALREADY],
            overturned=counts[ProposalState.OVERTURNED],
        )

    def choose(self, proposal_id: str) -> None:
        """Let the keys decide this one, as long as it waits; "" leaves it to time."""
        self._chosen = proposal_id
        if self._aim_anew(CHOSEN_S):
            self.aim_changed.emit()

    @property
    def just_changed(self) -> bool:
        """Whether the keys were for another proposal a moment ago."""
        return self._clock.monotonic() < self._settled_at

    def seconds_left(self, proposal: Proposal) -> int:
        """Whole seconds until a countdown acts."""
        return max(0, math.ceil(proposal.due_at - self._clock.now()))

    def counting(self, item_id: str) -> Proposal | None:
        """The countdown about an item, if there is one."""
        found = self.of_item(item_id)
        return found if found and found.state is ProposalState.COUNTING else None

    def of_item(self, item_id: str) -> Proposal | None:
        """What was proposed last about an item; what rules in shadow noted is left out."""
        return self.proposals.get(self._of_item.get(item_id, ""))

    def clear(self) -> None:
        """Forget all."""
        self.book, self.records = SEED, {}
        gone = tuple(self.proposals)
        self.proposals.clear()
        self._of_item.clear()
        self._waiting.clear()
        self._states.clear()
        self._counts.clear()
        self._proposed = 0
        self.effects.clear()
        self._aim_anew()
        self.effects_changed.emit()
        self.rules_changed.emit()
        self.proposals_changed.emit(gone)
        self.aim_changed.emit()

    def _tick(self) -> None:
        """Tell whose countdown shows other seconds; stop when there is none."""
        words = {
            each.item.item_id: str(self.seconds_left(each))
            for each in self._waiting.values()
            if each.state is ProposalState.COUNTING
        }
        changed = {item_id for item_id, text in words.items() if self._words.get(item_id) != text}
        changed |= self._words.keys() - words.keys()
        self._words = words
        if self._aim_anew():
            self.aim_changed.emit()
        if changed:
            self.ticked.emit(frozenset(changed))
        if not words:
            self._timer.stop()

    def _aim_anew(self, settle_s: float = SETTLE_S) -> bool:
        """Whether the keys decide another one now; for ``settle_s`` they decide nothing then."""
        aim = self._wanted_aim()
        if aim == self._aim:
            return False
        if self._aim:
            self._settled_at = self._clock.monotonic() + settle_s
        self._aim = aim
        return True

    def _wanted_aim(self) -> str:
        if self._chosen in self._waiting:
            return self._chosen
        first = next(iter(self.waiting()), None)
        now = self._waiting.get(self._aim)
        if first is None or now is None:
            return first.proposal_id if first else ""
        return first.proposal_id if self._soon(first) and not self._soon(now) else self._aim

    def _soon(self, proposal: Proposal) -> bool:
        return bool(proposal.due_at) and proposal.due_at - self._clock.now() <= SOON_S

    def _see_effects(self, told: StreamEffects) -> None:
        self.effects.extend(told.effects)
        self.effects_changed.emit()

    def _change_rules(self, change: RulesChanged) -> None:
        self.book = change.book
        self.records = {record.rule_id: record for record in change.records}
        self.rules_changed.emit()

    def _count(self, proposal: Proposal, *, replay: bool) -> None:
        """A further engine tells again what the one before it told: that counts once."""
        known, state = self._states.pop(proposal.proposal_id, None), proposal.state
        self._states[proposal.proposal_id] = state
        if len(self._states) > COUNTED:
            del self._states[next(iter(self._states))]
        if known is None and replay:
            return  # of before this sign-in
        self._proposed += known is None and state is not ProposalState.SHADOW
        self._counts[state] += known is not state

    def _change_proposals(self, change: ProposalsChanged) -> None:
        new = []
        for each in change.proposals:
            self._count(each, replay=change.replay)
            if each.proposal_id not in self.proposals:
                new.append(each)
            self.proposals[each.proposal_id] = each
            self._waiting.pop(each.proposal_id, None)
            if each.waiting:
                self._waiting[each.proposal_id] = each
            if each.state is not ProposalState.SHADOW:
                self._of_item[each.item.item_id] = each.proposal_id
        while len(self.proposals) > KEPT:
            oldest = self.proposals.pop(next(iter(self.proposals)))
            self._waiting.pop(oldest.proposal_id, None)
            if self._of_item.get(oldest.item.item_id) == oldest.proposal_id:
                del self._of_item[oldest.item.item_id]
        aim_changed = self._aim_anew()
        self.proposals_changed.emit(tuple(each.proposal_id for each in change.proposals))
        if aim_changed:
            self.aim_changed.emit()
        if any(each.state is ProposalState.COUNTING for each in change.proposals):
            self._timer.start()
        self._tick()
        if not change.replay:
            for each in new:
                self.fresh.emit(each)
