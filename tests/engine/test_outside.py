"""What comes from outside meets a whole engine: it costs itself, is told, and the rest goes on."""

import json

import pytest

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.protocol.to_window import Problem

CUSTOM = b"[" * 1500 + b"]" * 1500


def page(*calls: str) -> bytes:
    """A page of calls of which the first has nested much into its custom data."""
    states = [{"cid": f"default:{c}", "type": "default", "id": c, "custom": {}} for c in calls]
    body = json.dumps({"calls": [{"call": state} for state in states]}).encode()
    return body.replace(b"{}", b'{"name":"Deep","a":' + CUSTOM + b"}", 1)


def told(console) -> dict[str, str]:
    return {problem.sentence: problem.place for problem in console.of(Problem)}


async def test_a_call_that_nests_too_deep_hides_no_other_and_not_itself(sandbox, console):
    sandbox.between.add("/video/calls", 200, page("deep", "plain"), times=50)
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: console.state.directory_complete and len(console.calls) == 2)
    assert console.calls["default:deep"].name == "Deep"
    assert any("deeper than" in sentence for sentence in told(console))


@pytest.mark.parametrize("header", ["86400", "Tue, 01 Jan 2065 00:00:00 GMT"])
async def test_asked_to_wait_for_years_the_console_asks_again_and_says_so(
    sandbox, console, monkeypatch, header
):
    monkeypatch.setattr("console.engine.wire.retry_after.LONGEST_RETRY_AFTER_S", 0.3)
    for path in ("/video/calls", "/check", "/start_closed_captions"):
        sandbox.between.add(path, 429, retry_after=header)
    [ann] = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live("default:one")
    sandbox.say(ann, "hello")
    await console.until(lambda: console.pulse.judged == 1)
    places = {problem.place for problem in console.of(Problem) if "30 seconds" in problem.sentence}
    assert places == {"list of calls", "moderation check", "captions"}


async def test_an_act_that_a_gateway_answers_is_tried_again(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live("default:one")
    for status, body in ((403, b'{"message":"Forbidden"}'), (302, b""), (200, b"<html>")):
        sandbox.between.add("/kick", status, body)
    act_id = console.act("kick", "default:one", "ann")
    receipt = console.receipt
    await console.until(lambda: (r := receipt(act_id)) and r.state is ReceiptState.SEEN)
    assert console.receipt(act_id).attempts == 4


async def test_the_directory_says_what_stands_in_between(sandbox, console):
    sandbox.between.add("/video/calls", 403, b"<html>Sign in to the hotel</html>")
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live("default:one")
    assert console.state.phase is Phase.LIVE
    assert any("answered in its place (status 403)" in sentence for sentence in told(console))
