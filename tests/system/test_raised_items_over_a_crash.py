"""Raised items with the people of a scenario, over the crash of an engine: none is lost."""

from console.domain.raised import Decision, RaisedState, Step
from console.protocol.raised import Decide
from tests.system.conftest import EngineChild, until
from tests.system.test_engine_and_sandbox import one_call


def question(engine: EngineChild, step: Step, item_id: str) -> Decide:
    at = engine.raised[item_id].handling.raised_at
    made = Decision(
        decision_id=f"{step}-{item_id}", step=step, item_ids=(item_id,), by="moderator", at=at
    )
    return Decide(made.decision_id, made)


async def decide(engine: EngineChild, asked: Decide) -> None:
    engine.send(asked)
    answer = await until(
        lambda: engine.decided_about.get(asked.request_id),
        what="the decision answered",
        changed=engine.changed,
    )
    assert answer.sentence == ""


def by_state(engine: EngineChild, *states: RaisedState) -> set[str]:
    lines = (one for one in engine.raised.values() if one.item_id not in engine.of_people)
    return {one.item_id for one in lines if one.state in states}


def raised_names(engine: EngineChild, *, open_ones: bool = False) -> int:
    """The numbers of the desk count them, and they are no lines; nor one that was withdrawn."""
    names = [one for one in engine.raised.values() if one.item_id in engine.of_people]
    names = [one for one in names if one.state is not RaisedState.WITHDRAWN]
    return sum(one.is_open or not open_ones for one in names)


def raised_by_verdicts(engine: EngineChild) -> set[str]:
    return {key for key, verdict in engine.verdicts.items() if verdict.raised}


async def test_every_raised_item_is_decided_or_open_and_none_is_lost(start_sandbox, engine):
    sandbox = await start_sandbox("town-hall", "--speed", "10")
    await engine.sign_in(sandbox.address)
    call = await one_call(engine)
    await engine.focus(call.cid)
    await sandbox.control("/start", {})
    await until(
        lambda: len(by_state(engine, RaisedState.OPEN)) >= 4,
        what="four open items",
        changed=engine.changed,
    )
    first, second, third, *_ = (one for one in engine.raised.values() if one.is_open)
    await decide(engine, question(engine, Step.DISMISS, first.item_id))
    await decide(engine, question(engine, Step.TAKE, second.item_id))
    lost = question(engine, Step.HANDLE, third.item_id)
    engine.send(lost)  # nobody knows whether it was taken in

    await engine.restart()
    engine.raised.clear()
    engine.decided_about.clear()
    await engine.sign_in(sandbox.address)
    await until(lambda: engine.raised, what="the raised items", changed=engine.changed)
    await decide(engine, lost)  # as the window does, which got no answer
    await until(
        lambda: len(engine.raised) >= 8, what="further raised items", changed=engine.changed
    )
    person = next(
        one.item.author_id
        for one in engine.raised.values()
        if one.is_open and one.item_id != second.item_id
    )
    receipt = await engine.act("kick", call.cid, person)
    assert receipt.reason == ""
    await sandbox.control("/pause", {})
    await until(
        lambda: (
            engine.pulse is not None
            and engine.pulse.waiting == 0
            and engine.pulse.desk.unwritten == 0
            and engine.pulse.desk.raised == len(raised_by_verdicts(engine)) + raised_names(engine)
        ),
        what="all lines judged, all changes written, and as many raised items as verdicts",
        changed=engine.changed,
    )

    assert engine.raised[first.item_id].state is RaisedState.DISMISSED
    assert engine.raised[second.item_id].handling.holder == "moderator"
    assert engine.raised[third.item_id].state is RaisedState.HANDLED
    kicked = [
        one
        for one in engine.raised.values()
        if one.item.author_id == person and one.item.received_at < receipt.queued_at
    ]
    assert kicked
    assert all(not one.is_open for one in kicked)
    ended = by_state(engine, RaisedState.HANDLED, RaisedState.DISMISSED, RaisedState.ESCALATED)
    still_open = by_state(engine, RaisedState.OPEN)
    assert ended | still_open == raised_by_verdicts(engine)
    assert engine.pulse is not None
    counts = engine.pulse.desk
    assert counts.raised == counts.handled + counts.dismissed + counts.open
    waiting = len(still_open) + raised_names(engine, open_ones=True)
    assert (counts.dismissed, counts.open) == (1, waiting)
