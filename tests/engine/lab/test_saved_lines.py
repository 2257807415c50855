"""Runs over saved calls: an engine heard and acted, later a lab looks back. Real parts only."""

import pytest

from console.domain.act import Act, ActKind, ReceiptState
from console.domain.sign_in import Method
from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import (
    AskDisagreements,
    AskRows,
    AskSavedCalls,
    CallsSource,
    Disagreements,
    RowFilter,
    RunRows,
    SavedCalls,
    StartRun,
)
from console.protocol.to_engine import RequestAct, SignOut

CID = "default:one"
POLICY = """\
key = "custom:lab"
block_list_config = { rules = [{ name = "mine", action = "remove" }] }

[[blocklists]]
name = "mine"
words = ["zebra"]
"""


async def finished(console, run_id):
    await console.until(lambda: any(f.run_id == run_id for f in console.of(RunFinished)), 30)
    return next(f for f in console.of(RunFinished) if f.run_id == run_id)


async def rows(console, **more):
    request_id = f"rows-{len(console.messages)}"
    console.desk.answer(AskRows(request_id=request_id, run_id="r", **more))
    await console.until(lambda: any(r.request_id == request_id for r in console.of(RunRows)))
    return console.of(RunRows)[-1].rows


@pytest.fixture
async def after_a_call(console, sandbox):
    """Four lines were said, somebody was kicked for the second, and the moderator signed out."""
    ann, bob = sandbox.call("one", "ann", "bob")
    console.desk.answer(sandbox.sign_in(Method.TOKEN))  # so that the local verdict stands
    await console.live(CID)
    sandbox.say(ann, "hello all")
    sandbox.say(bob, "you idiot")
    sandbox.say(ann, "a zebra")
    sandbox.say(bob, "nothing wrong")
    await console.until(lambda: len(console.lines) == 4)
    act = Act(
        act_id="act",
        kind=ActKind.KICK,
        cid=CID,
        requested_at=console.lines[-1].received_at,
        session_id=console.calls[CID].session_id,
        user_ids=("bob",),
        by="moderator",
    )
    console.desk.answer(RequestAct(act=act))
    await console.until(
        lambda: console.receipt("act") and console.receipt("act").state is ReceiptState.SEEN
    )
    console.desk.answer(SignOut())
    return console


async def test_a_policy_beside_what_moderators_did(after_a_call, sandbox):
    console = after_a_call
    console.desk.answer(AskSavedCalls("1"))
    await console.until(lambda: console.of(SavedCalls))
    (call,) = console.of(SavedCalls)[-1].calls
    assert (call.app, call.cid, call.lines, call.acts) == (sandbox.keys.api_key, CID, 4, 1)
    assert call.since <= call.until

    wish = StartRun(
        run_id="r", a=PolicyText(POLICY, "p.toml"), source=CallsSource(((call.app, CID),))
    )
    console.desk.answer(wish)
    done = await finished(console, "r")
    assert (done.lines, done.sentence) == (4, "")
    other = done.a.counterfactual
    assert (other.judged, other.acted, other.agreed) == (4, 1, 0)
    assert (other.missed_by_policy, other.only_policy) == (1, 1)
    assert other.overturned == 0.5

    found = await rows(console)
    assert [row.text for row in found] == ["hello all", "you idiot", "a zebra", "nothing wrong"]
    assert [row.speaker for row in found] == ["Ann", "Bob", "Ann", "Bob"]
    assert {row.call for row in found} == {CID}
    assert [[act.kind for act in row.acts] for row in found] == [[], ["kick"], [], []]
    assert found[1].acts[0].by == "moderator"
    assert found[1].said == "flag"
    (missed,) = await rows(console, only=RowFilter(errors=("missed_by_policy",)))
    assert missed.text == "you idiot"


async def test_a_call_that_is_not_there_has_no_lines(console):
    wish = StartRun(run_id="r", a=PolicyText(POLICY), source=CallsSource((("nobody", "a:b"),)))
    console.desk.answer(wish)
    assert (await finished(console, "r")).lines == 0


async def test_what_stream_judged_otherwise_is_counted_and_listed(console, sandbox):
    (ann,) = sandbox.call("one", "ann")
    # The sandbox judges by a policy that knows nothing; the local one is the program's own.
    for key, config in sandbox.world.judging.configs.items():
        sandbox.world.judging.put_config(key, {**config, "block_list_config": {"rules": []}})
    console.desk.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "hello all")
    sandbox.say(ann, "you idiot")
    await console.until(lambda: console.pulse.judged == 2)
    assert console.pulse.disagreements == 1
    console.desk.answer(AskDisagreements("1"))
    await console.until(lambda: console.of(Disagreements))
    (line,) = console.of(Disagreements)[-1].lines
    assert (line.text, line.speaker, line.local, line.stream) == (
        "you idiot",
        "Ann",
        "flag",
        "keep",
    )
    assert (line.local_rule, line.stream_rule) == ("insults", "")
    assert "insults" in line.local_why
