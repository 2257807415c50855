"""Crashes, dropped sockets, refusals and hostile events: nothing lost, nothing doubled."""

import json
import time

import pytest

from console.domain.act import Act, ReceiptState
from console.protocol.acts import RequestAct, RetryAct
from tests.system.conftest import until
from tests.system.test_engine_and_sandbox import caption_keys, captioned, one_call

HOSTILE = [
    "<b>bold</b><img src=x onerror=alert(1)> <a href='http://example.com'>click</a>",
    "abc\u202edcba\u2066 hidden \u2069",
    "null\u0000byte and \u001b[31mcolour",
    "x" * 32_000,
    "مرحبا بالعالم",
    "e" + "\u0301" * 500,
    '"},{"type":"call.ended","call_cid":"livestream:budget-hearing"}',
]


async def ready(start_sandbox, engine, *arguments):
    sandbox = await start_sandbox("town-hall", *arguments)
    await engine.sign_in(sandbox.address)
    call = await one_call(engine)
    await captioned(engine, call.cid)
    return sandbox, call.cid


async def say(sandbox, cid, text, user_id="gil"):
    answer = await sandbox.control("/say", {"cid": cid, "user_id": user_id, "text": text})
    assert answer["captioned"], answer
    return answer


async def heard_and_judged(engine, count):
    await until(
        lambda: len({u.item_id for u in engine.heard}) >= count and len(engine.decided()) >= count,
        what=f"{count} lines heard and judged",
        changed=engine.changed,
    )


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "rate_limit", "retry_after": 1},
        {"kind": "error", "status": 500},
        {"kind": "error", "status": 503, "after": True},
        {"kind": "malformed"},
        {"kind": "truncated"},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}",
)
async def test_a_check_that_fails_is_asked_again(start_sandbox, engine, fault):
    sandbox, cid = await ready(start_sandbox, engine)
    await sandbox.control("/faults", fault | {"path": "/moderation/check", "times": 3})
    for number in range(6):
        await say(sandbox, cid, f"line {number} about the parks")
    await heard_and_judged(engine, 6)
    assert len(engine.heard) == 6
    await until(lambda: engine.pulse, what="a pulse", changed=engine.changed)


