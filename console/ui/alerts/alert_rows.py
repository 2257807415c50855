"""Which raised items alert, and how: by call, rule, label or severity. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from console.domain.raised import RaisedItem
from console.domain.verdict import Severity


class Way(StrEnum):
    """How an alert reaches somebody."""

    SOUND = "sound"
    ATTENTION = "attention"
    NOTIFICATION = "notification"


WAYS = frozenset(Way)
NO_WAY: frozenset[Way] = frozenset()


class Subject(StrEnum):
    """What a row is about, the one that counts most first."""

    CALL = "call"
    RULE = "rule"
    LABEL = "label"
    SEVERITY = "severity"


class RowKey(Struct, frozen=True):
    """One row: what it is about, and which one of these (a cid, or a name)."""

    subject: Subject
    name: str

    @property
    def text(self) -> str:
        """As the settings keep it."""
        return f"{self.subject}:{self.name}"


Rows = Mapping[RowKey, frozenset[Way]]


def read_rows(kept: Mapping[str, object]) -> dict[RowKey, frozenset[Way]]:
    """The rows as the settings keep them; what is not understood is left out."""
    rows: dict[RowKey, frozenset[Way]] = {}
    for text, ways in kept.items():
        subject, _, name = text.partition(":")
        if subject in set(Subject) and name and isinstance(ways, list):
            known = frozenset(Way(each) for each in ways if each in set(Way))
            rows[RowKey(Subject(subject), name)] = known
    return rows


def write_rows(rows: Rows) -> dict[str, list[str]]:
    """The rows for the settings."""
    return {key.text: [str(way) for way in Way if way in ways] for key, ways in rows.items()}


def keys_of(raised: RaisedItem) -> dict[Subject, tuple[RowKey, ...]]:
    """The rows that a raised item could have, whether or not they exist."""
    verdict = raised.verdict
    rules = dict.fromkeys((verdict.rule, *(match.rule for match in verdict.matches)))
    # An action that asks for a look without saying how grave it is counts as the least grave.
    severity = Severity.LOW if verdict.severity is Severity.NONE else verdict.severity
    return {
        Subject.CALL: (RowKey(Subject.CALL, raised.item.cid),),
        Subject.RULE: tuple(RowKey(Subject.RULE, rule) for rule in rules if rule),
        Subject.LABEL: tuple(RowKey(Subject.LABEL, label) for label in verdict.labels if label),
        Subject.SEVERITY: (RowKey(Subject.SEVERITY, severity.value),),
    }


def ways_for(raised: RaisedItem, rows: Rows, snoozed: "Snoozes", now: float) -> frozenset[Way]:
    """How ``raised`` alerts now. The row of its call counts before those of its rule, and so on.

    Where it has several labels or rules, each with a row, it alerts in every way of any of them.
    """
    keys = keys_of(raised)
    if any(snoozed.holds(key, now) for found in keys.values() for key in found):
        return NO_WAY
    for subject in Subject:
        found = [rows[key] for key in keys[subject] if key in rows]
        if found:
            wanted = NO_WAY.union(*found)
            return frozenset(way for way in wanted if not snoozed.holds(way, now))
    return NO_WAY


class Snoozes:
    """What is silent for a while: a row, or one of the ways. Times are unix seconds."""

    def __init__(self) -> None:
        self._until: dict[RowKey | Way, float] = {}

    def snooze(self, what: RowKey | Way, until: float) -> None:
        """Be silent about ``what`` until then; a time that is over ends it."""
        self._until[what] = until

    def holds(self, what: RowKey | Way, now: float) -> bool:
        """Whether ``what`` is silent now."""
        return self._until.get(what, 0.0) > now

    def running(self, now: float) -> dict[RowKey | Way, float]:
        """What is silent now, and until when."""
        self._until = {what: until for what, until in self._until.items() if until > now}
        return dict(self._until)

    def end(self, what: RowKey | Way) -> None:
        """Be silent about ``what`` no longer."""
        self._until.pop(what, None)
