"""The example that judges by meaning does what it says."""

import pytest

from console.base.paths import resources
from console.models.model_registry import ModelRegistry
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from tests.benchmarks.ordinary_speech import ordinary


@pytest.fixture(scope="module")
def judge():
    place = resources() / "policies" / "by-meaning.toml"
    read = read_policy(place.read_text("utf-8"), place.name)
    assert read.errors == ()
    assert read.policy is not None
    shelved = ModelRegistry(None, resources() / "models").take()
    return Evaluator(read.policy, models=shelved.models).judge


@pytest.mark.parametrize(
    ("text", "action", "label"),
    [
        ("you should all buy some ethereum before friday", "flag", "ADS"),
        ("put twenty on the home team", "flag", "GAMBLING"),
        ("I'll break your legs if you say that again", "flag", "THREAT"),
        ("you are such a loser, nobody likes you", "flag", "HARASSMENT"),
    ],
)
def test_what_is_meant_decides(judge, text, action, label):
    judgement = judge(text)
    assert judgement.action == action
    assert label in judgement.labels


@pytest.mark.parametrize(
    "text",
    [
        "thanks for coming everyone",
        "can you hear me at the back",
        "the odds and ends drawer",
        "I will kill it on stage tonight",
        "shoot your shot tonight",
    ],
)
def test_ordinary_talk_is_kept(judge, text):
    assert judge(text).action == "keep"


@pytest.mark.parametrize("group", ordinary(), ids=lambda group: group.name)
def test_ordinary_speech_is_never_removed(judge, group):
    assert {judge(text, group.language).action for text in group.texts} <= {"keep", "flag"}
