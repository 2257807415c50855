import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.local_models import ImageLabel
from console.domain.results import NOTHING
from console.domain.verdict import Match, action_rank
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.sections.ai_image import AiImageMatcher, AiImageRule, ai_image_rules
from console.policy.sections.words import IMAGE_ACTIONS, names
from tests.policy.word_classifiers import ByteClassifier

POLICY = """key = "chat"
[ai_image_config]
enabled = true
ocr_rules = [{ label = "SCAM", action = "flag" }]
rules = [
  { label = "Violence", action = "remove", min_confidence = 80, novel = 1 },
  { label = "violence", action = "flag", min_confidence = 60.5 },
  { label = "Non-Explicit Nudity", action = "shadow", subclassifications = { Kissing = true, Back = { enabled = false } } },
]
"""  # noqa: E501  # a table in braces stands on one line
CLASSIFIER = ByteClassifier(("Violence",))


def policy(text=POLICY):
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    return read.policy


def matcher(text=POLICY):
    return AiImageMatcher(ai_image_rules(policy(text).sections), CLASSIFIER.name)


def judge(*labels):
    return matcher().judge(ImageLabel(*each) for each in labels)


def test_rules_are_read_and_nothing_is_lost():
    assert ai_image_rules(policy().sections) == (
        AiImageRule(label="Violence", action="remove", min_confidence=80.0),
        AiImageRule(label="violence", action="flag", min_confidence=60.5),
        AiImageRule(
            label="Non-Explicit Nudity",
            action="shadow",
            subclassifications={"Kissing": True, "Back": {"enabled": False}},
        ),
    )
    assert policy(write_policy(policy())) == policy()


def test_an_image_is_judged_by_what_it_shows():
    assert judge(*((each.label, each.confidence) for each in CLASSIFIER.classify(b"\xff"))) == (
        judge(("Violence", 100.0))
    )
    judgement = judge(("Violence", 83.4))
    assert judgement.action == "remove"
    assert judgement.rule == "ai_image:Violence"
    assert judgement.labels == ("Violence",)
    assert judgement.why == (
        "Local classifier by bytes: Violence (83 of 100); Stream's own labels may differ."
    )
    assert judgement.matches == (
        Match(rule="ai_image:Violence", label="Violence", action="remove", kind="ai_image_local"),
        Match(rule="ai_image:violence", label="Violence", action="flag", kind="ai_image_local"),
    )


@pytest.mark.parametrize(
    ("label", "confidence", "action"),
    [
        ("Violence", 80, "remove"),
        ("Violence", 79.9, "flag"),
        ("VIOLENCE", 60.5, "flag"),
        ("Violence", 60.4, "keep"),
        ("non_explicit nudity", 50, "shadow"),
        ("Non-Explicit Nudity", 49.9, "keep"),
        ("kissing", 50, "shadow"),
        ("Back", 100, "keep"),
        ("Gambling", 100, "keep"),
    ],
)
def test_the_confidence_has_to_reach_the_rules(label, confidence, action):
    assert judge((label, confidence)).action == action


def test_nothing_shown_or_switched_off_is_keep():
    assert judge() == NOTHING
    off = matcher(POLICY.replace("enabled = true", "enabled = false"))
    assert off.judge((ImageLabel("Violence", 100.0),)) == NOTHING


def test_the_old_name_counts():
    old = matcher(POLICY.replace("ai_image_config", "aws_rekognition_config"))
    assert old.judge((ImageLabel("Violence", 100.0),)).action == "remove"


def test_errors_are_named_in_place():
    wrong = """key = "chat"
[ai_image_config]
rules = [
  { label = "Violence", action = "mask", min_confidence = 0.8 },
  { label = "Alcohol", action = "flag", min_confidence = 101 },
  { label = "Gambling", action = "flag", min_confidence = "high", subclassifications = [] },
]
ocr_rules = [{ label = "SCAM" }]
[ai_video_config]
rules = [{ action = "flag", min_confidence = -1 }]
"""
    assert [str(error) for error in read_policy(wrong, "p").errors] == [
        "p:4: ai_image_config.rules[0].action: “mask” is unknown; expected one of flag, shadow, "
        "remove, bounce, bounce_flag, bounce_remove.",
        "p:5: ai_image_config.rules[1].min_confidence: 101 is not a number from 0 to 100.",
        "p:6: ai_image_config.rules[2].min_confidence: expected a number from 0 to 100.",
        "p:6: ai_image_config.rules[2].subclassifications: expected a table, not a list.",
        "p:8: ai_image_config.ocr_rules[0]: “action” is missing.",
        "p:10: ai_video_config.rules[0]: “label” is missing.",
        "p:10: ai_video_config.rules[0].min_confidence: -1 is not a number from 0 to 100.",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "b"]), st.sampled_from(names(IMAGE_ACTIONS)), st.integers(0, 100)
        ),
        max_size=5,
    ),
    st.lists(st.tuples(st.sampled_from(["a", "B", "c"]), st.floats(0, 100)), max_size=5),
)
def test_the_strongest_rule_that_is_reached_decides(rules, shown):
    rows = [
        {"label": label, "action": action, "min_confidence": least}
        for label, action, least in rules
    ]
    found = ai_image_rules({"ai_image_config": {"rules": rows}})
    judgement = AiImageMatcher(found, "any").judge([ImageLabel(*each) for each in shown])
    reached = [
        action_rank(action)
        for label, action, least in rules
        if any(label.casefold() == each.casefold() and sure >= least for each, sure in shown)
    ]
    assert action_rank(judgement.action) == max(reached, default=0)
