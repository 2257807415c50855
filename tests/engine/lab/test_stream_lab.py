"""The lab with a sign-in: a real engine against the sandbox over loopback HTTP."""

import json

import pytest

from console.domain.sign_in import Method
from console.protocol.lab import AskStream, PolicyText, StreamSaid
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import PastedSource, RunProgress, StartRun
from console.protocol.lab_stream import (
    AppPolicies,
    AskAppPolicies,
    AskTestSets,
    BackOut,
    ComparePolicy,
    PolicyDifference,
    PolicyPulled,
    PolicyPushed,
    PullPolicy,
    PushPolicy,
    RunOnStream,
    StreamRunFinished,
    TestSets,
)

POLICY = """\
key = "custom:lab"

[block_list_config]
rules = [{ name = "words-of-the-lab", action = "remove" }]

[[blocklists]]
name = "words-of-the-lab"
words = ["zebra", "giraffe"]
"""


@pytest.fixture
async def signed_in(console, sandbox):
    console.router.answer(sandbox.sign_in())
    await console.live()
    return console


async def ask(console, question, kind):
    console.router.answer(question)
    await console.until(lambda: any(_id(a) == _id(question) for a in console.of(kind)))
    return next(a for a in console.of(kind) if _id(a) == _id(question))


def _id(message) -> str:
    return getattr(message, "request_id", "") or getattr(message, "run_id", "")


async def pushed(console, request_id: str = "push", text: str = POLICY):
    policy = PolicyText(text)
    await ask(console, ComparePolicy(f"{request_id}-d", policy), PolicyDifference)
    return await ask(console, PushPolicy(request_id, f"{request_id}-d"), PolicyPushed)


async def test_a_token_may_not(console, sandbox):
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live()
    said = await ask(console, AskStream("1", "zebra"), StreamSaid)
    assert said.sentence == "This sign-in may not do that: it needs the app's secret."
    assert said.advice == "Sign in with the app's secret."


async def test_push_check_pull_and_back_out(signed_in, sandbox):
    before = await ask(signed_in, AskAppPolicies("0"), AppPolicies)
    difference = await ask(signed_in, ComparePolicy("1", PolicyText(POLICY)), PolicyDifference)
    assert [each.sentence for each in difference.lists] == [
        "The list “words-of-the-lab” is new: 2 entries."
    ]
    assert difference.lists[0].added == ("zebra", "giraffe")
    assert difference.sections == ("The config “custom:lab” is new.",)
    assert difference.before == ""
    assert json.loads(difference.after)["key"] == "custom:lab"

    push = await ask(signed_in, PushPolicy("2", "1"), PolicyPushed)
    assert (push.sentence, push.undoable) == ("", True)
    keys = await ask(signed_in, AskAppPolicies("3"), AppPolicies)
    assert set(keys.keys) - set(before.keys) == {"custom:lab"}
    again = await ask(signed_in, ComparePolicy("4", PolicyText(POLICY)), PolicyDifference)
    assert (again.lists, again.sections, again.sentence) == ((), (), "")
    assert again.before == again.after
    pulled = await ask(signed_in, PullPolicy("5", "custom:lab"), PolicyPulled)
    assert '"zebra", "giraffe"' in pulled.text

    said = await ask(signed_in, AskStream("6", "a zebra", config_key="custom:lab"), StreamSaid)
    assert said.judgement.action == "remove"
    inline = POLICY.replace('"remove"', '"flag"')
    said = await ask(signed_in, AskStream("7", "a zebra", PolicyText(inline)), StreamSaid)
    assert said.judgement.action == "flag"

    image = AskStream("image", "", config_key="custom:lab", image_url="https://a.invalid/b.jpg")
    assert (await ask(signed_in, image, StreamSaid)).judgement.action == "keep"

    back = await ask(signed_in, BackOut("8", "2"), PolicyPushed)
    assert (back.sentence, back.undoable) == ("", False)
    keys = await ask(signed_in, AskAppPolicies("9"), AppPolicies)
    assert keys.keys == before.keys
    assert "words-of-the-lab" not in sandbox.world.judging.blocklists


async def test_back_out_restores_what_was_replaced(signed_in, sandbox):
    await pushed(signed_in, "one")
    changed = POLICY.replace('"zebra", "giraffe"', '"zebra", "lion"').replace("remove", "flag")
    difference = await ask(signed_in, ComparePolicy("d", PolicyText(changed)), PolicyDifference)
    (change,) = difference.lists
    assert (change.new, change.added, change.removed) == (False, ("lion",), ("giraffe",))
    assert difference.sections == ("The section block_list_config changes.",)
    await ask(signed_in, PushPolicy("two", "d"), PolicyPushed)
    assert list(sandbox.world.judging.blocklists["words-of-the-lab"]["words"]) == ["zebra", "lion"]
    await ask(signed_in, BackOut("back", "two"), PolicyPushed)
    words = sandbox.world.judging.blocklists["words-of-the-lab"]["words"]
    assert list(words) == ["zebra", "giraffe"]
    (rule,) = sandbox.world.judging.configs["custom:lab"]["block_list_config"]["rules"]
    assert rule["action"] == "remove"


