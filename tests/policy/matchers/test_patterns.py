import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.pattern import PatternError, compile_pattern
from console.policy.matchers.patterns import (
    MAX_PER_PATTERN,
    PatternMatcher,
)
from console.policy.model import Blocklist, Hit, ListType


def matcher(*patterns):
    return PatternMatcher([(3, Blocklist(name="x", type=ListType.REGEX, words=patterns))])


def test_spans_are_code_points_whatever_stands_before():
    assert matcher(r"\d{3}", "x").find("é𝓲 123") == {Hit(3, 0, 3, 6)}


def test_half_a_surrogate_pair_neither_fails_nor_shifts():
    assert matcher("b").find("\ud800b") == {Hit(3, 0, 1, 2)}


def test_empty_matches_count_for_nothing():
    assert matcher("a*").find("bbb") == set()


def test_case_counts_unless_the_pattern_says_otherwise():
    assert matcher("a").find("A") == set()
    assert matcher("(?i)a").find("A") == {Hit(3, 0, 0, 1)}


def test_no_patterns_find_nothing():
    assert matcher().find("a") == set()


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)", "(", "(?<!a)b", "[z-a]", "\ud800"])
def test_what_re2_refuses_is_an_error(pattern):
    with pytest.raises(PatternError, match=r"\w"):
        compile_pattern(pattern)


def test_places_of_one_pattern_are_bounded():
    assert len(matcher("a").find("a" * 5_000)) == MAX_PER_PATTERN


def test_time_is_linear_where_backtracking_would_explode():
    began = time.thread_time()
    assert matcher("(a*)*b", "(a|aa)+$").find("a" * 20_000 + "c") == set()
    assert time.thread_time() - began < 2


@given(st.text())
def test_any_text_is_searched(text):
    for hit in matcher(".", r"\w+", "(?s).").find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_place_is_where_the_passage_stands(before, after):
    text = f"{before}4711-0815{after}"
    spans = {(hit.start, hit.end) for hit in matcher("4711-0815").find(text)}
    assert (len(before), len(before) + 9) in spans
    assert all(text[start:end] == "4711-0815" for start, end in spans)


def test_thousands_of_groups_cost_no_time():
    """Groups that are noted make RE2 a thousand times slower: 8 s for a fifth of this text."""
    pattern = "".join(f"(a|b{number % 10})?" for number in range(2_000))
    matcher = PatternMatcher([(0, Blocklist(name="a", type=ListType.REGEX, words=(pattern,)))])
    began = time.process_time()
    assert matcher.find("ab" * 50_000)
    assert time.process_time() - began < 4.0
