"""Stream's own call rules: read, written, tried on saved calls, watched and told from ours."""

import msgspec
import pytest

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Response
from console.domain.item import FRAME, Item, Picture
from console.domain.sign_in import Method
from console.domain.verdict import JudgedItem, Severity, Source, Verdict
from console.engine.services import stream_rule_trial
from console.policy.sections.call_rules import stored_problems
from console.protocol.ask import Answer
from console.protocol.stream_rules import (
    AskSavedSessions,
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    StopTrial,
    StreamEffects,
    StreamRules,
    StreamRuleTried,
    TrialProgress,
    TryStreamRule,
)
from tests.engine.automation.conftest import CID, Desk, rule

DOCUMENT = {
    "name": "captions",
    "rule_type": "call",
    "config_keys": ["custom:captions"],
    "cooldown_period": "5m",
    "conditions": [
        {
            "type": "closed_caption_rule",
            "closed_caption_rule_params": {"harm_labels": ["INSULT"], "threshold": 1},
        }
    ],
    "action_sequences": [
        {
            "violation_number": 1,
            "actions": ["call_warning", "mute_audio", "blur"],
            "call_options": {"warning_text": "Please be kind"},
        }
    ],
}
TEXT = msgspec.json.encode(DOCUMENT).decode()


@pytest.fixture
async def desk(sandbox, console):
    """Ann is in a call; Stream's policy flags insults, and the sign-in has the app's secret."""
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["nitwit"], "label": "INSULT"}, new=True)
    rules = [{"name": "insults", "action": "flag"}]
    judging.put_config("custom:captions", {"block_list_config": {"enabled": True, "rules": rules}})
    (sandbox.ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.SECRET))
    await console.live(CID)
    console.focus(CID)
    await console.until(lambda: console.person("ann"))
    return Desk(console)


async def answer(console, question):
    console.router.answer(question)

    def found():
        told = (each for each in console.messages if isinstance(each, Answer))
        return next((each for each in told if each.request_id == question.request_id), None)

    await console.until(found)
    return found()


async def test_a_rule_is_written_read_again_and_removed(sandbox, console, desk):
    put = await answer(console, PutStreamRule("1", TEXT))

    assert put.sentence == ""
    (kept,) = put.rules
    assert (kept.name, kept.rule_type, kept.enabled) == ("captions", "call", True)
    assert kept.summary == (
        "once a caption with INSULT → violation 1: call_warning, mute_audio, blur"
        " “Please be kind”, then 300 s pause"
    )
    read = msgspec.json.decode(kept.document)
    assert DOCUMENT.items() <= read.items()
    assert "id" not in read
    again = await answer(console, PutStreamRule("2", kept.document))
    assert [each.rule_id for each in again.rules] == [kept.rule_id]
    asked = await answer(console, AskStreamRules("3"))
    assert isinstance(asked, StreamRules)
    assert "INSULT" in asked.labels
    dropped = await answer(console, DropStreamRule("4", kept.rule_id))
    assert dropped.rules == ()
    assert list(sandbox.world.call_rules.rules.values()) == []


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{", "This is no JSON"),
        ("[]", "A rule is a JSON object"),
        ("{}", "A rule needs a name."),
        ('{"name": "x", "rule_type": "nonsense"}', "Stream"),
    ],
)
async def test_what_is_wrong_with_a_rule_is_told_and_nothing_is_written(
    sandbox, console, desk, document, sentence
):
    told = await answer(console, PutStreamRule("1", document))
    assert sentence in told.sentence
    assert list(sandbox.world.call_rules.rules.values()) == []


PARTS = {
    "name": "parts",
    "rule_type": "call",
    "logic": "OR",
    "conditions": [
        {"type": "closed_caption_rule", "closed_caption_rule_params": {"harm_labels": ["INSULT"]}},
        {
            "type": "keyframe_rule",
            "keyframe_rule_params": {"harm_labels": ["NUDITY"], "min_confidence": 0.8},
        },
        {"type": "keyframe_ocr_rule", "keyframe_ocr_rule_params": {"harm_labels": ["SCAM"]}},
    ],
    "action_sequences": [{"violation_number": 1, "actions": ["mute_video"]}],
}


def framed(number, picture, *labels, session_id="later"):
    """A frame of Bob in a session of its own, with a verdict that has these labels."""
    item = Item(
        item_id=f"frame-{number}",
        kind=FRAME,
        cid=CID,
        session_id=session_id,
        author_id="bob",
        author_name="Bob",
        body=picture,
        start_time=1_000.0 + number,
        end_time=1_000.0 + number,
        received_at=1_000.0,
    )
    verdict = Verdict(
        item_id=item.item_id,
        source=Source.LOCAL,
        action="flag" if labels else "keep",
        severity=Severity.HIGH,
        labels=labels,
    )
    return JudgedItem(item, (verdict,))


async def sessions(console):
    return (await answer(console, AskSavedSessions("sessions"))).sessions


