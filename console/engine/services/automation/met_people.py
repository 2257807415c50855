"""Stops what rules are about to do where a person has taken, decided or acted already."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from console.domain.act import AUTOMATION, BY_CLOCK, Act, Receipt
from console.domain.acts.flag import FLAG_FOR_REVIEW
from console.domain.acts.table import spec_of
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.rule import Response
from console.domain.raised import RaisedItem, RaisedState, answers_for
from console.engine.services.automation.done_by import done_by
from console.engine.services.automation.ledger import Ledger

FOLLOWED = 2_000
"""Items and people that are followed at most."""

ACTS_OF_ONE = 10

TAKEN = "A colleague has taken it."
DECIDED = "Somebody decided about it meanwhile."

_NOBODY = ("", AUTOMATION, BY_CLOCK)
_DECIDED = (RaisedState.HANDLED, RaisedState.ESCALATED, RaisedState.DISMISSED)


class _Met(Struct, frozen=True):
    """What stops a proposal: who, and why. ``ends``: nobody has to be asked any more either."""

    by: str
    sentence: str
    ends: bool


class MetPeople:
    """Knows what colleagues did about items and people, and what this moderator decided.

    What they do is heard of through the events of the calls and the team's channel, before or after
    a rule proposes something. ``me``: who is signed in. What they do themselves to the person is
    compared by its weight: see HumanHand.
    """

    def __init__(self, ledger: Ledger, me: str) -> None:
        self._ledger = ledger
        self._me = me
        self._items: OrderedDict[str, _Met] = OrderedDict()
        self._acts: OrderedDict[str, deque[tuple[Act, str]]] = OrderedDict()
        """Acts on each person, with the name of whoever did them."""

    def on_raised(self, changed: Iterable[RaisedItem]) -> None:
        """Raised items changed."""
        of_items: set[str] = set()
        for one in changed:
            of_items.add(one.item_id)
            met = self._met(one)
            if met is None:
                self._items.pop(one.item_id, None)
                continue
            self._items[one.item_id] = met
            _keep(self._items)
        for proposal in self._ledger.waiting():
            if proposal.item.item_id in of_items:
                self.stops(proposal)

    def on_act_of_colleague(self, act: Act, receipt: Receipt, name: str) -> None:
        """Another console acted on people; ``name``: of its moderator, "" where it is not known."""
        if act.undo_of or act.kind == FLAG_FOR_REVIEW or not answers_for(act, receipt):
            return
        for user_id in act.user_ids:
            acts = self._acts.setdefault(user_id, deque(maxlen=ACTS_OF_ONE))
            acts.append((act, name or act.by))
            self._acts.move_to_end(user_id)
        _keep(self._acts)
        for proposal in self._ledger.waiting():
            if proposal.item.author_id in act.user_ids:
                self.stops(proposal)

    def stops(self, proposal: Proposal) -> bool:
        """Whether a proposal must not be carried out by itself; then it says so, and why."""
        if proposal.responses == (Response.NOTIFY,) or not proposal.waiting:
            return False
        met = self._items.get(proposal.item.item_id) or self._acted_since(proposal)
        if met is None:
            return False
        if met.ends:
            state = ProposalState.LAPSED
        elif proposal.state is ProposalState.COUNTING:
            state = ProposalState.ASKED
        else:
            return False
        self._ledger.change(proposal, state=state, by=met.by, note=met.sentence, due_at=0.0)
        return True

    def _met(self, one: RaisedItem) -> _Met | None:
        handling = one.handling
        if handling.state in _DECIDED and handling.by not in _NOBODY:
            by_an_act = handling.state is RaisedState.HANDLED and bool(handling.act_id)
            return None if by_an_act else _Met(handling.by, DECIDED, ends=True)
        if one.is_open and handling.holder not in (*_NOBODY, self._me):
            return _Met(handling.holder, TAKEN, ends=False)
        return None

    def _acted_since(self, proposal: Proposal) -> _Met | None:
        item = proposal.item
        said_at = item.start_time or item.received_at
        for act, name in reversed(self._acts.get(item.author_id, ())):
            here = spec_of(act.kind).app_wide or act.cid == item.cid
            if here and act.requested_at >= said_at:
                return _Met(act.by, done_by(act.kind, name), ends=True)
        return None


def _keep(some: OrderedDict[str, Any]) -> None:
    while len(some) > FOLLOWED:
        some.popitem(last=False)