async def test_a_storm_of_429_delays_lines_says_so_and_loses_none(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    await until(  # the one raised name of this scenario counts as heard, and waits like a line
        lambda: (p := engine.pulse) and p.heard and not p.waiting and not p.checks_in_flight,
        what="the raised name checked",
        changed=engine.changed,
    )
    storm = {"kind": "rate_limit", "path": "/moderation/check", "times": 10**6, "retry_after": 1}
    await sandbox.control("/faults", storm)
    await say(sandbox, cid, "line 0 about the parks")
    await until(  # else as many as may run at once are on their way before the first refusal
        lambda: (p := engine.pulse) and p.limited_until > p.at,
        what="the first refusal",
        changed=engine.changed,
    )
    for number in range(1, 40):
        await say(sandbox, cid, f"line {number} about the parks")
    delays: set[float] = set()

    def grows():
        pulse = engine.pulse
        if pulse is not None and pulse.waiting == 40 and pulse.limited_until > pulse.at:
            delays.add(pulse.oldest_waiting_ms)
        return len(delays) >= 3 and max(delays) > 3_000

    await until(grows, what="a growing delay in the pulse", changed=engine.changed)
    assert len(engine.heard) == 40
    assert engine.decided() == set()
    assert all(engine.verdicts[line.item_id].provisional for line in engine.heard)
    await sandbox.control("/faults", {"kind": "clear"})
    await heard_and_judged(engine, 40)
    await until(
        lambda: engine.pulse and engine.pulse.waiting == 0 == engine.pulse.limited_until,
        what="a pulse that says that nothing waits",
        changed=engine.changed,
    )
    assert len(engine.heard) == 40
    assert engine.pulse is not None
    assert (engine.pulse.judged, engine.pulse.given_up) == (40, 0)
    # Held back as asked: not one request for each line and second.
    assert engine.pulse.retried < 40


async def test_an_act_is_sent_again_after_a_refusal_for_the_moment(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    await sandbox.control(
        "/faults", {"kind": "rate_limit", "path": "/mute_users", "times": 2, "retry_after": 1}
    )
    receipt = await engine.act("mute_audio", cid, "gil")
    assert receipt.state is ReceiptState.SEEN
    assert receipt.attempts == 3


async def test_a_definite_refusal_fails_with_its_reason(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    await sandbox.control("/faults", {"kind": "error", "path": "/kick", "status": 403})
    receipt = await engine.act("kick", cid, "gil")
    assert receipt.state is ReceiptState.FAILED
    assert receipt.attempts == 1
    assert receipt.reason


async def test_a_dropped_socket_leaves_a_marked_gap_and_no_doubles(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    await say(sandbox, cid, "before the drop")
    await heard_and_judged(engine, 1)
    assert (await sandbox.control("/drop", {"code": 1011}))["dropped"] > 0
    await until(lambda: engine.gaps, what="a gap", changed=engine.changed)
    await say(sandbox, cid, "after the drop")
    await heard_and_judged(engine, 2)
    gap = engine.gaps[0]
    assert cid in gap.cids
    assert 0 < gap.since <= gap.until <= time.time()
    assert [u.text for u in engine.heard] == ["before the drop", "after the drop"]


async def test_a_killed_engine_goes_on_with_lines_and_acts(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    await sandbox.control("/faults", {"kind": "hang", "path": "/moderation/check", "times": 99})
    await sandbox.control("/faults", {"kind": "hang", "path": "/mute_users", "times": 9})
    for number in range(5):
        await say(sandbox, cid, f"line {number} while nothing answers")
    act = Act(
        act_id="a" * 32,
        kind="mute_audio",
        cid=cid,
        requested_at=time.time(),
        user_ids=("gil",),
    )
    engine.send(RequestAct(act))
    await until(lambda: len(engine.heard) == 5, what="lines heard", changed=engine.changed)
    await engine.reaches(act.act_id, ReceiptState.SENT)
    await engine.restart()
    await sandbox.control("/faults", {"kind": "clear"})
    await engine.sign_in(sandbox.address)
    # It may have been done, and Gil may have been allowed to speak again: a person has to decide.
    unknown = await engine.reaches(act.act_id, ReceiptState.UNCONFIRMED)
    assert "no answer came" in unknown.reason
    engine.send(RetryAct(act.act_id))
    receipt = await engine.settled(act.act_id)
    assert receipt.state is ReceiptState.SEEN
    await until(lambda: len(engine.decided()) >= 5, what="verdicts", changed=engine.changed)
    ids = {u.item_id for u in engine.heard}
    assert len(engine.heard) == len(ids) == 5, "what was heard once is not heard again as new"
    assert {u.item_id for u in engine.replayed} <= ids
    muted = await sandbox.control(f"/people/{cid}?user_id=gil")
    assert "audio" not in muted["people"][0]["live"]


async def test_malformed_events_are_counted_and_the_rest_goes_on(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    for text in (
        "not json at all",
        "[1,2,3]",
        json.dumps({"type": "call.closed_caption", "call_cid": cid}),
        json.dumps({"type": "call.closed_caption", "closed_caption": {"text": 5}}),
        json.dumps({"type": "call.something_new", "call_cid": cid, "created_at": 1}),
        json.dumps({"type": "call.user_muted", "call_cid": cid, "muted_user_ids": "gil"}),
    ):
        assert (await sandbox.control("/raw", {"text": text}))["sent"] > 0
    await say(sandbox, cid, "still here")
    await heard_and_judged(engine, 1)
    await until(
        lambda: engine.pulse and engine.pulse.malformed >= 4,
        what="malformed events counted",
        changed=engine.changed,
    )
    assert [u.text for u in engine.heard] == ["still here"]
    assert engine.problems
    assert all(problem.place and problem.sentence for problem in engine.problems)


async def test_hostile_texts_arrive_as_they_are(start_sandbox, engine):
    sandbox, cid = await ready(start_sandbox, engine)
    for text in HOSTILE:
        await say(sandbox, cid, text)
    await heard_and_judged(engine, len(HOSTILE))
    assert [u.text for u in engine.heard] == HOSTILE
    spoken = await caption_keys(sandbox)
    assert len(spoken) == len(HOSTILE)


async def test_the_engine_ends_when_its_stdin_closes(start_sandbox, engine):
    await ready(start_sandbox, engine)
    assert await engine.close_stdin() == 0


async def test_after_a_kill_the_gap_is_marked_in_every_call(start_sandbox, engine):
    sandbox = await start_sandbox("game-night")
    await engine.sign_in(sandbox.address)
    cids = set(engine.calls)
    assert len(cids) > 5
    for cid in cids:
        await captioned(engine, cid)
    # To whom it listens is written down the moment it does: nothing is waited for here.
    killed = time.time()
    await engine.restart()
    await engine.sign_in(sandbox.address)
    gap = await until(lambda: engine.gaps and engine.gaps[-1], what="a gap", changed=engine.changed)
    assert set(gap.cids) == cids
    assert killed - 25 < gap.since <= killed < gap.until <= time.time()
    assert gap.reason == "The console was not listening."
