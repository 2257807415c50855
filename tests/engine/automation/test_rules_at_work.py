"""Rules from a verdict to a response, through the engine and the real SDK against the sandbox."""

import pytest
from msgspec.structs import replace

from console.domain.act import AUTOMATION, ReceiptState
from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Mode, Response, Span, Step, Window
from console.domain.verdict import Severity, Source
from console.protocol.acts import ActsChanged
from console.protocol.people import AskPerson, PersonCard
from tests.engine.automation.conftest import CID, RUDE, rule, sends_audio


def acts(console):
    """The last state of each act, by its id."""
    found = [each for change in console.of(ActsChanged) for each in change.acts]
    return {each.act.act_id: each for each in found}


async def test_by_default_keep_does_nothing_and_remove_suggests_a_mute_and_a_ban(
    sandbox, console, desk
):
    sandbox.say(sandbox.bob, "Good evening.")
    sandbox.say(sandbox.ann, "Just kill yourself now.")
    asked = await desk.until(ProposalState.ASKED)

    assert asked.item.author_id == "ann"
    assert asked.responses == (Response.REVOKE_AND_MUTE, Response.BAN)
    assert (asked.mode, asked.due_at, len(desk.proposals)) == (Mode.ASK, 0.0, 1)
    assert acts(console) == {}

    desk.decide(do=True)
    done = await desk.until(ProposalState.DONE)

    assert done.by == sandbox.profile().user_id
    assert not sends_audio(sandbox, "ann")
    assert sandbox.world.state.users["ann"].banned
    kinds = {each.act.kind: each.act for each in acts(console).values()}
    assert set(kinds) == {"revoke_audio", "mute_audio", "ban"}
    assert kinds["ban"].minutes == 60


async def test_the_undo_of_all_that_a_rule_did_at_once_gives_the_strike_back(
    sandbox, console, desk
):
    sandbox.say(sandbox.ann, "Just kill yourself now.")
    await desk.until(ProposalState.ASKED)
    desk.decide(do=True)
    await desk.until(ProposalState.DONE)
    done = {each.act.kind: each.act for each in acts(console).values()}
    assert len({act.together for act in done.values()}) == 1
    assert (await strikes(console, "r1")).count == 1

    for kind, undo in (("revoke_audio", "grant_audio"), ("ban", "unban")):
        undone = done[kind].act_id
        await console.until(lambda act_id=undone: console.receipt(act_id).undoable)
        console.act(undo, CID, "ann", undo_of=undone)
        await console.until(lambda act_id=undone: console.receipt(act_id).undone_by)
    assert not console.receipt(done["mute_audio"].act_id).undone_by  # Stream has no unmute
    assert (await strikes(console, "r2")).count == 0


async def strikes(console, request_id):
    return (await card(console, request_id)).strikes


async def card(console, request_id):
    console.router.answer(AskPerson(request_id, CID, "ann"))
    await console.until(lambda: [c for c in console.of(PersonCard) if c.request_id == request_id])
    return console.of(PersonCard)[-1]


async def test_the_card_has_next_what_the_rules_in_use_have_next(sandbox, console, desk):
    steps = tuple(Step(responses=(each,)) for each in (Response.MUTE, Response.BLOCK))
    await desk.use(replace(rule(Response.MUTE), steps=steps))
    (first,) = (await card(console, "n1")).coming
    assert (first.number, first.steps, first.responses) == (1, 2, (Response.MUTE,))
    assert (first.rule, first.asks, first.last_at) == ("Insults", False, 0.0)
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.DONE)

    found = (await card(console, "n2")).coming
    for number in range(3, 100):
        if found[0].number == 2:
            break
        found = (await card(console, f"n{number}")).coming
    assert (found[0].number, found[0].responses) == (2, (Response.BLOCK,))
    assert found[0].last_at > 0


async def test_by_default_a_flag_goes_into_the_review_queue_after_a_countdown(
    sandbox, console, desk
):
    sandbox.say(sandbox.ann, RUDE)
    counting = await desk.until(ProposalState.COUNTING)
    assert counting.due_at == pytest.approx(counting.at + 8.0)

    desk.decide(do=True)  # one key hastens it
    await desk.until(ProposalState.DONE)

    item = sandbox.world.judging.find_item("stream:v1:utterance", counting.item.item_id)
    assert item.payload["texts"] == [RUDE]


async def test_a_rule_without_a_countdown_acts_at_once_and_names_itself_and_the_evidence(
    sandbox, console, desk
):
    await desk.use(rule(Response.MUTE))

    sandbox.say(sandbox.ann, RUDE)
    done = await desk.until(ProposalState.DONE)

    assert not sends_audio(sandbox, "ann")
    (progress,) = acts(console).values()
    assert progress.receipt.state is ReceiptState.SEEN
    act = progress.act
    assert (act.kind, act.by, act.rule, act.reason) == (
        "mute_audio",
        AUTOMATION,
        "Insults",
        "Insults: INSULT",
    )
    assert act.item.text == RUDE
    assert done.act_ids == (act.act_id,)
    await console.until(lambda: desk.numbers.done == 1)
    assert (desk.numbers.proposed, desk.numbers.vetoed) == (1, 0)
    assert desk.numbers.spoken_to_muted.n == 1
    await console.until(lambda: desk.record.done == 1)


