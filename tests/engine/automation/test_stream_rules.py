"""Stream's own call rules: read, written, tried on kept lines, watched and told from ours."""

import msgspec
import pytest

from console.domain.automation.proposal import ProposalState
from console.domain.automation.rule import Conditions, Response
from console.domain.sign_in import Method
from console.protocol.ask import Answer
from console.protocol.stream_rules import (
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    StreamEffects,
    StreamRules,
    StreamRuleTried,
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


async def test_a_rule_is_tried_on_the_lines_that_were_kept(sandbox, console, desk):
    sandbox.say(sandbox.ann, "Good evening.")
    sandbox.say(sandbox.ann, "You nitwit.")
    await console.until(lambda: any(v.action == "flag" for v in console.verdicts))

    tried = await answer(console, TryStreamRule("1", TEXT))

    assert isinstance(tried, StreamRuleTried)
    assert tried.lines == 2
    (effect,) = tried.effects
    assert (effect.user_id, effect.text, effect.violation) == ("ann", "You nitwit.", 1)
    assert effect.what == "call_warning, mute_audio, blur"
    assert list(sandbox.world.call_rules.rules.values()) == []


async def test_only_call_rules_can_be_tried(console, desk):
    told = await answer(console, TryStreamRule("1", TEXT.replace('"call"', '"content"')))
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
