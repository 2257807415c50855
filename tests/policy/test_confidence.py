"""How sure the local classifier has to be before its labels count."""

import pytest
from msgspec import Struct

from console.domain.local_models import Harm, LocalModels
from console.domain.verdict import Severity
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import to_stream

POLICY = """key = "chat"
[ai_text_config]
rules = [{ label = "SCAM", action = "remove" }, { label = "INSULT", action = "flag" }]
"""
WITH = (
    POLICY
    + '[confidence]\nrules = [{ label = "scam", least = 0.8 }, { label = "*", least = 0.4 }]\n'
)


class Sure(Struct, frozen=True):
    """Finds what it was made for, as sure as it was made."""

    label: str
    confidence: float | None
    name: str = "toy"
    labels: tuple[str, ...] = ("SCAM", "INSULT")
    languages: frozenset[str] = frozenset()

    def ready(self):
        pass

    def classify(self, text):
        return (Harm(self.label, Severity.HIGH, 0.9, self.confidence),)


def judged(text, label, confidence):
    policy = read_policy(text, "p").policy
    assert policy is not None
    return Evaluator(policy, models=LocalModels(text=Sure(label, confidence))).judge("x")


@pytest.mark.parametrize(
    ("label", "confidence", "action"),
    [
        ("SCAM", 0.8, "remove"),
        ("SCAM", 0.79, "keep"),
        ("INSULT", 0.5, "flag"),
        ("INSULT", 0.39, "keep"),
        ("SCAM", None, "remove"),
    ],
)
def test_a_label_counts_from_its_confidence_on(label, confidence, action):
    assert judged(WITH, label, confidence).action == action


def test_without_rules_every_label_counts_and_the_verdict_says_how_sure_it_is():
    judgement = judged(POLICY, "SCAM", 0.31)
    assert (judgement.action, judgement.confidence) == ("remove", 0.31)
    assert judgement.matches[0].confidence == 0.31
    assert judgement.why == (
        "Local classifier toy: SCAM, high (31% sure); Stream's own labels may differ."
    )
    assert judged(POLICY, "SCAM", None).confidence is None


def test_switched_off_nothing_is_held_back():
    assert (
        judged(WITH.replace("[confidence]", "[confidence]\nenabled = false"), "SCAM", 0.1).action
        == "remove"
    )


@pytest.mark.parametrize(
    ("rules", "key", "sentence"),
    [
        ('[{ label = "SCAM", least = 70 }]', "confidence.rules[0].least", "0"),
        ('[{ label = "SCAM" }]', "confidence.rules[0]", "least"),
        (
            '[{ label = "SCAM", least = 0.1 }, { label = "scam", least = 0.2 }]',
            "confidence.rules[1].label",
            "rule for",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(rules, key, sentence):
    (error,) = read_policy(POLICY + f"[confidence]\nrules = {rules}\n", "p").errors
    assert (error.line, error.key) == (5, key)
    assert sentence in error.sentence


def test_it_is_written_and_read_and_not_sent_to_stream():
    policy = read_policy(WITH, "p").policy
    assert policy is not None
    assert read_policy(write_policy(policy), "p").policy == policy
    assert "confidence" not in to_stream(policy)[0]
