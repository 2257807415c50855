"""Where in a text stands what was searched for. Pure."""

from collections.abc import Container, Iterable

from msgspec.structs import replace

from console.base.pattern import Pattern
from console.domain.search.fields import Kind
from console.domain.search.hit import Hit
from console.domain.search.query import REASON, WORDS, Query
from console.domain.search.tokens import spans_of, tokens_of

Spans = tuple[tuple[int, int], ...]
MOST = 100
"""Places of one text that are marked."""


def marks_in(
    text: str, query: Query, patterns: Iterable[Pattern] = (), keys: Container[str] = (WORDS,)
) -> Spans:
    """The places in ``text`` (code points), none over another.

    Args:
        patterns: those of the query. keys: of the clauses that look at ``text``.
    """
    wanted = [one for one in query.clauses if one.key in keys and not one.negated]
    found: list[tuple[int, int]] = []
    if wanted and text:
        tokens = tokens_of(text)
        for clause in wanted:
            phrase = clause.phrase
            goes_on = clause.prefix or (bool(phrase) and phrase[-1].last)
            found += spans_of(phrase, tokens, prefix=goes_on)
    for pattern in patterns:
        found += (match.span() for match in pattern.finditer(text))
    return _apart(sorted(found))


def _apart(found: list[tuple[int, int]]) -> Spans:
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        elif end > start:
            apart.append((start, end))
    return tuple(apart[:MOST])


def marked(hit: Hit, query: Query, patterns: Iterable[Pattern] = ()) -> Hit:
    """``hit`` with its marks. Its earlier words stay only where they alone are what was found."""
    kept = tuple(patterns)
    keys = (WORDS, REASON) if hit.kind is Kind.ACT else (WORDS,)
    marks = marks_in(hit.text, query, kept, keys)
    before = hit.before if hit.before and not marks and marks_in(hit.before, query, kept) else ""
    why_marks = marks_in(hit.why, query, keys=(REASON,))
    return replace(hit, marks=marks, before=before, why_marks=why_marks)
