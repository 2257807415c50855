"""What a policy makes of texts that a stage which it requires did not look at."""

import pytest

from console.domain.item import Picture
from console.domain.local_models import LocalModels
from console.domain.verdict import REQUIRED, Severity, Source, Verdict, with_required
from console.policy.coverage import rule_names
from console.policy.evaluator import Evaluator
from console.policy.picture_judge import PictureJudge
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.required_stages import LABEL, WhenMissed
from console.policy.stream_config import to_stream
from tests.policy.word_classifiers import WordClassifier

POLICY = """key = "chat"
[[blocklists]]
name = "insults"
words = ["fool"]
severity = "high"
[block_list_config]
rules = [{ name = "insults", action = "remove" }]
[ai_text_config]
rules = [{ label = "SCAM", action = "flag" }]
[ai_image_config]
rules = [{ label = "Explicit", action = "remove", min_confidence = 80 }]
[required]
rules = [{ stage = "ai_text", action = "flag", severity = "medium" }, { stage = "images" }]
"""
ENGLISH = WordClassifier({"prize": "SCAM"}, languages=frozenset(("en",)))


@pytest.fixture
def evaluator():
    policy = read_policy(POLICY, "p").policy
    assert policy is not None
    return Evaluator(policy, models=LocalModels(text=ENGLISH))


def test_what_was_not_judged_is_flagged_and_not_kept(evaluator):
    judgement = evaluator.judge("good morning", spoken="th")
    assert (judgement.action, judgement.severity) == ("flag", Severity.MEDIUM)
    assert judgement.labels == (LABEL,)
    assert judgement.why == "The policy requires AI text, which did not look: Thai."
    assert evaluator.judge("good morning", spoken="en").action == "keep"
    assert evaluator.judge("good morning", spoken="en", by_models=False).action == "flag"


def test_what_a_rule_finds_counts_beside_it(evaluator):
    judgement = evaluator.judge("fool", spoken="th")
    assert (judgement.action, judgement.rule) == ("remove", "insults")
    assert LABEL in judgement.labels


def test_while_stream_is_to_decide_it_is_only_noted(evaluator):
    waiting = evaluator.judge("good morning", spoken="th", when_missed=WhenMissed.WAITS)
    assert (waiting.action, [each.kind for each in waiting.matches]) == ("keep", [REQUIRED])
    ignored = evaluator.judge("good morning", spoken="th", when_missed=WhenMissed.IGNORED)
    assert (ignored.action, ignored.matches) == ("keep", ())


def test_where_stream_refuses_what_was_noted_counts(evaluator):
    waiting = evaluator.judge("good morning", spoken="th", when_missed=WhenMissed.WAITS)
    verdict = Verdict(
        item_id="u1",
        source=Source.LOCAL,
        action=waiting.action,
        matches=waiting.matches,
        why="Stream did not judge it.",
    )
    stands = with_required(verdict)
    assert (stands.action, stands.severity, stands.labels) == ("flag", Severity.MEDIUM, (LABEL,))
    assert stands.why == (
        "The policy requires the stage ai_text, which did not look. Stream did not judge it."
    )
    removed = Verdict(item_id="u1", source=Source.LOCAL, action="remove", matches=waiting.matches)
    assert with_required(removed) is removed


def test_a_picture_that_nobody_looked_at_is_flagged(evaluator):
    judge = PictureJudge(evaluator)
    unseen, _ = judge.judge(Picture("https://example.org/a.png"))
    seen, _ = judge.judge(Picture("https://example.org/a.png", labels=(("Neutral", 0.9),)))
    assert (unseen.action, unseen.labels) == ("flag", (LABEL,))
    assert seen.action == "keep"


@pytest.mark.parametrize(
    ("rules", "key", "sentence"),
    [
        ('[{ stage = "stream" }]', "required.rules[0].stage", "is unknown"),
        ('[{ stage = "meaning" }]', "required.rules[0].stage", "it would never look"),
        ('[{ stage = "ai_text", act = "flag" }]', "required.rules[0].act", "is unknown"),
        ('[{ stage = "ai_text" }, { stage = "ai_text" }]', "required.rules[1].stage", "ai_text"),
    ],
)
def test_a_mistake_is_told_with_its_place(rules, key, sentence):
    text = POLICY.partition("[required]")[0] + f"[required]\nrules = {rules}\n"
    (error,) = read_policy(text, "p").errors
    assert (error.line, error.key) == (13, key)
    assert sentence in error.sentence


def test_it_is_written_and_read_and_not_sent_to_stream(evaluator):
    again = read_policy(write_policy(evaluator.policy), "p").policy
    assert again == evaluator.policy
    assert "required" not in to_stream(evaluator.policy)[0]
    assert "required:ai_text" in rule_names(evaluator.policy)


def test_switched_off_it_requires_nothing():
    text = POLICY.replace("[required]", "[required]\nenabled = false")
    policy = read_policy(text, "p").policy
    assert policy is not None
    judge = Evaluator(policy, models=LocalModels(text=ENGLISH)).judge
    assert judge("good morning", spoken="th").action == "keep"
