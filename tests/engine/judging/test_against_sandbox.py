"""Judging through the real SDK against a served sandbox whose policy decides."""

from collections import Counter

import pytest

from console.domain.verdict import FLAG, KEEP, REMOVE, Severity, Source, Verdict
from console.protocol.to_window import EngineState, Problem, Pulse

CID = "default:one"

POLICY = {
    "block_list_config": {"enabled": True, "rules": [{"name": "insults", "action": "remove"}]}
}


@pytest.fixture
def judging(sandbox):
    """The sandbox's policy: a word list that removes."""
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["blockhead"]}, new=True)
    judging.put_config("custom:captions", POLICY)
    return judging


async def watch(console, sandbox) -> None:
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: console.of(EngineState))
    await console.live(CID)


def last_pulse(console) -> Pulse:
    return console.of(Pulse)[-1] if console.of(Pulse) else Pulse(at=0.0)


def decided(console) -> dict[str, list[Verdict]]:
    """Deciding verdicts by the text of their line."""
    texts = {line.item_id: line.text for line in (*console.replayed, *console.lines)}
    found: dict[str, list[Verdict]] = {}
    for verdict in console.verdicts:
        if verdict.source is Source.STREAM:
            found.setdefault(texts[verdict.item_id], []).append(verdict)
    return found


async def test_the_policy_on_the_server_decides(sandbox, console, judging):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)

    sandbox.say(ann, "Good evening.")
    sandbox.say(ann, "You are a blockhead.")
    await console.until(lambda: len(decided(console)) == 2)

    [kept], [removed] = decided(console)["Good evening."], decided(console)["You are a blockhead."]
    assert (kept.action, kept.status, kept.provisional) == (KEEP, "complete", False)
    assert kept.severity is Severity.NONE
    assert (removed.action, removed.rule) == (REMOVE, "insults")
    assert removed.attempts == 1
    assert removed.checked_ms > 0
    assert "blockhead" not in removed.why
    item = judging.find_item("stream:v1:utterance", removed.item_id)
    assert item is not None


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("rate_limit", {"retry_after": 1}),
        ("error", {}),
        ("error", {"after": True}),
        ("malformed", {}),
        ("truncated", {}),
        ("disconnect", {}),
    ],
)
async def test_every_line_gets_one_verdict_whatever_goes_wrong(
    sandbox, console, judging, fault, more
):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    # Else one of the faults may meet the check of ann's name.
    await console.until(lambda: sandbox.between.passed["/api/v2/moderation/check"] == 1)
    sandbox.world.state.faults.add(fault, "/moderation/check", 3, **more)

    said = [f"line {number}" for number in range(20)]
    for text in said:
        sandbox.say(ann, text)
    await console.until(lambda: len(decided(console)) == 20, timeout=20)

    assert Counter({text: len(verdicts) for text, verdicts in decided(console).items()}) == (
        Counter(said)
    )
    assert sandbox.world.state.faults.happened == 3
    await console.until(lambda: last_pulse(console).judged == 20)
    pulse = last_pulse(console)
    assert (pulse.retried, pulse.given_up, pulse.waiting, pulse.checks_in_flight) == (3, 0, 0, 0)


async def test_a_check_refused_for_the_token_is_tried_again(sandbox, console, judging):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    await console.until(lambda: sandbox.between.passed["/api/v2/moderation/check"])  # of her name
    sandbox.world.state.faults.add("expired_token", "/check", times=3)
    sandbox.say(ann, "You are a blockhead.")
    await console.until(lambda: last_pulse(console).judged == 1)
    ((verdict,),) = decided(console).values()
    assert verdict.raised
    pulse = last_pulse(console)
    assert (pulse.retried, pulse.given_up, console.of(Problem)) == (1, 0, [])


async def test_a_definite_refusal_leaves_the_local_verdict(sandbox, console, judging):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    sandbox.world.state.faults.add("error", "/moderation/check", 1, status=403)

    sandbox.say(ann, "Good evening.")
    await console.until(
        lambda: any(v.source is Source.LOCAL and not v.provisional for v in console.verdicts)
    )

    final = next(v for v in console.verdicts if not v.provisional)
    assert (final.source, final.action) == (Source.LOCAL, KEEP)
    assert "Stream did not judge it" in final.why
    assert [p.place for p in console.of(Problem) if "check" in p.place] == ["moderation check"]


async def test_lines_that_waited_when_the_engine_ended_are_judged_by_the_next(
    sandbox, console, judging, tmp_path, shared_clock
):
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)
    sandbox.world.state.faults.add("rate_limit", "/moderation/check", 1_000, retry_after=60)
    for number in range(30):
        sandbox.say(ann, f"line {number}")
    await console.until(lambda: len(console.lines) == 30)
    await console.until(lambda: last_pulse(console).waiting == 30)
    assert last_pulse(console).limited_until > 0
    assert decided(console) == {}

    await console.close()
    sandbox.world.state.faults.clear()
    second = type(console)(tmp_path, shared_clock)
    second.engine.start()
    try:
        await watch(second, sandbox)
        await second.until(lambda: len(decided(second)) == 30)
        assert {len(verdicts) for verdicts in decided(second).values()} == {1}
        assert len(second.replayed) == 30
        assert second.lines == []
    finally:
        await second.close()


async def test_a_flag_is_a_flag(sandbox, console, judging):
    rules = [{"name": "insults", "action": "flag"}]
    judging.put_config("custom:captions", {"block_list_config": {"enabled": True, "rules": rules}})
    (ann,) = sandbox.call("one", "ann")
    await watch(console, sandbox)

    sandbox.say(ann, "blockhead")
    await console.until(lambda: decided(console))

    assert [v.action for v in decided(console)["blockhead"]] == [FLAG]