async def test_a_rule_is_tried_on_chosen_saved_calls_with_all_its_parts(sandbox, console, desk):
    sandbox.say(sandbox.ann, "Good evening.")
    sandbox.say(sandbox.ann, "You nitwit.")
    await console.until(lambda: any(v.action == "flag" for v in console.verdicts))
    unsure, sure = Picture(labels=(("EXPLICIT", 0.6),)), Picture(labels=(("EXPLICIT", 0.9),))
    frames = [
        framed(1, unsure, "EXPLICIT"),
        framed(2, sure, "EXPLICIT"),
        framed(3, Picture(text="free coins"), "SCAM"),
        framed(4, Picture(text="TEST CARD\nNudity")),
    ]
    await console.engine.session._store.keep_items(frames)

    spoken, shown = await sessions(console)
    assert (spoken.captions, spoken.frames) == (2, 0)
    assert (shown.session_id, shown.captions, shown.frames) == ("later", 0, 4)
    assert shown.since == 1_001.0

    chosen = tuple((each.cid, each.session_id) for each in (spoken, shown))
    document = msgspec.json.encode(PARTS).decode()
    tried = await answer(console, TryStreamRule("1", document, chosen))
    assert (tried.sessions, tried.captions, tried.frames) == (2, 2, 4)
    found = [(each.part, each.user_id, each.violation, each.text) for each in tried.effects]
    assert found == [
        ("closed_caption_rule", "ann", 1, "You nitwit."),
        ("keyframe_rule", "bob", 1, "Explicit"),
        ("keyframe_ocr_rule", "bob", 2, "free coins"),
        ("keyframe_rule", "bob", 3, "Nudity · TEST CARD Nudity"),
    ]
    parts = {"closed_caption_rule": 1, "keyframe_rule": 2, "keyframe_ocr_rule": 1}
    assert (tried.violations, tried.by_part, tried.stopped) == (4, parts, False)
    only = await answer(console, TryStreamRule("2", document, chosen[1:]))
    assert (only.captions, only.violations) == (0, 3)
    assert list(sandbox.world.call_rules.rules.values()) == []
    told = [each for each in console.of(TrialProgress) if each.request_id == "1"]
    assert (told[-1].done, told[-1].total) == (6, 6)


def of_captions(**held):
    return [{"type": "closed_caption_rule", "closed_caption_rule_params": held}]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"cooldown_period": "abc"}, "cooldown_period: “abc” is no time"),
        (
            {"conditions": of_captions(time_window="-5")},
            "conditions[0].closed_caption_rule_params.time_window: “-5” is no time",
        ),
        (
            {"conditions": of_captions(threshold="2")},
            "conditions[0].closed_caption_rule_params.threshold: expected a whole number",
        ),
    ],
)
async def test_a_rule_with_a_wrong_value_is_not_tried_and_its_place_is_told(
    console, desk, fields, place
):
    document = msgspec.json.encode({**PARTS, **fields}).decode()
    tried = await answer(console, TryStreamRule("1", document, ((CID, "later"),)))
    assert place in tried.sentence
    assert console.of(TrialProgress) == []


def test_what_stream_leaves_empty_or_names_otherwise_is_not_wrong():
    held = {"harm_labels": None, "severity": "", "time_window": None, "threshold": 0, "limits": 1}
    rule = {**DOCUMENT, "team": None, "actions": 3, "conditions": of_captions(**held)}
    assert stored_problems(rule) == ()


async def test_a_trial_can_be_stopped(console, desk, monkeypatch):
    monkeypatch.setattr(stream_rule_trial, "BATCH", 1)
    many = [framed(number, Picture(), session_id=f"s{number % 40}") for number in range(1_000)]
    await console.engine.session._store.keep_items(many)
    chosen = tuple((each.cid, each.session_id) for each in await sessions(console))
    console.router.answer(TryStreamRule("1", TEXT, chosen))
    await console.until(lambda: console.of(TrialProgress))
    console.router.answer(StopTrial("1"))
    await console.until(lambda: console.of(StreamRuleTried))
    (tried,) = console.of(StreamRuleTried)
    assert tried.stopped
    assert tried.frames < 1_000


async def test_a_trial_needs_saved_calls(console, desk):
    told = await answer(console, TryStreamRule("1", TEXT, ()))
    assert told.sentence == "No saved call is chosen."


async def test_only_call_rules_can_be_tried(console, desk):
    told = await answer(
        console, TryStreamRule("1", TEXT.replace('"call"', '"content"'), ((CID, "s"),))
    )
    assert told.sentence == "Only rules of the type call can be tried on calls."


async def test_what_its_rules_do_is_watched_and_told_from_ours(sandbox, console, desk):
    await answer(console, PutStreamRule("1", TEXT))
    await desk.use(rule(Response.WARN, when=Conditions(actions=("flag",))))

    sandbox.say(sandbox.ann, "You nitwit.")
    await desk.until(ProposalState.DONE)
    await console.until(lambda: len(_effects(console)) >= 2)

    sure = {each.what for each in _effects(console) if each.sure}
    assert sure == {"warning “Please be kind”", "blur"}
    texts = [notice.text for notice in console.notices]
    assert "Stream warned Ann: Please be kind" in texts
    assert "Stream asked to blur the video of Ann." in texts
    assert "Moderator warned Ann: Please keep to the rules of this call." in texts


def _effects(console):
    return [each for told in console.of(StreamEffects) for each in told.effects]


async def test_a_user_token_is_told_that_it_cannot(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    told = await answer(console, AskStreamRules("1"))
    assert told.sentence == "You are not signed in, or this sign-in cannot do that."
