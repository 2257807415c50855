"""A query is read as it is meant, or an error says where it is wrong and what is expected."""

from datetime import UTC, datetime
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.search.completion import choices_at, quoted
from console.domain.search.fields import FIELDS, severities
from console.domain.search.parse import parse
from console.domain.search.query import MAX_CLAUSES, MAX_QUERY, Query, QueryError

NOW = datetime(2026, 11, 30, 15, 20, tzinfo=UTC).timestamp()


def read(text: str, *, typing: bool = False) -> Query:
    return parse(text, NOW, UTC, typing=typing)


def clauses(text: str, *, typing: bool = False) -> list[tuple[str, str, bool, bool]]:
    found = read(text, typing=typing).clauses
    return [(one.key, one.value, one.negated, one.prefix) for one in found]


def attempt(text: str, *, typing: bool = False) -> tuple[Query, QueryError | None]:
    try:
        return read(text, typing=typing), None
    except QueryError as error:
        return Query(), error


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    return datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("you fool", [("", "you", False, False), ("", "fool", False, False)]),
        ('"you fool"', [("", "you fool", False, False)]),
        ("-fool", [("", "fool", True, False)]),
        ('-from:"Ada \\"Q\\" Quill"', [("from", 'Ada "Q" Quill', True, False)]),
        ("call:default:hall", [("call", "default:hall", False, False)]),
        ("kil*", [("", "kil", False, True)]),
        ("SEVERITY:>=high", [("severity", ">=high", False, False)]),
        ("label:self_harm act:ban", [("label", "self_harm", 0, 0), ("act", "ban", 0, 0)]),
        ('regex:"a \\"b\\" \\d"', [("regex", 'a "b" \\d', False, False)]),
        ("https://x.org/a", [("", "https://x.org/a", False, False)]),
        ("a-b", [("", "a-b", False, False)]),
        ("", []),
        ("  ", []),
    ],
)
def test_a_query_is_read(text, expected):
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("after:today", at(2026, 11, 30), inf),
        ("after:yesterday before:today", at(2026, 11, 29), at(2026, 11, 30)),
        ("after:2h", NOW - 7200, inf),
        ("before:2026-11-30T14:05", -inf, at(2026, 11, 30, 14, 5)),
        ("after:2026-11", at(2026, 11, 1), inf),
        ("before:14:05", -inf, at(2026, 11, 30, 14, 5)),
        ("after:3d after:1d", NOW - 86_400, inf),
    ],
)
def test_days_and_times_are_bounds(text, after, before):
    query = read(text)
    assert (query.after, query.before, query.clauses) == (after, before, ())


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("you form:ada", "form:", "Did you mean from:?"),
        ("xyzzy:1", "xyzzy:", "There is no key xyzzy:"),
        ("severity:>=hgih", ">=hgih", "After severity: comes none, low, medium, high"),
        ("a type:frames", "frames", "After type: comes caption"),
        ("act:bam", "bam", "After act: comes the name of an act"),
        ("after:31-12", "31-12", "After after: comes a day (2026-11-30"),
        ("before:2026-13-01", "2026-13-01", "After before: comes a day"),
        ("-after:today", "-after:today", "A time cannot be excluded"),
        ("from:", "", "After from: comes a name or an id"),
        ('you "fool', '"fool', "A closing quote is missing"),
        ("a !!!", "!!!", "A letter, a digit or an emoji is expected"),
        ("regex:(a", "(a", "RE2 cannot read this pattern"),
        (r"regex:(a)\1", r"(a)\1", "RE2 cannot read this pattern"),
    ],
)
def test_an_error_says_where_and_what_is_expected(text, place, words):
    with pytest.raises(QueryError) as raised:
        read(text)
    error = raised.value
    assert text[error.start : error.end] == place
    assert words in error.sentence
    assert str(error).startswith(f"Column {error.start + 1}: ")


def test_what_is_being_written_may_go_on():
    assert clauses("you foo", typing=True)[-1] == ("", "foo", False, True)
    assert clauses('you "foo b', typing=True)[-1] == ("", "foo b", False, True)
    assert clauses("you foo ", typing=True)[-1] == ("", "foo", False, False)
    assert clauses("fool from:", typing=True) == [("", "fool", False, False)]
    assert clauses("severity:hi", typing=True) == [("severity", "hi", False, True)]
    assert read("fool after:20", typing=True).after == -inf


def test_there_are_bounds():
    with pytest.raises(QueryError, match="at most"):
        read("x" * (MAX_QUERY + 1))
    with pytest.raises(QueryError, match="parts"):
        read("x " * (MAX_CLAUSES + 1))


@given(st.text(max_size=40) | st.text('afromct:lye"\\->=* .1', max_size=40), st.booleans())
def test_any_text_is_a_query_or_an_error_with_a_place(text, typing):
    query, error = attempt(text, typing=typing)
    assert error is None or (0 <= error.start < error.end and error.sentence.endswith("."))
    assert all(text[one.start : one.end] for one in query.clauses)
    ends = [0, *(one.end for one in query.clauses)]
    assert all(one.start >= end for one, end in zip(query.clauses, ends, strict=False))


@given(st.text(min_size=1, max_size=20), st.sampled_from(["from", "call", "by"]))
def test_a_value_in_quotes_comes_back_whole(value, key):
    query, error = attempt(f"{key}:{quoted(value)}")
    if error is not None:
        assert "is expected" in error.sentence or "comes" in error.sentence
        return
    (clause,) = query.clauses
    assert clause.value == value or clause.prefix


@given(st.text('afromct:lye"-> .', max_size=30), st.integers(0, 30))
def test_each_choice_can_take_its_place(text, cursor):
    cursor = min(cursor, len(text))
    for choice in choices_at(text, cursor, {"from": ["Ada Quill"], "label": ["SELF_HARM"]}):
        assert 0 <= choice.start <= choice.end <= len(text)
        assert choice.start <= cursor


def test_keys_and_values_are_offered():
    assert [one.text for one in choices_at("", 0)] == [f"{field.key}:" for field in FIELDS]
    assert [one.text for one in choices_at("fool a", 6)] == ["action:", "act:", "after:"]
    assert choices_at("fool ", 5) == []
    (only,) = choices_at("-fr", 3)
    assert (only.text, only.start, only.end) == ("-from:", 0, 3)
    found = choices_at("from:qui", 8, {"from": ["Dorian Pike", "Ada Quill"]})
    assert [(one.text, one.start, one.end) for one in found] == [('"Ada Quill" ', 5, 8)]
    assert [one.shown for one in choices_at("severity:h", 10)] == ["high", ">=high"]
    assert choices_at('from:"Ada Quill"', 16) == []


def test_severities_are_compared():
    assert [str(one) for one in severities(">=high")] == ["high", "critical"]
    assert [str(one) for one in severities("<low")] == ["none"]
    assert [str(one) for one in severities("medium")] == ["medium"]
    assert severities("hi") == ()
