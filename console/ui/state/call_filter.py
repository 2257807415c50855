"""What a moderator types to see only some calls: words, and terms like ``is:unheard``. Pure."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from console.domain.call import Call
from console.ui.widgets.folding import fold

LONGEST = 400
"""Characters of a filter that are read."""


class CallFacts(Struct, frozen=True):
    """What a filter can ask about a call. ``watchers``: of the team; None where not known."""

    call: Call
    heat: float = 0.0
    open: int = 0
    asking: int = 0
    pinned: bool = False
    watchers: tuple[str, ...] | None = None


Test = Callable[[CallFacts], bool]

_IS: Mapping[str, Test] = {
    "open": lambda facts: facts.open > 0,
    "warm": lambda facts: facts.heat > 0,
    "unheard": lambda facts: bool(facts.call.unmonitored_since),
    "asking": lambda facts: facts.asking > 0,
    "pinned": lambda facts: facts.pinned,
    "watched": lambda facts: bool(facts.watchers),
    "unwatched": lambda facts: facts.watchers == (),
    "backstage": lambda facts: facts.call.backstage,
    "ended": lambda facts: bool(facts.call.ended_at),
}

_NUMBERS: Mapping[str, Callable[[CallFacts], float]] = {
    "heat": lambda facts: facts.heat,
    "open": lambda facts: facts.open,
    "people": lambda facts: facts.call.people,
}

_COMPARED = re.compile(r"(\w+)(>=|<=|>|<|=)(\d{1,9}(?:\.\d{1,3})?)")

_WAYS: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda value, limit: value > limit,
    "<": lambda value, limit: value < limit,
    ">=": lambda value, limit: value >= limit,
    "<=": lambda value, limit: value <= limit,
    "=": lambda value, limit: value == limit,
}

HELP = (
    "Words are looked for in the call's name and id. "
    "is:open, is:warm, is:unheard, is:asking, is:pinned, is:watched, is:unwatched"
    " (by anybody of the team), is:backstage and is:ended ask for a state,"
    " type:livestream for a call type, people>100, heat>=4 and open>0 for a number. "
    "A minus before any of them asks for the opposite: -is:pinned."
)


class CallFilter(Struct, frozen=True):
    """Passes a call that every term passes.

    Attributes:
        tests: one for each term.
        trouble: what of the filter was not understood, in one sentence; "" for nothing. Such a term
            passes every call, so that nothing is hidden by a slip of the keys.
    """

    tests: tuple[Test, ...] = ()
    trouble: str = ""

    def passes(self, facts: CallFacts) -> bool:
        """Whether the call is shown."""
        return all(test(facts) for test in self.tests)


def read_filter(typed: str) -> CallFilter:
    """The filter that ``typed`` means."""
    tests: list[Test] = []
    trouble = ""
    for term in typed[:LONGEST].split():
        negated, bare = (True, term[1:]) if term.startswith("-") and term[1:] else (False, term)
        test, why = _read_term(bare)
        if test is None:
            trouble = trouble or why
        else:
            tests.append(_opposite(test) if negated else test)
    return CallFilter(tuple(tests), trouble)


def _opposite(test: Test) -> Test:
    return lambda facts: not test(facts)


def _read_term(term: str) -> tuple[Test | None, str]:
    """What one term asks for, or None and why it asks for nothing."""
    name, colon, value = term.partition(":")
    if colon and name == "is":
        if value in _IS:
            return _IS[value], ""
        return None, f"“{term}” is not understood; is: goes with {', '.join(_IS)}."
    if colon and name == "type":
        return (lambda facts: facts.call.type.casefold().startswith(value.casefold())), ""
    compared = _COMPARED.fullmatch(term)
    if compared is not None and compared[1] in _NUMBERS:
        number, way, limit = _NUMBERS[compared[1]], _WAYS[compared[2]], float(compared[3])
        return (lambda facts: way(number(facts), limit)), ""
    if re.match(rf"({'|'.join(_NUMBERS)})[<>=]", term):
        return None, f"“{term}” is not understood; a number goes like people>100."
    word = fold(term)
    return (lambda facts: word in fold(f"{facts.call.name} {facts.call.cid}")), ""
