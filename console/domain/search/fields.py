"""The keys of a query: what each asks for and which values it takes. One table."""

import operator
from enum import StrEnum

from msgspec import Struct

from console.domain.acts.table import ACTS
from console.domain.search.moments import FORMS
from console.domain.search.tokens import squeezed
from console.domain.verdict import ACTIONS, Severity


class Kind(StrEnum):
    """What a hit is."""

    CAPTION = "caption"
    MESSAGE = "message"
    FRAME = "frame"
    PICTURE = "picture"
    NAME = "name"
    ACT = "act"
    NOTE = "note"


TYPES = {
    "caption": Kind.CAPTION,
    "line": Kind.CAPTION,
    "message": Kind.MESSAGE,
    "chat": Kind.MESSAGE,
    "frame": Kind.FRAME,
    "picture": Kind.PICTURE,
    "name": Kind.NAME,
    "act": Kind.ACT,
    "note": Kind.NOTE,
}
"""The values of ``type:``."""

COMPARISONS = (">=", "<=", ">", "<", "=")


def severities(value: str) -> tuple[Severity, ...]:
    """Those that ``>=high`` or ``high`` names; none where it names none."""
    sign = next((each for each in COMPARISONS if value.startswith(each)), "")
    name = value[len(sign) :].strip().casefold()
    if name not in list(Severity):
        return ()
    limit = Severity(name).rank
    holds = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
    test = holds.get(sign, operator.eq)
    return tuple(each for each in Severity if test(each.rank, limit))


ACT_WORDS = frozenset(
    word for spec in ACTS for word in (*spec.kind.split("_"), squeezed(spec.kind))
)
"""What ``act:`` understands: each part of the name of an act, and the whole."""


class Field(Struct, frozen=True):
    """One key.

    Attributes:
        help: what it asks for, in a few words.
        expected: what has to follow it, in a sentence's end: "a name or an id".
        values: those that are known beforehand; others come from the store.
    """

    key: str
    help: str
    expected: str
    values: tuple[str, ...] = ()

    def takes(self, value: str) -> bool:
        """Whether ``value`` can be asked for."""
        match self.key:
            case "type":
                return value.casefold() in TYPES
            case "severity":
                return bool(severities(value))
            case "act":
                return squeezed(value) in ACT_WORDS
            case "action" | "label":
                return bool(squeezed(value))
            case _:
                return True


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + f" or {values[-1]}"


_SEVERITIES = tuple(Severity)

FIELDS: tuple[Field, ...] = (
    Field("from", "who said it, or whom it is about", "a name or an id"),
    Field("call", "in which call", "the name or the id of a call"),
    Field("type", "what it is", _listed(tuple(TYPES)), tuple(TYPES)),
    Field("label", "what a verdict found", "a label, such as self_harm"),
    Field("reason", "why a verdict raised it, or an act was done", "a word of the reason"),
    Field(
        "severity",
        "how grave a verdict found it",
        f"{_listed(_SEVERITIES)}, or >=high and the like",
        (*_SEVERITIES, ">=medium", ">=high"),
    ),
    Field("action", "what a verdict recommends", "an action, such as remove", ACTIONS),
    Field(
        "act",
        "what a moderator did",
        "the name of an act, such as ban, mute or kick",
        tuple(dict.fromkeys(spec.kind for spec in ACTS)),
    ),
    Field("by", "which moderator, or automation", "the name or the id of a moderator"),
    Field("after", "from then on", FORMS, ("today", "yesterday", "1h", "24h", "7d")),
    Field("before", "until then", FORMS, ("today", "yesterday", "1h", "24h", "7d")),
    Field("regex", "a pattern, in linear time (RE2)", 'a pattern, such as regex:"kill|die"'),
)

BY_KEY = {field.key: field for field in FIELDS}
