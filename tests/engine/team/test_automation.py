"""What a colleague takes or decides stops the rules of the other console, and is told."""

import pytest

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Response
from console.domain.raised import Step
from tests.engine.automation.conftest import Desk, rule, sends_audio
from tests.engine.team.conftest import INSULT, SECOND

ANY = Conditions(actions=("flag",))


async def counting(desk, team):
    """Two consoles, and a rule of the first that is about to mute ann."""
    first, second = await team.pair()
    rules = Desk(first)
    await rules.use(rule(Response.MUTE, when=ANY, veto_s=60.0))
    desk.say(desk.ann, f"{INSULT} a")
    for console in (first, second):
        await console.until(lambda c=console: c.state_of("a") == "open")
    await rules.until(ProposalState.COUNTING)
    return rules, second


@pytest.mark.parametrize("step", [Step.DISMISS, Step.HANDLE, Step.ESCALATE])
async def test_what_a_colleague_decided_is_not_acted_on(desk, team, step):
    rules, second = await counting(desk, team)
    await second.decide(step, "a")
    lapsed = await rules.until(ProposalState.LAPSED)
    assert (lapsed.by, lapsed.note) == (SECOND, "Somebody decided about it meanwhile.")
    assert sends_audio(desk, "ann")


async def test_what_a_colleague_has_taken_is_only_suggested(desk, team):
    rules, second = await counting(desk, team)
    await second.decide(Step.TAKE, "a")
    asked = await rules.until(ProposalState.ASKED)
    assert (asked.by, asked.note) == (SECOND, "A colleague has taken it.")
    assert sends_audio(desk, "ann")
