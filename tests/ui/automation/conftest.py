"""Proposals and rules as the engine would tell them."""

import pytest

from console.domain.automation.book import SEED
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.record import RuleRecord
from console.domain.automation.rule import Mode, Response
from console.protocol.automation import ProposalsChanged, RulesChanged


@pytest.fixture
def propose(live, make):
    """Tells a proposal about Ann, unless another person is named."""

    def tell(key="p1", who="ann", **fields):
        said = make.said(f"line-{key}", author_id=who, author_name=who.title())
        given = {
            "rule_id": "insults",
            "rule": "Insults",
            "mode": Mode.ACT,
            "state": ProposalState.COUNTING,
            "at": make.start,
            "item": said,
            "responses": (Response.MUTE,),
            "due_at": make.start + 8.0,
        }
        proposal = Proposal(proposal_id=key, **{**given, **fields})
        live.session.apply(ProposalsChanged((proposal,)))
        return proposal

    return tell


@pytest.fixture
def rules(live):
    """Tells the default rules with what became of the first."""

    def tell(book=SEED, **counts):
        record = RuleRecord(rule_id=book.rules[0].rule_id, **counts)
        live.session.apply(RulesChanged(book, (record,)))
        return book

    return tell
