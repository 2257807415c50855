import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.results import NOTHING
from console.domain.verdict import KEEP, Severity, action_rank
from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy
from console.policy.sections.words import ACTIONS, names
from console.policy.weighing import MAX_MATCHES
from tests.policy.alone import alone


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
    assert alone(Evaluator(THREE).judge("good morning")) == NOTHING
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
    assert alone(Evaluator(unused).judge("word")) == NOTHING


def test_a_rule_without_its_list_matches_nothing():
    lost = Policy(key="x", block_list_rules=(BlocklistRule(name="elsewhere"),))
    assert alone(Evaluator(lost).judge("word")) == NOTHING


def test_a_section_switched_off_matches_nothing():
    off = policy(("mild", "flag", Severity.LOW), block_list_enabled=False)
    assert alone(Evaluator(off).judge("mild")) == NOTHING


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
    assert len(judgement.matches) == MAX_MATCHES
    assert judgement.unlisted == 500 - MAX_MATCHES


# The order of precedence that is promised, the weakest first.
PRECEDENCE = (
    "mask",
    "flag",
    "mask_flag",
    "bounce_flag",
    "bounce",
    "shadow",
    "bounce_remove",
    "remove",
)


def test_the_order_of_precedence_is_the_one_that_is_promised():
    assert sorted(names(ACTIONS), key=action_rank) == list(PRECEDENCE)
    assert action_rank(KEEP) < action_rank(PRECEDENCE[0])


@given(
    st.lists(
        st.tuples(st.sampled_from(PRECEDENCE), st.sampled_from(Severity)), min_size=1, max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_precedence_is_the_same_in_any_order(drawn, random):
    rules = [(f"word{at}", action, severity) for at, (action, severity) in enumerate(drawn)]
    said = [word for word, _, _ in rules]
    strongest = max((action for action, _ in drawn), key=PRECEDENCE.index)
    gravest = max((severity for _, severity in drawn), key=list(Severity).index)
    for _ in range(3):
        judgement = Evaluator(policy(*rules)).judge(" ".join(said))
        assert (judgement.action, judgement.severity) == (strongest, gravest)
        deciding = next(action for word, action, _ in rules if judgement.rule == f"list {word}")
        assert deciding == strongest
        random.shuffle(rules)
        random.shuffle(said)


OFFERED = {
    ListType.WORD: ("zebra", "zebra"),
    ListType.REGEX: (r"\d{4}-\d{4}", "1234-5678"),
    ListType.DOMAIN: ("bad.example", "bad.example"),
    ListType.EMAIL: ("eve@bad.example", "eve@bad.example"),
}
# Whatever stands beside must not itself be a part of a word, a number or an address.
BESIDE = st.text(
    st.sampled_from(" ,!?()\u00e9\u0431\u200b\u0301💥\U0001d4f2ไバ\ud800"), max_size=12
)


@given(st.lists(st.tuples(BESIDE, st.sampled_from(list(OFFERED))), min_size=1, max_size=5))
def test_offsets_are_code_points_of_the_original_for_every_kind_of_list(pieces):
    mixed = Policy(
        key="x",
        blocklists=tuple(
            Blocklist(name=kind.value, type=kind, words=(entry,))
            for kind, (entry, _) in OFFERED.items()
        ),
        block_list_rules=tuple(BlocklistRule(name=kind.value) for kind in OFFERED),
    )
    text, wanted = "", []
    for beside, kind in pieces:
        text += f"{beside} "
        said = OFFERED[kind][1]
        wanted.append((kind.value, len(text), len(text) + len(said)))
        text += f"{said} {beside}"
    found = {(match.kind, match.start, match.end) for match in Evaluator(mixed).judge(text).matches}
    assert set(wanted) <= found


@given(st.text())
def test_any_text_is_judged_with_spans_inside_it(text):
    judgement = Evaluator(THREE).judge(f"{text} mild {text}")
    assert judgement.action != KEEP
    for match in judgement.matches:
        assert 0 <= match.start < match.end <= 2 * len(text) + 6


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "💥" * 1000, "a " * 20_000])
def test_odd_texts_are_kept(text):
    assert alone(Evaluator(THREE).judge(text)) == NOTHING
