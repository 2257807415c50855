"""What is searched for, once it was understood."""

from math import inf

from msgspec import Struct

from console.domain.search.tokens import Token, phrase_of

WORDS = ""
"""The key of what is searched for in texts."""
REGEX = "regex"
REASON = "reason"
"""The key of what is searched for in the reasons of verdicts and acts."""

MAX_QUERY = 1_000
"""Characters of a query."""
MAX_CLAUSES = 40


class QueryError(ValueError):
    """A query cannot be understood.

    Attributes:
        start, end: the part that is wrong (code points). sentence: what is expected there.
    """

    def __init__(self, start: int, end: int, sentence: str) -> None:
        super().__init__(f"Column {start + 1}: {sentence}")
        self.start = start
        self.end = max(end, start + 1)
        self.sentence = sentence


class Clause(Struct, frozen=True, kw_only=True):
    """One thing that has to hold of a hit.

    Attributes:
        key: of which field; WORDS for words and phrases.
        value: without quotes.
        start, end: where it stands in the query (code points).
        negated: it must not hold. prefix: its last word may go on.
    """

    value: str
    key: str = WORDS
    start: int = 0
    end: int = 0
    negated: bool = False
    prefix: bool = False

    @property
    def phrase(self) -> list[Token]:
        """The words that stand one behind the other."""
        return phrase_of(self.value)


class Query(Struct, frozen=True):
    """All of ``clauses`` hold, between ``after`` and before ``before`` (unix seconds)."""

    clauses: tuple[Clause, ...] = ()
    after: float = -inf
    before: float = inf

    @property
    def empty(self) -> bool:
        """Nothing is asked for."""
        return not self.clauses and self.after == -inf and self.before == inf

    @property
    def patterns(self) -> tuple[Clause, ...]:
        """Its regular expressions."""
        return tuple(clause for clause in self.clauses if clause.key == REGEX)
