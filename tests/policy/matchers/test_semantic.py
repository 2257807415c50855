from console.domain.verdict import Severity
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import from_stream, to_stream

POLICY = """key = "chat"
[automod_semantic_filters_config]
rules = [
  { name = "phishing", action = "remove", threshold = 0.8 },
  { name = "only at stream", action = "flag", threshold = 0.5 },
]
[[semantic_filters]]
name = "phishing"
phrases = ["tell me your password", "what is the code on your card"]
severity = "high"
"""


def policy():
    read = read_policy(POLICY, "p")
    assert read.errors == ()
    assert read.policy is not None
    return read.policy


def test_a_likeness_of_words_is_labelled_as_such():
    judgement = Evaluator(policy()).judge("So, tell me your passwords!")
    assert judgement.action == "remove"
    assert judgement.severity == Severity.HIGH
    assert judgement.why == (
        "Semantic filter “phishing” by likeness of words, without a model: 1.00 of at least 0.80."
    )
    [match] = judgement.matches
    assert (match.kind, match.start, match.end) == ("semantic_lexical", 4, 26)


def test_below_the_threshold_nothing_happens():
    assert Evaluator(policy()).judge("my password is hard to remember").action == "keep"


def test_rules_go_to_stream_and_phrases_stay_in_the_file():
    assert from_stream(*to_stream(policy())).semantic_rules == policy().semantic_rules
    assert read_policy(write_policy(policy()), "again").policy == policy()


def test_a_section_switched_off_is_silent():
    off = POLICY.replace("rules = [", "enabled = false\nrules = [")
    read = read_policy(off, "p")
    assert read.policy is not None
    assert Evaluator(read.policy).judge("tell me your password").action == "keep"


def test_errors_are_named():
    wrong = """key = "chat"
[automod_semantic_filters_config]
rules = [
  { name = "a", action = "flag", threshold = 80 },
  { name = "b", action = "ban", threshold = "high" },
  { action = "flag" },
]
[[semantic_filters]]
name = "a"
phrases = "x"
[[semantic_filters]]
name = "a"
phrases = []
"""
    assert [str(error) for error in read_policy(wrong, "p").errors] == [
        "p:4: automod_semantic_filters_config.rules[0].threshold: 80 is not a number from 0 to 1.",
        "p:5: automod_semantic_filters_config.rules[1].action: “ban” is unknown; expected one of "
        "flag, mask, mask_flag, shadow, remove, bounce, bounce_flag, bounce_remove.",
        "p:5: automod_semantic_filters_config.rules[1].threshold: expected a number from 0 to 1.",
        "p:6: automod_semantic_filters_config.rules[2]: “name” is missing.",
        "p:6: automod_semantic_filters_config.rules[2]: “threshold” is missing.",
        "p:10: semantic_filters[0].phrases: expected a list of texts, not text.",
        "p:12: semantic_filters[1].name: there is a semantic filter called “a” already.",
    ]
