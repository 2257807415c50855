"""Call rules: what is said or shown in a call, counted into violations and actions (STREAM.md 7).

Pure: the state of one person in one session goes in with what was seen, and comes out again.

Where Stream's sources contradict each other or are silent (?): with a time window ``threshold``
hits inside it are one violation, without one so many in a row; after the last sequence the last one
is used again; while a rule cools down hits are counted and nothing is triggered.
"""

from collections.abc import Collection, Mapping
from itertools import accumulate

from msgspec import Struct

from console.domain.verdict import Severity
from console.policy.label import label_key

MAX_HITS = 1_000
"""Hits and violations remembered of one rule for one person; higher thresholds are not reached."""

CAPTION = "closed_caption_rule"
KEY_FRAME = "keyframe_rule"
OCR = "keyframe_ocr_rule"
"""Words that can be read in a frame."""
SEEN = (CAPTION, KEY_FRAME, OCR)
"""What people say and show."""
CALL_TYPE = "call_type"
CALL_PROPERTY = "call_custom_property"
VIOLATION_COUNT = "call_violation_count"


class Condition(Struct, frozen=True, kw_only=True):
    """One condition of a rule. A ``kind`` that is not one of those above never holds.

    Attributes:
        kind: Stream's type.
        labels: which labels are hits, as ``label_key`` has them; any label when empty.
        severity: the least that is a hit. min_confidence: from 0 to 1, the same of what gave the
            label.
        threshold: hits, or violations for VIOLATION_COUNT, that it takes; at least 1.
        time_window: seconds in which they must fall; 0.0: in a row, or in the whole session.
        value: the call type, or the key of the property.
        negated: it holds where it would not.
    """

    kind: str
    labels: frozenset[str] = frozenset()
    severity: Severity = Severity.NONE
    min_confidence: float = 0.0
    threshold: int = 1
    time_window: float = 0.0
    value: str = ""
    negated: bool = False


class Group(Struct, frozen=True):
    """Conditions of which all must hold, or ``any``."""

    conditions: tuple[Condition, ...]
    any: bool = False


class ActionSequence(Struct, frozen=True, kw_only=True):
    """What the violation with this number leads to.

    Attributes:
        violation_number: violations that it takes. actions: in Stream's names.
        time_window: seconds in which the violations must fall; 0.0: in the whole session.
        cooldown_period: seconds in which it is not used again.
    """

    violation_number: int
    actions: tuple[str, ...]
    warning_text: str = ""
    time_window: float = 0.0
    cooldown_period: float = 0.0


class CallRule(Struct, frozen=True, kw_only=True):
    """One rule.

    Attributes:
        groups: all must hold, or ``any``.
        cooldown_period: seconds after a violation in which no other begins.
    """

    name: str
    groups: tuple[Group, ...]
    any: bool = False
    cooldown_period: float = 0.0
    action_sequences: tuple[ActionSequence, ...] = ()


class Observed(Struct, frozen=True, kw_only=True):
    """Something said or shown in a call.

    Attributes:
        kind: one of SEEN. labels: what it was given, by ``label_key``.
        confidence: of labels, from 0 to 1; one that is not there is sure.
        at: seconds. line: what a hit is called in :class:`Triggered`.
        properties: the keys of the call's custom data.
    """

    kind: str
    labels: Mapping[str, Severity]
    at: float
    line: int = 0
    call_type: str = ""
    properties: Collection[str] = ()
    confidence: Mapping[str, float] = {}


class RuleState(Struct, frozen=True):
    """One rule in one session for one person.

    Attributes:
        hits: time and line of those that are not part of a violation, condition by condition.
        violations: so far. violated_at: their times. used_at: of each sequence, 0.0 before.
    """

    hits: tuple[tuple[tuple[float, int], ...], ...] = ()
    violations: int = 0
    violated_at: tuple[float, ...] = ()
    used_at: tuple[float, ...] = ()


NEW = RuleState()


class Triggered(Struct, frozen=True, kw_only=True):
    """A violation. ``lines``: its hits. ``sequence``: which one it runs, from 0; None for none."""

    rule: str
    violation_number: int
    sequence: int | None = None
    actions: tuple[str, ...] = ()
    warning_text: str = ""
    lines: tuple[int, ...] = ()


