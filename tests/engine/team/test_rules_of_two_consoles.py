"""The same rule acts by itself on two consoles: once, and the other one says by whom."""

import pytest

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Response
from console.engine.services.team import Team
from console.protocol.acts import ActsChanged
from console.sandbox.world import MODERATOR_ID
from tests.engine.automation.conftest import Desk, rule, sends_audio
from tests.engine.team.conftest import CID, INSULT, SECOND

ANY = Conditions(actions=("flag",))


def acts(*consoles):
    found = [p.act for one in consoles for m in one.of(ActsChanged) for p in m.acts]
    return {act.act_id + act.by: act.kind for act in found if act.by == "automation"}


async def both_act(desk, first, second, *responses, veto_s=0.0):
    """Both consoles have the rule, and know that the other one has it."""
    consoles = Desk(first), Desk(second)
    for one in consoles:
        await one.use(rule(*responses, when=ANY, veto_s=veto_s))
        await one.console.live(CID)
        one.console.focus(CID)
    for one, other in ((first, second), (second, first)):
        await one.until(lambda one=one, other=other: _knows(one, other))
    return consoles


def team_of(console):
    return next(each for each in console.services if isinstance(each, Team))


def _knows(console, other):
    known = team_of(console)._book._consoles.get(team_of(other)._console_id)
    return known is not None and known.acts


def order(*consoles):
    """The one that goes first, and the other."""
    acting = {one: team_of(one.console).context.acting for one in consoles}
    (leads,) = (one for one in consoles if not acting[one].another_first)
    return leads, next(one for one in consoles if one is not leads)


@pytest.mark.parametrize(
    "responses", [(Response.MUTE,), (Response.BLOCK,), (Response.REVOKE_AND_MUTE, Response.BAN)]
)
async def test_two_consoles_act_once(desk, team, responses):
    first, second = await team.pair()
    consoles = await both_act(desk, first, second, *responses)
    desk.say(desk.ann, f"{INSULT} a")
    leads, yields = order(*consoles)
    done = await leads.until(ProposalState.DONE)
    lapsed = await yields.until(ProposalState.LAPSED)
    assert lapsed.act_ids == ()
    assert (lapsed.by, "done by" in lapsed.note) == (leads.console.user_id, True)
    kinds = list(acts(first, second).values())
    assert len(kinds) == len(set(kinds)) == len(done.act_ids)


async def test_two_consoles_of_one_moderator_act_once(desk, team):
    first, second = await team.sign_in(), await team.sign_in()
    consoles = await both_act(desk, first, second, Response.MUTE)
    desk.say(desk.ann, f"{INSULT} a")
    leads, yields = order(*consoles)
    await leads.until(ProposalState.DONE)
    lapsed = await yields.until(ProposalState.LAPSED)
    assert lapsed.note
    assert len(acts(yields.console)) == 0


async def test_where_the_first_does_nothing_the_other_acts(desk, team):
    first, second = await team.pair()
    consoles = await both_act(desk, first, second, Response.MUTE)
    leads, yields = order(*consoles)
    await team.kill(leads.console)
    desk.say(desk.ann, f"{INSULT} a")
    done = await yields.until(ProposalState.DONE)
    assert done.act_ids
    assert not sends_audio(desk, "ann")


async def test_a_console_whose_rules_only_ask_holds_nobody_up(desk, team):
    first, second = await team.pair()
    await Desk(first).use()
    rules = Desk(second)
    await rules.use(rule(Response.MUTE, when=ANY))
    await second.live(CID)
    second.focus(CID)
    await second.until(lambda: not _knows(second, first))
    desk.say(desk.ann, f"{INSULT} a")
    done = await rules.until(ProposalState.DONE)
    assert done.due_at == 0.0
    assert {one.user_id for one in (first, second)} == {MODERATOR_ID, SECOND}
    proposed = next(iter(rules.proposals.values()))
    assert proposed.at == done.at