async def test_a_team_s_own_policy_is_pushed_beside_that_of_all(signed_in, sandbox):
    judging = sandbox.world.judging
    await pushed(signed_in, "one")
    before = await ask(signed_in, AskAppPolicies("keys"), AppPolicies)
    red = f'team = "red"\n{POLICY}'.replace("remove", "shadow")
    difference = await ask(signed_in, ComparePolicy("d", PolicyText(red)), PolicyDifference)
    assert difference.sections == ("The config “custom:lab” is new.",)
    await ask(signed_in, PushPolicy("two", "d"), PolicyPushed)
    rules = judging.team_configs["custom:lab", "red"]["block_list_config"]["rules"]
    assert rules[0]["action"] == "shadow"
    again = await ask(signed_in, ComparePolicy("e", PolicyText(red)), PolicyDifference)
    assert (again.lists, again.sections, again.before == again.after) == ((), (), True)
    keys = await ask(signed_in, AskAppPolicies("more keys"), AppPolicies)
    assert keys.keys == before.keys
    await ask(signed_in, BackOut("back", "two"), PolicyPushed)
    assert judging.team_configs == {}
    assert judging.configs["custom:lab"]["block_list_config"]["rules"][0]["action"] == "remove"


async def test_a_list_of_another_type_is_replaced_and_put_back(signed_in, sandbox):
    lists = sandbox.world.judging.blocklists
    await pushed(signed_in, "one")
    typed = POLICY.replace('words = ["zebra", "giraffe"]', 'type = "regex"\nwords = ["zebras?"]')
    difference = await ask(signed_in, ComparePolicy("d", PolicyText(typed)), PolicyDifference)
    (change,) = difference.lists
    assert change.sentence == (
        "The list “words-of-the-lab” is deleted and created anew: "
        "word becomes regex, 1 added, 2 removed."
    )
    await ask(signed_in, PushPolicy("two", "d"), PolicyPushed)
    assert lists["words-of-the-lab"]["type"] == "regex"
    again = await ask(signed_in, ComparePolicy("e", PolicyText(typed)), PolicyDifference)
    assert (again.lists, again.sections, again.before == again.after) == ((), (), True)
    await ask(signed_in, BackOut("back", "two"), PolicyPushed)
    assert lists["words-of-the-lab"]["type"] == "word"
    assert lists["words-of-the-lab"]["words"] == ["zebra", "giraffe"]


async def test_a_push_writes_only_what_was_shown(signed_in, sandbox):
    unseen = await ask(signed_in, PushPolicy("1", "never shown"), PolicyPushed)
    assert unseen.sentence == "Look at what differs first; then push it."
    await ask(signed_in, ComparePolicy("2", PolicyText(POLICY)), PolicyDifference)
    sandbox.world.judging.put_config("custom:lab", {"key": "custom:lab", "block_list_config": {}})
    late = await ask(signed_in, PushPolicy("3", "2"), PolicyPushed)
    assert late.sentence == "The app's policy changed since this difference was shown."
    assert sandbox.world.judging.configs["custom:lab"]["block_list_config"] == {}


async def test_a_run_on_stream_shows_what_differs_and_then_the_drift(signed_in):
    await pushed(signed_in)
    mine = PolicyText(POLICY.replace('"zebra", "giraffe"', '"zebra"'))
    lines = PastedSource("a zebra\na giraffe\nnothing")
    signed_in.router.answer(StartRun(run_id="local", a=mine, source=lines))
    await signed_in.until(lambda: signed_in.of(RunFinished))

    wish = RunOnStream(run_id="s1", config_key="custom:lab", name="Set", lines_of="local")
    first = await ask(signed_in, wish, StreamRunFinished)
    assert first.sentence == ""
    assert [(row.local_action, row.actual_action) for row in first.rows] == [
        ("remove", "remove"),
        ("keep", "remove"),
        ("keep", "keep"),
    ]
    assert [(row.differs, row.changed) for row in first.rows] == [
        (False, False),
        (True, False),
        (False, False),
    ]
    assert signed_in.of(RunProgress)[-1].total == 3
    sets = await ask(signed_in, AskTestSets("sets"), TestSets)
    assert [(each.name, each.rows) for each in sets.sets] == [("Set", 3)]

    await pushed(signed_in, "weaker", POLICY.replace('"zebra", "giraffe"', '"giraffe"'))
    rerun = RunOnStream(run_id="s2", config_key="custom:lab", set_id=first.set_id)
    second = await ask(signed_in, rerun, StreamRunFinished)
    assert [(row.baseline_action, row.actual_action) for row in second.rows] == [
        ("remove", "keep"),
        ("remove", "remove"),
        ("keep", "keep"),
    ]
    assert [row.changed for row in second.rows].count(True) == 1


async def test_a_run_that_stream_refuses_is_a_sentence(signed_in):
    wish = RunOnStream(run_id="s", config_key="custom:lab", lines_of="gone")
    assert (await ask(signed_in, wish, StreamRunFinished)).sentence == (
        "This run is gone; run it again."
    )
