"""Reads a query: words, "phrases", keys with values, each with - before it for what must not be."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from difflib import get_close_matches
from math import inf

from msgspec import Struct

from console.domain.search.fields import BY_KEY, FIELDS
from console.domain.search.moments import moment
from console.domain.search.query import (
    MAX_CLAUSES,
    MAX_QUERY,
    REASON,
    REGEX,
    WORDS,
    Clause,
    Query,
    QueryError,
)
from console.domain.search.tokens import phrase_of

_KEY = re.compile(r"([A-Za-z]+):(?!//)")
_BARE = re.compile(r"\S*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)("?)', re.DOTALL)
_WORD = re.compile(r'[^\s"]+')
_TIMES = ("after", "before")
_PHRASES = (WORDS, "from", "call", "by", REASON)
"""The keys whose values are words that stand one behind the other."""


class Part(Struct, frozen=True, kw_only=True):
    """One piece of a query as it stands there, understood or not.

    Attributes:
        key: before the colon, as it was written; empty without one.
        value: without its quotes. value_start: where it begins.
        closed: its second quote is there, if it has a first.
    """

    start: int
    end: int
    value: str
    value_start: int
    key: str = ""
    negated: bool = False
    quoted: bool = False
    closed: bool = True


def parts_of(text: str) -> Iterator[Part]:
    """The pieces of a query from left to right."""
    place = 0
    while True:
        while place < len(text) and text[place].isspace():
            place += 1
        if place == len(text):
            return
        part = _part(text, place)
        yield part
        place = part.end


def _part(text: str, start: int) -> Part:
    place = start
    negated = text[place] == "-" and place + 1 < len(text) and not text[place + 1].isspace()
    place += negated
    found = _KEY.match(text, place)
    key = found[1] if found else ""
    place = found.end() if found else place
    quoted = _QUOTED.match(text, place)
    if quoted is not None:
        value, closed = re.sub(r'\\(["\\])', r"\1", quoted[1]), bool(quoted[2])
        if key.casefold() == REGEX:
            value = quoted[1].replace('\\"', '"')
        end = quoted.end()
    else:
        bare = (_BARE if key else _WORD).match(text, place)
        value, closed, end = bare[0] if bare else "", True, bare.end() if bare else place
    return Part(
        start=start,
        end=max(end, start + 1),
        value=value,
        value_start=place,
        key=key,
        negated=negated,
        quoted=quoted is not None,
        closed=closed,
    )


def parse(text: str, now: float, zone: tzinfo | None = None, *, typing: bool = False) -> Query:
    """The query that ``text`` writes.

    Args:
        now: unix seconds, for what is said from today. zone: see ``moment``.
        typing: somebody is still writing it: its last word may go on, a quote need not be closed,
            and a key without a value asks for nothing yet.

    Raises:
        QueryError: it cannot be understood; says where and what is expected.
    """
    if len(text) > MAX_QUERY:
        raise QueryError(MAX_QUERY, len(text), f"A query has at most {MAX_QUERY:,} characters.")
    clauses: list[Clause] = []
    after, before = -inf, inf
    for part in parts_of(text):
        last = typing and part.end == len(text)
        if not part.closed and not last:
            raise QueryError(part.value_start, part.end, "A closing quote is missing.")
        if last and not part.value.strip():
            continue
        clause = _clause(part, going_on=last and not (part.quoted and part.closed))
        if clause.key in _TIMES:
            try:
                at = moment(part.value, now, zone)
            except ValueError as error:
                if last:
                    continue
                raise _wrong_value(part) from error
            if part.negated:
                raise QueryError(part.start, part.end, "A time cannot be excluded; use the other.")
            after = max(after, at) if clause.key == "after" else after
            before = min(before, at) if clause.key == "before" else before
            continue
        clauses.append(clause)
        if len(clauses) > MAX_CLAUSES:
            raise QueryError(part.start, part.end, f"A query has at most {MAX_CLAUSES} parts.")
    return Query(tuple(clauses), after, before)


def _clause(part: Part, *, going_on: bool) -> Clause:
    key = part.key.casefold()
    if key and key not in BY_KEY:
        raise QueryError(part.start + part.negated, part.value_start, _no_such_key(part))
    if not part.value.strip():
        raise _wrong_value(part) if key else _nothing_to_find(part)
    starred = not part.quoted and part.value.endswith("*") and key in (*_PHRASES, "label")
    value = part.value.rstrip("*") if starred else part.value
    if key in _PHRASES and not phrase_of(value):
        raise _nothing_to_find(part)
    if not (BY_KEY[key].takes(value) if key else True) and not going_on:
        raise _wrong_value(part)
    if key == REGEX:
        _try_pattern(part)
    return Clause(
        value=value,
        key=key,
        start=part.start,
        end=part.end,
        negated=part.negated,
        prefix=starred or (going_on and key != REGEX),
    )


def _try_pattern(part: Part) -> None:
    from console.base.pattern import PatternError, compile_pattern  # most queries need no RE2

    try:
        compile_pattern(f"(?i){part.value}")
    except PatternError as error:
        sentence = f"RE2 cannot read this pattern: {error}."
        raise QueryError(part.value_start, part.end, sentence) from error


def _nothing_to_find(part: Part) -> QueryError:
    sentence = "A letter, a digit or an emoji is expected; regex: finds other signs."
    return QueryError(part.value_start, part.end, sentence)


def _wrong_value(part: Part) -> QueryError:
    field = BY_KEY[part.key.casefold()]
    return QueryError(part.value_start, part.end, f"After {field.key}: comes {field.expected}.")


def _no_such_key(part: Part) -> str:
    keys = [field.key for field in FIELDS]
    near = get_close_matches(part.key.casefold(), keys, n=1, cutoff=0.5)
    meant = f"Did you mean {near[0]}:?" if near else f"There are {', '.join(keys)}."
    return f"There is no key {part.key}:. {meant} In quotes it is searched for as text."
