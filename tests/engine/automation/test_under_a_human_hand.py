"""People beside automation: the shadow, what is overturned, what is done by hand, the guard."""

import pytest

from console.domain.automation.book import Limits
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Mode, Response
from console.domain.sign_in import Method
from console.domain.verdict import Source
from console.protocol.acts import ActsChanged
from console.protocol.automation import ResumeRule
from tests.engine.automation.conftest import CID, RUDE, Desk, rule, sends_audio


async def test_the_shadow_only_notes_and_sees_who_agrees(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, mode=Mode.SHADOW))
    for who in (sandbox.ann, sandbox.bob):
        sandbox.say(who, RUDE)
    await console.until(lambda: len(desk.proposals) == 2)
    assert {each.state for each in desk.proposals.values()} == {ProposalState.SHADOW}
    assert sends_audio(sandbox, "ann")

    console.act("kick", CID, "ann")
    sandbox.world.sanctions.mute(CID, ["bob"], ["audio"], by="host")

    await console.until(lambda: all(each.agreed for each in desk.proposals.values()))
    await console.until(lambda: desk.record.agreed == 2)
    assert (desk.record.shadowed, desk.record.proposed) == (2, 0)
    assert desk.numbers.shadowed == 2


@pytest.mark.parametrize("way", ["undo", "by hand"])
async def test_what_people_take_back_is_overturned(sandbox, console, desk, way):
    await desk.use(rule(Response.REVOKE_AND_MUTE))
    sandbox.say(sandbox.ann, RUDE)
    done = await desk.until(ProposalState.DONE)
    revoke = next(each for each in done.act_ids if "revoke" in each)

    more = {"undo_of": revoke} if way == "undo" else {}
    console.act("grant_audio", CID, "ann", **more)

    overturned = await desk.until(ProposalState.OVERTURNED)
    assert overturned.by == sandbox.profile().user_id
    await console.until(lambda: desk.record.overturned == 1)
    await console.until(lambda: desk.numbers.overturned == 1)


async def test_the_acts_of_one_proposal_are_one_undo(sandbox, console, desk):
    await desk.use(rule(Response.REVOKE_AND_MUTE))
    sandbox.say(sandbox.ann, RUDE)
    done = await desk.until(ProposalState.DONE)
    acts = {p.act.act_id: p.act for m in console.of(ActsChanged) for p in m.acts}
    assert {acts[each].together for each in done.act_ids} == {done.proposal_id}


async def test_an_act_by_hand_ends_the_countdown_about_the_same_person(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, veto_s=30.0))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    console.act("kick", CID, "ann")

    lapsed = await desk.until(ProposalState.LAPSED)
    assert lapsed.note == "A moderator acted by hand meanwhile."


async def test_the_guard_pauses_a_rule_that_acts_far_too_often_and_asks(sandbox, console, desk):
    await desk.use(rule(Response.WARN), limits=Limits(rule_least=2))
    for _ in range(3):
        sandbox.say(sandbox.ann, RUDE)
        before = len(desk.proposals)
        await console.until(lambda before=before: len(desk.proposals) > before)

    asked = await desk.until(ProposalState.ASKED)
    assert asked.note == "The guard has just paused this rule."
    await console.until(lambda: desk.book.paused)
    (paused,) = desk.book.paused
    assert (paused.rule_id, paused.acts, paused.usual) == ("insults", 2, 0.0)

    console.router.answer(ResumeRule("insults"))
    await console.until(lambda: not desk.book.paused)
    desk.decide(do=False)
    await desk.until(ProposalState.DECLINED)
    sandbox.say(sandbox.ann, RUDE)
    await console.until(lambda: len(desk.proposals) == 4)
    await desk.until(ProposalState.DONE)


async def test_the_guard_pauses_all_rules_of_a_sign_in(sandbox, console, desk):
    limits = Limits(rule_least=50, account_least=2)
    await desk.use(rule(Response.WARN), limits=limits)
    for who in (sandbox.ann, sandbox.bob, sandbox.ann):
        sandbox.say(who, RUDE)
        before = len(desk.proposals)
        await console.until(lambda before=before: len(desk.proposals) > before)

    await desk.until(ProposalState.ASKED)
    await console.until(lambda: desk.book.paused)
    assert desk.book.paused[0].rule_id == ""


async def test_a_countdown_that_a_crash_cut_short_asks_after_the_restart(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, veto_s=60.0))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    console.router.answer(sandbox.sign_in(Method.TOKEN))

    asked = await desk.until(ProposalState.ASKED)
    assert asked.note == "The engine ended during the countdown."
    assert [each.name for each in desk.book.rules] == ["Insults"]
    await console.live(CID)


async def test_stream_s_own_verdict_is_in_the_queue_already(sandbox, console):
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["blockhead"]}, new=True)
    rules = [{"name": "insults", "action": "flag"}]
    judging.put_config("custom:captions", {"block_list_config": {"enabled": True, "rules": rules}})
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    desk = Desk(console)
    limits = Limits(rule_least=1, account_least=1)
    flags = rule(Response.FLAG, when=Conditions(sources=(Source.STREAM,)))
    await desk.use(flags, limits=limits)
    for number in range(1, 4):
        sandbox.say(ann, f"You blockhead of a king, number {number}.")
        await console.until(lambda number=number: desk.record.already == number)

    already = await desk.until(ProposalState.ALREADY)
    assert already.note == "Stream has put it into the review queue already."
    assert already.act_ids == ()
    assert (desk.record.proposed, desk.record.done) == (3, 0)
    assert desk.book.paused == ()  # the guard counts what was done
    await console.until(lambda: desk.numbers.already == 3)
    assert (desk.numbers.proposed, desk.numbers.done) == (3, 0)


async def test_the_record_of_a_rule_follows_its_last_proposal(sandbox, console, desk):
    await desk.use(rule(Response.MUTE))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.DONE)
    await console.until(lambda: (desk.record.done, desk.record.waiting) == (1, 0))
