"""A console with rules, against the served sandbox, judged by the policy of this program."""

import pytest

from console.domain.automation.book import RuleBook
from console.domain.automation.proposal import Proposal, ProposalState
from console.domain.automation.record import RuleRecord
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Step
from console.domain.sign_in import Method
from console.protocol.automation import (
    AutomationNumbers,
    DecideProposal,
    ProposalsChanged,
    RulesChanged,
    RulesSaved,
    SaveRules,
)
from tests.engine.conftest import Console

CID = "default:one"
RUDE = "You are an idiot."


def rule(*responses: Response, mode: Mode = Mode.ACT, name: str = "Insults", **fields) -> Rule:
    """A rule about insults that acts at once, unless ``fields`` say otherwise."""
    return Rule(
        **{
            "rule_id": name.casefold(),
            "name": name,
            "when": Conditions(labels=("INSULT",)),
            "steps": (Step(responses=responses),),
            "mode": mode,
            "veto_s": 0.0,
            "cooldown_s": 0.0,
            **fields,
        }
    )


class Desk:
    """What a window would know of automation."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._asked = 0

    @property
    def proposals(self) -> dict[str, Proposal]:
        found: dict[str, Proposal] = {}
        for change in self.console.of(ProposalsChanged):
            found |= {each.proposal_id: each for each in change.proposals}
        return found

    @property
    def last(self) -> Proposal | None:
        return next(reversed(self.proposals.values()), None)

    @property
    def book(self) -> RuleBook:
        return self.console.of(RulesChanged)[-1].book

    @property
    def record(self) -> RuleRecord:
        """Of the first rule."""
        return self.console.of(RulesChanged)[-1].records[0]

    @property
    def numbers(self) -> AutomationNumbers:
        return self.console.pulse.automation

    async def use(self, *rules: Rule, **fields) -> str:
        """Save these rules; the sentence that refuses them, or ""."""
        self._asked += 1
        asked = f"rules-{self._asked}"
        self.console.router.answer(SaveRules(asked, RuleBook(rules=rules, **fields)))

        def answers() -> list[RulesSaved]:
            return [each for each in self.console.of(RulesSaved) if each.request_id == asked]

        await self.console.until(answers)
        return answers()[0].sentence

    def decide(self, *, do: bool) -> None:
        assert self.last is not None
        self.console.router.answer(DecideProposal(self.last.proposal_id, do=do))

    async def until(self, state: ProposalState) -> Proposal:
        """The last proposal, once it is in ``state``."""
        await self.console.until(lambda: self.last is not None and self.last.state is state)
        assert self.last is not None
        return self.last


@pytest.fixture
async def desk(sandbox, console):
    """Ann and Bob are in a call; the sign-in has a user token, so the verdict here decides."""
    sandbox.ann, sandbox.bob = sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    console.focus(CID)
    await console.until(lambda: console.of(RulesChanged) and console.person("ann"))
    return Desk(console)


def sends_audio(sandbox, user_id: str) -> bool:
    session = sandbox.world.state.calls[CID].running
    return any(
        "audio" in each.live for each in session.presences.values() if each.user.id == user_id
    )