async def test_a_countdown_that_is_stopped_does_nothing(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, veto_s=30.0))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    desk.decide(do=False)
    stopped = await desk.until(ProposalState.STOPPED)

    assert stopped.by == sandbox.profile().user_id
    assert acts(console) == {}
    assert sends_audio(sandbox, "ann")
    await console.until(lambda: desk.numbers.vetoed == 1)
    await console.until(lambda: desk.record.stopped == 1)


@pytest.mark.clock_speed(10)
async def test_a_countdown_that_nobody_stops_acts(sandbox, console, desk):
    await desk.use(rule(Response.STOP_SCREEN, Response.MUTE, veto_s=6.0))
    sandbox.world.attendance.publish(CID, sandbox.ann.user_session_id, "screenshare")
    await console.until(lambda: "screenshare" in console.person("ann").live)
    sandbox.say(sandbox.ann, RUDE)

    done = await desk.until(ProposalState.DONE)

    kinds = [each.act.kind for each in acts(console).values()]
    assert kinds == ["mute_screenshare", "mute_audio"]
    first = next(iter(acts(console).values()))
    assert first.act.requested_at >= done.at + 6.0
    await console.until(lambda: desk.numbers.spoken_to_muted.n)
    assert desk.numbers.spoken_to_muted.max < 6_000.0  # the countdown is not part of it


async def test_a_kick_always_waits_for_a_person_and_the_rest_does_not(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, Response.KICK))
    sandbox.say(sandbox.ann, RUDE)
    await console.until(lambda: len(desk.proposals) == 2)
    await console.until(
        lambda: (
            {each.state for each in desk.proposals.values()}
            == {ProposalState.DONE, ProposalState.ASKED}
        )
    )

    kick = next(each for each in desk.proposals.values() if each.state is ProposalState.ASKED)

    assert kick.responses == (Response.KICK,)
    assert kick.note == "Nothing can take this back, so it waits for a person."
    assert [each.act.kind for each in acts(console).values()] == ["mute_audio"]


async def test_a_ladder_climbs_with_each_time(sandbox, console, desk):
    steps = (
        Step(responses=(Response.WARN,), text="Mind your words."),
        Step(responses=(Response.MUTE,)),
    )
    await desk.use(rule(steps=steps))

    for _ in range(2):
        sandbox.say(sandbox.ann, RUDE)
        before = len(desk.proposals)
        await console.until(lambda before=before: len(desk.proposals) > before)
        await desk.until(ProposalState.DONE)

    kinds = {each.act.kind: each.act for each in acts(console).values()}
    assert set(kinds) == {"warn", "mute_audio"}
    assert kinds["warn"].reason == "Mind your words."
    assert [each.number for each in desk.proposals.values()] == [1, 2]


async def test_a_rule_can_wait_for_the_third_time_and_spare_a_role(sandbox, console, desk):
    when = Conditions(
        labels=("insult",),
        severity=Severity.MEDIUM,
        sources=(Source.LOCAL,),
        kinds=("caption",),
        call_types=("default",),
        times=3,
        within=Window(span=Span.SESSION),
    )
    await desk.use(rule(Response.MUTE, when=when), exempt_people=("bob",))
    for number in range(3):
        sandbox.say(sandbox.bob, f"{RUDE} {number}")
        sandbox.say(sandbox.ann, f"{RUDE} {number}")
    done = await desk.until(ProposalState.DONE)

    assert done.item.text == f"{RUDE} 2"
    assert {each.item.author_id for each in desk.proposals.values()} == {"ann"}
    assert len(desk.proposals) == 1


async def test_a_rule_can_be_about_a_first_call_and_a_young_account(sandbox, console, desk):
    young = Conditions(labels=("INSULT",), first_call=True, younger_days=1.0)
    old = Conditions(labels=("INSULT",), younger_days=0.000001)
    await desk.use(
        rule(Response.BAN, when=old, name="Old"), rule(Response.MUTE, when=young, name="Young")
    )
    sandbox.say(sandbox.ann, RUDE)

    done = await desk.until(ProposalState.DONE)

    assert done.rule == "Young"


async def test_rules_are_kept_and_wrong_ones_are_refused_with_a_sentence(sandbox, console, desk):
    assert await desk.use(rule(Response.MUTE)) == ""
    refused = await desk.use(rule())

    assert refused == "Insults: each step needs something to do."
    kept = await console.engine.session._store.automation.book()
    assert kept == desk.book
    assert [each.name for each in kept.rules] == ["Insults"]


async def test_a_rule_that_is_switched_off_stops_its_countdowns(sandbox, console, desk):
    await desk.use(rule(Response.MUTE, veto_s=30.0))
    sandbox.say(sandbox.ann, RUDE)
    await desk.until(ProposalState.COUNTING)

    await desk.use(rule(Response.MUTE, mode=Mode.OFF))

    lapsed = await desk.until(ProposalState.LAPSED)
    assert lapsed.note == "The rule was changed meanwhile."
    sandbox.say(sandbox.ann, RUDE)
    assert len(desk.proposals) == 1
