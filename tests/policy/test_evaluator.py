import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.verdict import KEEP, Severity, action_rank
from console.policy.evaluator import MOST_MATCHES, Evaluator
from console.policy.judgement import NOTHING
from console.policy.model import RULE_ACTIONS, Blocklist, BlocklistRule, ListType, Policy


def policy(*rules, **more):
    """Each rule: (word, action, severity)."""
    return Policy(
        key="custom:x",
        blocklists=tuple(
            Blocklist(name=f"list {word}", words=(word,), label=word.upper(), severity=severity)
            for word, _, severity in rules
        ),
        block_list_rules=tuple(
            BlocklistRule(name=f"list {word}", action=action) for word, action, _ in rules
        ),
        **more,
    )


THREE = policy(
    ("mild", "flag", Severity.HIGH),
    ("grave", "remove", Severity.LOW),
    ("soft", "flag", Severity.MEDIUM),
)


def test_nothing_matched_is_keep():
    assert Evaluator(THREE).judge("good morning") == NOTHING
    assert NOTHING.action == KEEP


def test_the_strongest_action_decides_and_the_highest_severity_counts():
    judgement = Evaluator(THREE).judge("soft, mild and grave")
    assert judgement.action == "remove"
    assert judgement.rule == "list grave"
    assert judgement.severity == Severity.HIGH
    assert judgement.labels == ("GRAVE", "MILD", "SOFT")
    assert [match.label for match in judgement.matches] == ["SOFT", "MILD", "GRAVE"]


def test_why_is_a_sentence_without_the_text():
    assert Evaluator(THREE).judge("mild").why == "Word list “list mild” matched 1 word (high)."
    assert (
        Evaluator(THREE).judge("mild mild").why == "Word list “list mild” matched 2 words (high)."
    )


def test_a_list_no_rule_names_is_not_used():
    unused = Policy(key="x", blocklists=(Blocklist(name="a", words=("word",)),))
    assert Evaluator(unused).judge("word") == NOTHING


def test_a_rule_without_its_list_matches_nothing():
    lost = Policy(key="x", block_list_rules=(BlocklistRule(name="elsewhere"),))
    assert Evaluator(lost).judge("word") == NOTHING


def test_a_section_switched_off_matches_nothing():
    off = policy(("mild", "flag", Severity.LOW), block_list_enabled=False)
    assert Evaluator(off).judge("mild") == NOTHING


def test_a_list_of_one_language_is_used_for_that_language_and_for_unknown_ones():
    german = Policy(
        key="x",
        blocklists=(Blocklist(name="de", words=("brav",), language="de"),),
        block_list_rules=(BlocklistRule(name="de"),),
    )
    judge = Evaluator(german).judge
    assert [judge("brav", language).action for language in ("de", "", "en")] == [
        "flag",
        "flag",
        "keep",
    ]


def test_kinds_of_lists_work_together():
    mixed = Policy(
        key="x",
        blocklists=(
            Blocklist(name="numbers", type=ListType.REGEX, words=(r"\d{4}",)),
            Blocklist(name="sites", type=ListType.DOMAIN_ALLOWLIST, words=("good.com",)),
        ),
        block_list_rules=(
            BlocklistRule(name="numbers", action="mask"),
            BlocklistRule(name="sites", action="shadow"),
        ),
    )
    judgement = Evaluator(mixed).judge("pin 1234 at bad.com")
    assert judgement.action == "shadow"
    assert judgement.why == "Domain allow-list “sites” does not name 1 link."
    assert [(match.rule, match.start, match.end) for match in judgement.matches] == [
        ("numbers", 4, 8),
        ("sites", 12, 19),
    ]


def test_matches_are_bounded_and_the_rest_is_counted():
    judgement = Evaluator(THREE).judge("mild " * 500)
    assert len(judgement.matches) == MOST_MATCHES
    assert judgement.unlisted == 500 - MOST_MATCHES


@given(st.lists(st.sampled_from(RULE_ACTIONS), min_size=1, max_size=6))
def test_precedence_is_the_same_in_any_order(actions):
    rules = [(f"word{at}", action, Severity.LOW) for at, action in enumerate(actions)]
    text = " ".join(word for word, _, _ in rules)
    strongest = max(map(action_rank, actions))
    for order in (rules, rules[::-1]):
        assert action_rank(Evaluator(policy(*order)).judge(text).action) == strongest


@given(st.text())
def test_any_text_is_judged_with_spans_inside_it(text):
    judgement = Evaluator(THREE).judge(f"{text} mild {text}")
    assert judgement.action != KEEP
    for match in judgement.matches:
        assert 0 <= match.start < match.end <= 2 * len(text) + 6


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "💥" * 1000, "a " * 20_000])
def test_odd_texts_are_kept(text):
    assert Evaluator(THREE).judge(text) == NOTHING
