"""A policy measured against labels that people gave."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.results import Confusion, Judgement
from console.policy.measures.scoring import (
    NO_LABEL,
    ErrorKind,
    error_of,
    label_pairs,
)


def judged(action: str, *labels: str) -> Judgement:
    return Judgement(action=action, labels=labels)


@pytest.mark.parametrize(
    ("labels", "judgement", "expected"),
    [
        (None, judged("remove", "SCAM"), None),
        ((), judged("keep"), None),
        ((), judged("flag", "SCAM"), ErrorKind.FALSE_FLAG),
        ((), judged("mask", "SCAM"), ErrorKind.FALSE_FLAG),
        ((), judged("remove", "SCAM"), ErrorKind.FALSE_BLOCK),
        ((), judged("shadow", "SCAM"), ErrorKind.FALSE_BLOCK),
        ((), judged("bounce_flag", "SCAM"), ErrorKind.FALSE_BLOCK),
        (("SCAM",), judged("keep"), ErrorKind.MISSED),
        (("SCAM",), judged("flag", "scam"), None),
        (("SCAM", "SPAM"), judged("flag", "SPAM"), None),
        (("SCAM",), judged("flag", "INSULT"), ErrorKind.WRONG_LABEL),
        (("1",), judged("flag", "INSULT"), None),
    ],
)
def test_kinds_of_errors(labels, judgement, expected):
    assert error_of(labels, judgement) is expected


@pytest.mark.parametrize(
    ("wanted", "given_", "expected"),
    [
        ((), (), [(NO_LABEL, NO_LABEL)]),
        (("A",), ("a",), [("a", "a")]),
        (("A",), (), [("a", NO_LABEL)]),
        ((), ("A",), [(NO_LABEL, "a")]),
        (("A",), ("B",), [("a", "b")]),
        (("A", "B"), ("B",), [("b", "b"), ("a", NO_LABEL)]),
        (("A", "B"), ("C", "D", "B"), [("b", "b"), ("a", "c"), (NO_LABEL, "d")]),
    ],
)
def test_labels_pair_up(wanted, given_, expected):
    assert list(label_pairs(wanted, given_)) == expected


NAMES = st.lists(st.sampled_from("abcd"), unique=True)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20))
def test_rows_of_the_matrix_add_up_to_the_true_labels(lines):
    matrix: Counter[tuple[str, str]] = Counter()
    for wanted, found in lines:
        matrix.update(label_pairs(wanted, found))
    for name in "abcd":
        row = sum(count for (true, _), count in matrix.items() if true == name)
        column = sum(count for (_, got), count in matrix.items() if got == name)
        assert row == sum(name in wanted for wanted, _ in lines)
        assert column == sum(name in found for _, found in lines)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((0, 0, 1), None), ((0, 1, 0), None), ((0, 1, 1), 0.0), ((1, 0, 0), 1.0), ((1, 1, 0), 2 / 3)],
)
def test_f1(counts, expected):
    assert Confusion(*counts).f1 == expected
