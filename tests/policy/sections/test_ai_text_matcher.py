import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.local_models import Harm, LocalModels
from console.domain.results import NOTHING
from console.domain.verdict import KEEP, Match, Severity, action_rank
from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, Policy
from console.policy.sections.ai_text import AiTextMatcher, AiTextRule
from console.policy.sections.words import ACTIONS, HARM_ACTIONS, names
from tests.policy.alone import alone
from tests.policy.word_classifiers import WordClassifier

CLASSIFIER = WordClassifier({"vermin": "HATE_SPEECH", "dimwit": "INSULT", "buy": "ADS"})


def evaluator(*rules, words=(), severity_rules=(), classifier=CLASSIFIER):
    """Each rule as in a file; ``words``: (word, action, severity)."""
    policy = Policy(
        key="custom:x",
        blocklists=tuple(
            Blocklist(name=word, words=(word,), severity=severity) for word, _, severity in words
        ),
        block_list_rules=tuple(BlocklistRule(name=word, action=act) for word, act, _ in words),
        sections={"ai_text_config": {"rules": list(rules), "severity_rules": list(severity_rules)}},
    )
    return Evaluator(policy, models=LocalModels(text=classifier))


def test_a_harm_with_a_rule_is_a_match_that_names_its_source():
    judgement = evaluator({"label": "hate speech", "action": "remove"}).judge(
        "vermin vermin vermin"
    )
    assert judgement.action == "remove"
    assert judgement.severity is Severity.HIGH
    assert judgement.labels == ("HATE_SPEECH",)
    assert judgement.rule == "ai_text:hate speech"
    assert judgement.why == (
        "Local classifier by words: HATE_SPEECH, high (0.88); Stream's own labels may differ."
    )
    assert judgement.matches == (
        Match(
            rule="ai_text:hate speech",
            label="HATE_SPEECH",
            severity=Severity.HIGH,
            action="remove",
            kind="ai_text_local",
        ),
    )


@pytest.mark.parametrize("label", ["HATE_SPEECH", "hate speech", "Hate Speech", " hate-speech "])
def test_labels_are_compared_without_case_and_gaps(label):
    assert evaluator({"label": label, "action": "flag"}).judge("vermin").action == "flag"


def test_a_harm_without_a_rule_or_with_keep_is_no_match():
    judge = evaluator({"label": "INSULT", "action": "keep"}).judge
    assert alone(judge("vermin")) == NOTHING
    assert alone(judge("dimwit")) == NOTHING


def test_an_action_for_the_severity_wins():
    judge = evaluator(
        {
            "label": "INSULT",
            "action": "flag",
            "severity_rules": [
                {"severity": "low", "action": "keep"},
                {"severity": "high", "action": "shadow"},
            ],
        }
    ).judge
    found = [judge("dimwit " * times) for times in (1, 2, 3, 4)]
    assert [(each.action, each.severity.value) for each in found] == [
        ("keep", "none"),
        ("flag", "medium"),
        ("shadow", "high"),
        ("shadow", "critical"),
    ]


def test_old_severity_rules_speak_of_what_no_rule_decides():
    judge = evaluator(
        {"label": "INSULT", "action": "keep"},
        {"label": "ADS"},
        severity_rules=[{"severity": "medium", "action": "bounce"}],
    ).judge
    assert alone(judge("dimwit dimwit")) == NOTHING
    assert alone(judge("vermin")) == NOTHING
    assert judge("vermin vermin").rule == "ai_text:*"
    assert judge("buy buy").action == "bounce"


def test_words_and_harms_are_weighed_by_the_same_scale():
    judge = evaluator(
        {"label": "INSULT", "action": "flag"},
        {"label": "HATE_SPEECH", "action": "remove"},
        words=(("dimwit", "shadow", Severity.LOW), ("buy", "flag", Severity.LOW)),
    ).judge
    assert judge("dimwit").why == "Word list “dimwit” matched 1 word (low)."
    both = judge("dimwit vermin")
    assert (both.action, both.rule) == ("remove", "ai_text:HATE_SPEECH")
    assert [(each.kind, each.start, each.end) for each in both.matches] == [
        ("ai_text_local", 0, 0),
        ("ai_text_local", 0, 0),
        ("word", 0, 6),
    ]


def test_of_equals_the_one_that_points_at_words_gives_the_reason():
    judge = evaluator(
        {"label": "INSULT", "action": "flag"}, words=(("dimwit", "flag", Severity.LOW),)
    ).judge
    assert judge("dimwit").why == "Word list “dimwit” matched 1 word (low)."
    assert judge("dimwit").labels == ("dimwit", "INSULT")


def test_without_rules_the_classifier_is_not_asked():
    class Refusing(WordClassifier, frozen=True):
        def ready(self):
            pass

        def classify(self, text):
            raise AssertionError(text)

    nobody = Refusing(CLASSIFIER.words)
    assert alone(evaluator(classifier=nobody).judge("vermin")) == NOTHING
    assert AiTextMatcher([AiTextRule(label="INSULT", action="flag")], None).find("dimwit") == []
    unhurried = evaluator({"label": "INSULT", "action": "flag"}, classifier=nobody)
    assert alone(unhurried.judge("dimwit", by_models=False)) == NOTHING


def test_a_harm_of_no_severity_says_none():
    class Plain(WordClassifier, frozen=True):
        def ready(self):
            pass

        def classify(self, text):
            return (Harm("INSULT", Severity.NONE, 0.5),)

    judgement = evaluator({"label": "INSULT", "action": "flag"}, classifier=Plain({})).judge("x")
    assert judgement.severity is Severity.NONE
    assert judgement.why == (
        "Local classifier by words: INSULT (0.50); Stream's own labels may differ."
    )


LABELS = CLASSIFIER.labels
RULES = st.lists(
    st.tuples(st.sampled_from(LABELS), st.sampled_from(names(HARM_ACTIONS))),
    max_size=3,
    unique_by=lambda rule: rule[0],
)
WORDS = st.lists(
    st.tuples(
        st.sampled_from([*CLASSIFIER.words, "tree"]),
        st.sampled_from(names(ACTIONS)),
        st.sampled_from(Severity),
    ),
    max_size=3,
    unique_by=lambda rule: rule[0],
)


@given(rules=RULES, words=WORDS, said=st.lists(st.sampled_from([*CLASSIFIER.words, "tree"])))
def test_the_strongest_of_words_and_harms_decides_in_any_order(rules, words, said):
    text = " ".join(said)
    rows = [{"label": label, "action": action} for label, action in rules]
    judgement = evaluator(*rows, words=words).judge(text)
    backwards = evaluator(*rows[::-1], words=words[::-1]).judge(text)
    harms = {harm.label for harm in CLASSIFIER.classify(text)}
    actions = [action for label, action in rules if label in harms]
    actions += [action for word, action, _ in words if word in said]
    strongest = max(map(action_rank, actions), default=action_rank(KEEP))
    assert action_rank(judgement.action) == action_rank(backwards.action) == strongest
    assert judgement.severity is backwards.severity
    assert {each.action for each in judgement.matches} == set(actions) - {KEEP}


@given(st.text())
def test_any_text_is_judged(text):
    judgement = evaluator(
        {"label": "INSULT", "action": "flag"}, words=(("tree", "mask", Severity.LOW),)
    ).judge(f"{text} dimwit")
    assert judgement.action == "flag"
    assert judgement.matches[0].kind == "ai_text_local"
