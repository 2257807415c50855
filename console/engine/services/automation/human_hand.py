"""What people do beside and after automation: the same, the opposite, or nothing."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

from console.domain.act import AUTOMATION, BY_CLOCK, Act
from console.domain.acts.ban import BAN
from console.domain.acts.block import BLOCK
from console.domain.acts.kick import KICK
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.acts.table import spec_of
from console.domain.automation.acts import act_kinds, as_severe
from console.domain.automation.proposal import Proposal, ProposalState
from console.engine.desk.colleagues import doer_of
from console.engine.services.automation.done_by import done_by
from console.engine.services.automation.ledger import Ledger
from console.engine.wire.events import (
    BlockedUser,
    CallEvent,
    Event,
    KickedUser,
    UserBanned,
    UserMuted,
)

AGREED_WITHIN_S = 600.0
"""A moderator who does the same within this time agrees with a rule in shadow."""

FOLLOWED = 2_000
"""People and acts that are followed at most."""

BY_HAND = "A moderator acted by hand meanwhile."

_NOBODY = ("", AUTOMATION, BY_CLOCK)
"""Who acts where no person did: what a clock lifts was not overturned."""

_TAKEN_BACK = frozenset({ProposalState.DONE, ProposalState.SENT})


class HumanHand:
    """Follows the acts of people, of this console and of others."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._of_person: OrderedDict[str, list[str]] = OrderedDict()
        """Ids of the proposals about each person, newest last."""
        self._of_act: OrderedDict[str, str] = OrderedDict()
        """The proposal that each act carries out."""
        self._seen: OrderedDict[str, None] = OrderedDict()

    def follow(self, proposal: Proposal) -> None:
        """People may agree with it, act before it, or take it back."""
        of_person = self._of_person.setdefault(proposal.item.author_id, [])
        if proposal.proposal_id not in of_person:
            of_person.append(proposal.proposal_id)
            del of_person[:-20]
        self._of_person.move_to_end(proposal.item.author_id)
        _keep(self._of_person)
        for act_id in proposal.act_ids:
            self._of_act[act_id] = proposal.proposal_id
        _keep(self._of_act)

    def proposal_of(self, act_id: str) -> Proposal | None:
        """The proposal that an act carries out."""
        return self._ledger.find(self._of_act.get(act_id, ""))

    def on_act(self, act: Act, at: float) -> None:
        """A person did something; told once for each act."""
        if act.by in _NOBODY or act.act_id in self._seen:
            return
        if act.act_id in self._of_act:
            return  # a suggestion that a person accepted
        self._seen[act.act_id] = None
        _keep(self._seen)
        for user_id in act.user_ids:
            if act.undo_of:
                continue
            self._did(act.kind, user_id, act.cid, at, act.by, BY_HAND)
            self._opposite(act, user_id)

    def on_undone(self, undo: Act) -> None:
        """An act was taken back, and Stream shows it."""
        found = self.proposal_of(undo.undo_of)
        if found is not None and undo.by not in _NOBODY and found.state in _TAKEN_BACK:
            self._ledger.change(found, state=ProposalState.OVERTURNED, by=undo.by)

    def on_event(self, event: Event, at: float, me: str) -> None:
        """What the moderator of another console did, as the call shows it."""
        kind, users, by = _done_by_others(event)
        if by and by != me and isinstance(event, CallEvent | UserBanned):
            cid = event.call_cid if isinstance(event, CallEvent) else ""
            for user_id in users:
                self._did(kind, user_id, cid, at, by, done_by(kind, doer_of(event) or by))

    def _did(self, kind: str, user_id: str, cid: str, at: float, by: str, note: str) -> None:
        for proposal in list(self._about(user_id)):
            elsewhere = cid and proposal.item.cid != cid and not spec_of(kind).app_wide
            if elsewhere or not as_severe(kind, proposal.responses):
                continue
            if proposal.state is ProposalState.SHADOW:
                if at - proposal.at <= AGREED_WITHIN_S and not proposal.agreed:
                    self._ledger.change(proposal, agreed=True, by=by)
            elif proposal.waiting:
                self._ledger.change(proposal, state=ProposalState.LAPSED, by=by, note=note)

    def _opposite(self, act: Act, user_id: str) -> None:
        for proposal in list(self._about(user_id)):
            undone = {spec_of(kind).undo for kind in act_kinds(proposal.responses)}
            here = spec_of(act.kind).app_wide or act.cid == proposal.item.cid
            if proposal.state in _TAKEN_BACK and here and act.kind in undone - {None}:
                self._ledger.change(proposal, state=ProposalState.OVERTURNED, by=act.by)

    def _about(self, user_id: str) -> Iterator[Proposal]:
        for proposal_id in self._of_person.get(user_id, ()):
            proposal = self._ledger.find(proposal_id)
            if proposal is not None:
                yield proposal


def _done_by_others(event: Event) -> tuple[str, Iterable[str], str]:
    """The kind of act that an event shows, on whom, and who did it where Stream says so."""
    match event:
        case UserMuted(muted_user_ids=users, from_user_id=by):
            return MUTE_AUDIO, users, by
        case KickedUser(user=user, kicked_by_user=actor):
            return KICK, (user.id,), actor.id if actor else ""
        case BlockedUser(user=user, blocked_by_user=actor):
            return BLOCK, (user.id,), actor.id if actor else ""
        case UserBanned(user=user, created_by=actor):
            return BAN, (user.id,), actor.id if actor else ""
    return "", (), ""


def _keep(some: OrderedDict[str, Any]) -> None:
    while len(some) > FOLLOWED:
        some.popitem(last=False)
