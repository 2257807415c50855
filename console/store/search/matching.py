"""A query as an expression of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax)."""

from collections.abc import Iterable, Sequence

from console.domain.search.fields import TYPES, Kind, severities
from console.domain.search.query import REASON, REGEX, WORDS, Clause, Query
from console.domain.search.tokens import squeezed
from console.domain.verdict import KEEP, Severity
from console.store.search.entries import RAISED, app_mark, kind_mark

_COLUMNS = {WORDS: "words", "from": "who", "call": "spot", "by": "doer"}
NEVER_JUDGED = (Kind.ACT, Kind.NOTE)
LEAST_PREFIX = 2
"""Letters of a word that may go on; a shorter one is taken for whole."""


def expression(query: Query, apps: Sequence[int]) -> str:
    """What FTS5 is asked; ``apps``: those that are searched, at least one."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for clause in query.clauses:
        if clause.key == REGEX:
            continue
        asked, turned = _clause(clause)
        if asked:
            (unwanted if clause.negated != turned else wanted).append(asked)
    if not wanted:
        wanted.append(_any(app_mark(app) for app in apps))
    return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])


def _clause(clause: Clause) -> tuple[str, bool]:
    """What is asked for, and whether it is the opposite that has to hold."""
    match clause.key:
        case "type":
            kind = TYPES.get(clause.value.casefold())
            if kind is None:
                kinds = (each for name, each in TYPES.items() if name.startswith(clause.value))
                return _any(map(kind_mark, dict.fromkeys(kinds))) or _NOTHING, False
            return _any([kind_mark(kind)]), False
        case "severity":
            return _severity(severities(clause.value))
        case "action":
            plain = squeezed(clause.value)
            if plain == KEEP:
                return _any([RAISED, *map(kind_mark, NEVER_JUDGED)]), True
            return _mark("a", plain, prefix=clause.prefix), False
        case "label":
            return _mark("l", squeezed(clause.value), prefix=clause.prefix), False
        case "act":
            return _mark("d", squeezed(clause.value), prefix=clause.prefix), False
        case key if key == REASON:
            # The reason of an act is what its moderator wrote, so that it stands with the words.
            phrase, acts = _phrase(clause), _any([kind_mark(Kind.ACT)])
            return f"((why : {phrase}) OR ((words : {phrase}) AND {acts}))", False
        case key:
            return f"({_COLUMNS[key]} : {_phrase(clause)})", False


def _severity(wanted: Sequence[Severity]) -> tuple[str, bool]:
    if not wanted:
        return _NOTHING, False
    if Severity.NONE in wanted:
        others = [each for each in Severity if each not in wanted]
        return _any(f"s{each.rank}" for each in others), True
    return _any(f"s{each.rank}" for each in wanted), False


def _phrase(clause: Clause) -> str:
    phrase = clause.phrase
    last = phrase[-1]
    # A character of a script without spaces begins a token wherever it stands.
    goes_on = last.last or (clause.prefix and (last.run or len(last.word) >= LEAST_PREFIX))
    return f'"{" ".join(token.word for token in phrase)}"' + ("*" if goes_on else "")


def _any(marks: Iterable[str]) -> str:
    asked = " OR ".join(f'"{mark}"' for mark in marks)
    return f"(marks : ({asked}))" if asked else ""


def _mark(letter: str, value: str, *, prefix: bool) -> str:
    return f'(marks : "{letter}{value}"{"*" if prefix else ""})'


_NOTHING = '(marks : "nothing")'
"""What no entry has."""
