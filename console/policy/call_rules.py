"""Call rules: violations in a session counted into actions (STREAM.md 7). Pure.

Where Stream's sources contradict each other: with a time window ``threshold`` hits inside it are
one violation, without one so many in a row. After the last sequence the last one is used again.
"""

from collections.abc import Collection

from msgspec import Struct

MOST_HITS = 1_000


class ActionSequence(Struct, frozen=True, kw_only=True):
    """What the violation with this number leads to; ``actions`` in Stream's names."""

    violation_number: int
    actions: tuple[str, ...]
    warning_text: str = ""


class CallRule(Struct, frozen=True, kw_only=True):
    """One rule for what is said in a call.

    Attributes:
        harm_labels: which labels count; compared without case.
        threshold: hits that make one violation, at least 1.
        time_window: seconds in which they must fall; 0.0 means one after the other.
        cooldown_period: seconds after a violation in which no other begins.
    """

    name: str
    harm_labels: tuple[str, ...]
    threshold: int = 1
    time_window: float = 0.0
    cooldown_period: float = 0.0
    action_sequences: tuple[ActionSequence, ...] = ()


class RuleState(Struct, frozen=True):
    """One rule in one session for one speaker.

    Attributes:
        hits: unix seconds of the hits that are not yet part of a violation.
        violations: so far. violated_at: the last one, 0.0 before the first.
    """

    hits: tuple[float, ...] = ()
    violations: int = 0
    violated_at: float = 0.0


class Triggered(Struct, frozen=True, kw_only=True):
    """A rule that fired."""

    rule: str
    violation_number: int
    actions: tuple[str, ...]
    warning_text: str = ""


def observe(
    rule: CallRule, state: RuleState, labels: Collection[str], at: float
) -> tuple[RuleState, Triggered | None]:
    """One caption judged at ``at`` with ``labels``; returns the new state and what fired."""
    wanted = {label.casefold() for label in rule.harm_labels}
    hit = any(label.casefold() in wanted for label in labels)
    if not hit:
        consecutive = not rule.time_window
        return (_without_hits(state) if consecutive and state.hits else state), None
    if state.violations and at < state.violated_at + rule.cooldown_period:
        return state, None
    hits = (*state.hits, at)
    if rule.time_window:
        hits = tuple(time for time in hits if time > at - rule.time_window)
    if len(hits) < max(1, rule.threshold):
        return RuleState(hits[-MOST_HITS:], state.violations, state.violated_at), None
    number = state.violations + 1
    sequence = _sequence(rule, number)
    triggered = Triggered(
        rule=rule.name,
        violation_number=number,
        actions=sequence.actions if sequence else (),
        warning_text=sequence.warning_text if sequence else "",
    )
    return RuleState((), number, at), triggered


def _without_hits(state: RuleState) -> RuleState:
    return RuleState((), state.violations, state.violated_at)


def _sequence(rule: CallRule, number: int) -> ActionSequence | None:
    """The sequence for violation ``number``, or the last one below it."""
    reached = [each for each in rule.action_sequences if each.violation_number <= number]
    return max(reached, key=lambda each: each.violation_number, default=None)
