"""Runs over saved calls: an engine heard and acted, later a lab looks back. Real parts only."""

import csv
import json

import pytest

from console.domain.act import Act, ReceiptState
from console.domain.results import BesideModerators, CallAction
from console.domain.sign_in import Method
from console.protocol.acts import RequestAct
from console.protocol.connection import SignOut
from console.protocol.lab import PolicyText
from console.protocol.lab_results import Count, RunFinished
from console.protocol.lab_runs import (
    AskDisagreements,
    AskRows,
    AskSavedCalls,
    CallsSource,
    Disagreements,
    Exported,
    ExportFormat,
    ExportRun,
    RowFilter,
    RunRows,
    SavedCalls,
    StartRun,
)

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
    console.router.answer(AskRows(request_id=request_id, run_id="r", **more))
    await console.until(lambda: any(r.request_id == request_id for r in console.of(RunRows)))
    return console.of(RunRows)[-1].rows


@pytest.fixture
async def after_a_call(console, sandbox):
    """Three lines said, one written, a kick for the second; then the moderator signed out."""
    ann, bob = sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in(Method.TOKEN))  # so that the local verdict stands
    await console.live(CID)
    sandbox.say(ann, "hello all")
    sandbox.say(bob, "you idiot")
    sandbox.say(ann, "a zebra")
    sandbox.world.chat.write("videocall:one", "bob", "nothing wrong")
    await console.until(lambda: len(console.lines) == 4)
    act = Act(
        act_id="act",
        kind="kick",
        cid=CID,
        requested_at=console.lines[-1].received_at,
        session_id=console.calls[CID].session_id,
        user_ids=("bob",),
        by="moderator",
    )
    console.router.answer(RequestAct(act=act))
    await console.until(
        lambda: console.receipt("act") and console.receipt("act").state is ReceiptState.SEEN
    )
    console.router.answer(SignOut())
    return console


async def test_a_policy_beside_what_moderators_did(after_a_call, sandbox):
    console = after_a_call
    console.router.answer(AskSavedCalls("1"))
    await console.until(lambda: console.of(SavedCalls))
    (call,) = console.of(SavedCalls)[-1].calls
    assert (call.app, call.cid, call.lines, call.acts) == (sandbox.keys.api_key, CID, 4, 1)
    assert call.since <= call.until

    wish = StartRun(
        run_id="r", a=PolicyText(POLICY, "p.toml"), source=CallsSource(((call.app, CID),))
    )
    console.router.answer(wish)
    done = await finished(console, "r")
    assert (done.lines, done.sentence) == (4, "")
    other = done.a.counterfactual
    assert (other.judged, other.acted, other.agreed) == (4, 1, 0)
    assert (other.missed_by_policy, other.only_policy) == (1, 1)
    assert other.overturned == 1.0  # the one line that somebody acted on was kept

    found = await rows(console)
    assert [row.text for row in found] == ["hello all", "you idiot", "a zebra", "nothing wrong"]
    assert [row.speaker for row in found] == ["Ann", "Bob", "Ann", "Bob"]
    assert {row.call for row in found} == {CID}
    assert [[act.kind for act in row.acts] for row in found] == [[], ["kick"], [], []]
    assert found[1].acts[0].by == "moderator"
    assert found[1].said == "flag"
    (missed,) = await rows(console, only=RowFilter(errors=("missed_by_policy",)))
    assert missed.text == "you idiot"


TOO_FAST = """key = "chat"
[velocity_filter_config]
rules = [{ action = "flag", fast_spam_threshold = 2, fast_spam_ttl = 600 }]
"""


async def test_how_much_somebody_says_counts_beside_what_moderators_did(after_a_call, sandbox):
    console = after_a_call
    calls = CallsSource(((sandbox.keys.api_key, CID),))
    console.router.answer(StartRun(run_id="r", a=PolicyText(TOO_FAST), source=calls))
    other = (await finished(console, "r")).a.counterfactual
    assert (other.acted, other.agreed) == (1, 0)
    assert (other.missed_by_policy, other.only_policy) == (1, 2)
    flagged = await rows(console, only=RowFilter(actions=("flag",)))
    assert [(row.speaker, row.text, row.a.why) for row in flagged] == [
        (name, text, "The speaker says very much in a short time (rule velocity).")
        for name, text in (("Ann", "a zebra"), ("Bob", "nothing wrong"))
    ]