def observe(rule: CallRule, state: RuleState, seen: Observed) -> tuple[RuleState, Triggered | None]:
    """One thing seen of a person; returns the new state and what it triggered.

    A state may come from an earlier version of the rule: its violations count on.
    """
    conditions = [each for group in rule.groups for each in group.conditions]
    same = len(state.hits) == len(conditions)
    before = state.hits if same else ((),) * len(conditions)
    hits = tuple(
        _hits(condition, known, seen) for condition, known in zip(conditions, before, strict=True)
    )
    met = [
        _met(condition, known, seen, state)
        for condition, known in zip(conditions, hits, strict=True)
    ]
    counted = RuleState(hits, state.violations, state.violated_at, state.used_at)
    cooling = state.violated_at and seen.at < state.violated_at[-1] + rule.cooldown_period
    if cooling or not _holds(rule, met):
        return counted, None
    return _violated(rule, counted, seen.at)


def _violated(rule: CallRule, state: RuleState, at: float) -> tuple[RuleState, Triggered]:
    number = state.violations + 1
    times = (*state.violated_at, at)[-MAX_HITS:]
    same = len(state.used_at) == len(rule.action_sequences)
    used = state.used_at if same else (0.0,) * len(rule.action_sequences)
    due = _due(rule, number, times, at)
    if (
        due is not None
        and used[due]
        and at < used[due] + rule.action_sequences[due].cooldown_period
    ):
        due = None
    sequence = None
    if due is not None:
        sequence = rule.action_sequences[due]
        used = (*used[:due], at, *used[due + 1 :])
    lines = sorted({line for known in state.hits for _, line in known})
    return RuleState((), number, times, used), Triggered(
        rule=rule.name,
        violation_number=number,
        sequence=due,
        actions=sequence.actions if sequence else (),
        warning_text=sequence.warning_text if sequence else "",
        lines=tuple(lines),
    )


def _due(rule: CallRule, number: int, times: tuple[float, ...], at: float) -> int | None:
    """Which sequence a violation runs: of those reached the one that takes the most."""
    reached = [
        place
        for place, each in enumerate(rule.action_sequences)
        if (_within(times, each.time_window, at) if each.time_window else number)
        >= each.violation_number
    ]
    return max(
        reached, key=lambda place: rule.action_sequences[place].violation_number, default=None
    )


def _hits(
    condition: Condition, known: tuple[tuple[float, int], ...], seen: Observed
) -> tuple[tuple[float, int], ...]:
    if condition.kind != seen.kind or condition.kind not in SEEN:
        return known
    window = condition.time_window
    if not _harmful(condition, seen):
        return known if window else ()
    now = (*known, (seen.at, seen.line))
    if window:
        now = tuple(hit for hit in now if hit[0] > seen.at - window)
    return now[-MAX_HITS:]


def _harmful(condition: Condition, seen: Observed) -> bool:
    return any(
        severity.rank >= condition.severity.rank
        and seen.confidence.get(label, 1.0) >= condition.min_confidence
        for label, severity in seen.labels.items()
        if not condition.labels or label in condition.labels
    )


def _met(
    condition: Condition,
    hits: tuple[tuple[float, int], ...],
    seen: Observed,
    state: RuleState,
) -> bool:
    if condition.kind in SEEN:
        # Only what is seen now can complete it.
        now = condition.kind == seen.kind and _harmful(condition, seen)
        return now and len(hits) >= max(1, condition.threshold)
    if condition.kind == CALL_TYPE:
        return (condition.value == seen.call_type) != condition.negated
    if condition.kind == CALL_PROPERTY:
        return (condition.value in seen.properties) != condition.negated
    if condition.kind == VIOLATION_COUNT:
        window = condition.time_window
        known = _within(state.violated_at, window, seen.at) if window else state.violations
        return known >= max(1, condition.threshold)
    return False  # a type that only a newer Stream knows


def _within(times: tuple[float, ...], window: float, at: float) -> int:
    return sum(time > at - window for time in times)


def _holds(rule: CallRule, met: list[bool]) -> bool:
    ends = list(accumulate(len(group.conditions) for group in rule.groups))
    parts = [
        (any if group.any else all)(met[end - len(group.conditions) : end])
        for group, end in zip(rule.groups, ends, strict=True)
        if group.conditions
    ]
    return bool(parts) and (any if rule.any else all)(parts)


def labelled(labels: Mapping[str, Severity]) -> dict[str, Severity]:
    """``labels`` by ``label_key``, the gravest severity of each."""
    out: dict[str, Severity] = {}
    for label, severity in labels.items():
        key = label_key(label)
        if key not in out or severity.rank > out[key].rank:
            out[key] = severity
    return out
