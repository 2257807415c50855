"""What a moderator types to see only some acts: words, and terms like ``outcome:failed``. Pure."""

from collections.abc import Callable, Mapping
from math import inf

from msgspec import Struct

from console.domain.search.moments import FORMS, moment
from console.domain.search.parse import Part, parts_of
from console.ui.widgets.folding import fold

LONGEST = 400
"""Characters of a filter that are read."""

OURS, COLLEAGUE, AUTOMATIC = "ours", "colleague", "automatic"
WHOSE = (OURS, COLLEAGUE, AUTOMATIC)
"""Who did it: this console by hand, somebody else, a rule or a clock here."""
OUTCOMES = ("seen", "failed", "unconfirmed", "open", "undone")
"""``open``: it is not known yet. An act that was undone was seen as well."""


class ActFacts(Struct, frozen=True):
    """What a filter can ask about a row of the act log.

    Attributes:
        person, by, call, act: the names and ids that each of them goes by.
        whose: one of WHOSE. outcomes: those of OUTCOMES that are true of it.
        at: unix seconds. words: everything that the row says.
    """

    person: str
    by: str
    call: str
    act: str
    whose: str
    outcomes: frozenset[str]
    at: float
    words: str


Test = Callable[[ActFacts], bool]

_TEXTS: Mapping[str, Callable[[ActFacts], str]] = {
    "from": lambda facts: facts.person,
    "by": lambda facts: facts.by,
    "call": lambda facts: facts.call,
    "act": lambda facts: facts.act,
}

KEYS = (*_TEXTS, "outcome", "is", "after", "before")
HELP = (
    "Words are looked for in the whole row. "
    "from:ann asks for a person, by:mod for a moderator, call:hall for a call, act:ban for an act;"
    f" outcome: goes with {', '.join(OUTCOMES)}, is: with {', '.join(WHOSE)};"
    f" after: and before: with {FORMS}. "
    "A minus before any of them asks for the opposite: -is:automatic."
)


class ActFilter(Struct, frozen=True):
    """Passes a row that every term passes.

    Attributes:
        tests: one for each term. after, before: unix seconds.
        trouble: what of the filter was not understood, in one sentence; "" for nothing. Such a term
            passes every row, so that nothing is hidden by a slip of the keys.
    """

    tests: tuple[Test, ...] = ()
    trouble: str = ""
    after: float = -inf
    before: float = inf

    def passes(self, facts: ActFacts) -> bool:
        """Whether the row is shown."""
        return self.after <= facts.at < self.before and all(test(facts) for test in self.tests)


def read_filter(typed: str, now: float) -> ActFilter:
    """The filter that ``typed`` means at ``now`` (unix seconds)."""
    tests: list[Test] = []
    trouble, after, before = "", -inf, inf
    for part in parts_of(typed[:LONGEST]):
        key = part.key.casefold()
        if key in ("after", "before"):
            try:
                at = moment(part.value, now)
            except ValueError:
                trouble = trouble or f"After {key}: comes {FORMS}."
                continue
            after = max(after, at) if key == "after" else after
            before = min(before, at) if key == "before" else before
            continue
        test, why = _read_term(part)
        trouble = trouble or why
        if test is not None:
            tests.append(_opposite(test) if part.negated else test)
    return ActFilter(tuple(tests), trouble, after, before)


def _opposite(test: Test) -> Test:
    return lambda facts: not test(facts)


def _read_term(part: Part) -> tuple[Test | None, str]:
    """What one term asks for; None with the reason where it asks for nothing."""
    key, value = part.key.casefold(), part.value.casefold()
    word = fold(part.value)
    if not word.strip():
        return None, ""
    if key == "outcome":
        if value in OUTCOMES:
            return (lambda facts: value in facts.outcomes), ""
        return None, f"outcome: goes with {', '.join(OUTCOMES)}."
    if key == "is":
        if value in WHOSE:
            return (lambda facts: facts.whose == value), ""
        return None, f"is: goes with {', '.join(WHOSE)}."
    if key in _TEXTS:
        read = _TEXTS[key]
        return (lambda facts: word in fold(read(facts))), ""
    if key:
        return None, f"There is no {part.key}:. There are {', '.join(KEYS)}."
    return (lambda facts: word in fold(facts.words)), ""