CALL_RULES = (
    POLICY
    + """
[[video_call_rule_config.rules]]
harm_types = ["mine"]
action_sequences = [{ action = "kick_user", warning = true, warning_text = "Stop." }]

[[video_call_rule_config.rules]]
harm_types = ["never said"]
"""
)


async def test_call_rules_beside_what_moderators_did(after_a_call, sandbox, tmp_path):
    console = after_a_call
    calls = CallsSource(((sandbox.keys.api_key, CID),))
    rude = CALL_RULES.replace('["zebra"]', '["zebra", "idiot"]')
    wish = StartRun(run_id="r", a=PolicyText(CALL_RULES), b=PolicyText(rude), source=calls)
    console.router.answer(wish)
    done = await finished(console, "r")
    found = done.a.call_actions
    assert (found.triggered, found.people, found.unlisted) == (1, 1, 0)
    assert found.actions == (Count("kick_user", 1, 1.0), Count("warning", 1, 1.0))
    assert found.rules == (Count("mine", 1, 1.0), Count("never said", 0, 0.0))
    (action,) = found.listed
    assert action == CallAction(
        rule="mine",
        violation_number=1,
        actions=("kick_user", "warning"),
        warning_text="Stop.",
        call=CID,
        speaker="Ann",
        at=action.at,
        rows=(2,),
    )
    # The moderator kicked Bob; only B's rules would have done so too, and earlier.
    assert found.beside == BesideModerators(
        agreed=0, only_rules=1, only_moderators=1, seconds_before=None
    )
    other = done.b.call_actions.beside
    assert (other.agreed, other.only_rules, other.only_moderators) == (1, 1, 0)
    assert other.seconds_before is not None
    assert 0 <= other.seconds_before < 60
    shown = await rows(console)
    assert [row.call_actions for row in shown] == [(), (), ("kick_user", "warning"), ()]
    assert [bool(row.call_actions_b) for row in shown] == [False, True, True, False]

    written = {}
    for form in ExportFormat:
        path = tmp_path / f"run.{form}"
        console.router.answer(
            ExportRun(request_id=f"x-{form}", run_id="r", path=str(path), format=form)
        )
        await console.until(
            lambda wish=form: any(done.request_id == f"x-{wish}" for done in console.of(Exported))
        )
        written[form] = path.read_text("utf-8")
    csv_lines = list(csv.DictReader(written[ExportFormat.CSV].splitlines()))
    assert [line["a_call_actions"] for line in csv_lines] == ["", "", "kick_user; warning", ""]
    assert csv_lines[1]["b_call_actions"] == "kick_user; warning"
    json_lines = [json.loads(line) for line in written[ExportFormat.JSON_LINES].splitlines()]
    assert [line.get("call_actions", []) for line in json_lines] == [
        [],
        [],
        ["kick_user", "warning"],
        [],
    ]
    report = written[ExportFormat.HTML]
    assert "Call rules: 1 violation by 1 person." in report
    assert "<td>3</td><td>default:one</td><td>Ann</td><td>mine (1)</td>" in report
    assert "<td>Only a moderator</td><td>1</td>" in report


async def test_a_call_that_is_not_there_has_no_lines(console):
    wish = StartRun(run_id="r", a=PolicyText(POLICY), source=CallsSource((("nobody", "a:b"),)))
    console.router.answer(wish)
    assert (await finished(console, "r")).lines == 0


async def test_what_stream_judged_otherwise_is_counted_and_listed(console, sandbox):
    (ann,) = sandbox.call("one", "ann")
    # The sandbox judges by a policy that knows nothing; the local one is the program's own.
    for key, config in sandbox.world.judging.configs.items():
        sandbox.world.judging.put_config(key, {**config, "block_list_config": {"rules": []}})
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "hello all")
    sandbox.say(ann, "you idiot")
    await console.until(lambda: console.pulse.judged == 2)
    assert console.pulse.disagreements == 1
    console.router.answer(AskDisagreements("1"))
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
