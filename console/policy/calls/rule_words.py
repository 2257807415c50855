"""A call rule of Stream in plain words. Pure."""

from console.domain.verdict import Severity
from console.policy.calls.rules import (
    CALL_PROPERTY,
    CALL_TYPE,
    CAPTION,
    KEY_FRAME,
    OCR,
    VIOLATION_COUNT,
    CallRule,
    Condition,
)

_SHOWN = {CAPTION: "a caption", KEY_FRAME: "a frame", OCR: "words in a frame"}


def summary(rule: CallRule) -> str:
    """``3 times in 60 s a caption with INSULT: violation 1: warning, mute_audio``."""
    groups = [
        (" or " if group.any else " and ").join(map(_condition, group.conditions))
        for group in rule.groups
        if group.conditions
    ]
    when = (" or " if rule.any else " and ").join(groups) or "never: it has no conditions or is off"
    steps = [
        f"violation {each.violation_number}: {', '.join(each.actions) or 'nothing'}"
        + (f" “{each.warning_text}”" if each.warning_text else "")
        for each in rule.action_sequences
    ]
    pause = f", then {rule.cooldown_period:.0f} s pause" if rule.cooldown_period else ""
    return f"{when} → {'; '.join(steps) or 'nothing'}{pause}"


def _condition(condition: Condition) -> str:
    no = "not " if condition.negated else ""
    times = f"{condition.threshold} times" if condition.threshold > 1 else "once"
    window = f" in {condition.time_window:.0f} s" if condition.time_window else ""
    match condition.kind:
        case kind if kind in _SHOWN:
            labels = (
                f" with {' or '.join(sorted(each.upper() for each in condition.labels))}"
                if condition.labels
                else ""
            )
            grave = condition.severity
            least = f", {grave.value} or graver" if grave is not Severity.NONE else ""
            sure = condition.min_confidence
            least += f", at least {sure:.0%} sure" if sure else ""
            in_a_row = " in a row" if condition.threshold > 1 and not window else ""
            return f"{times}{in_a_row}{window} {_SHOWN[kind]}{labels}{least}"
        case kind if kind == CALL_TYPE:
            return f"{no}in calls of type {condition.value}"
        case kind if kind == CALL_PROPERTY:
            return f"{no}in calls with the property {condition.value}"
        case kind if kind == VIOLATION_COUNT:
            return f"after {condition.threshold} violations{window}"
    return f"{condition.kind or 'a condition without a type'}, which is not read here"
