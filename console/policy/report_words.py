"""Judgements as the command line writes them: JSON objects and plain lines."""

from collections.abc import Mapping
from typing import Any

from console.base.plain_text import visible
from console.domain.results import Judgement
from console.domain.verdict import BOUNCE, FLAG, KEEP, MASK, REMOVE, SHADOW, Match
from console.policy.sections import ai_image, ai_text

# The command speaks of what happens to a text; Stream's compound actions are named by what the
# speaker meets first.
_OUTCOMES = {
    KEEP: "keep",
    FLAG: "flag",
    REMOVE: "block",
    SHADOW: "shadow_block",
    BOUNCE: "bounce",
    "bounce_flag": "bounce",
    "bounce_remove": "bounce",
    MASK: "mask",
    "mask_flag": "mask",
}

_SOURCES = dict.fromkeys((ai_text.KIND, ai_image.KIND), "local_classifier")
"""Who found a match, by its kind; a classifier's labels must never pass for Stream's."""


def outcome(action: str) -> str:
    """keep, flag, block, shadow_block, bounce or mask; actions we do not know count as flag."""
    return _OUTCOMES.get(action, "flag")


def as_json(text: str, judgement: Judgement) -> dict[str, Any]:
    """One judgement with exactly the documented keys."""
    return {
        "text": text,
        "action": outcome(judgement.action),
        "severity": judgement.severity.value,
        "matches": [_match(match) for match in judgement.matches],
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "rule": match.rule,
        "kind": match.kind,
        "label": match.label,
        "severity": match.severity.value,
        "action": outcome(match.action),
        "start": match.start,
        "end": match.end,
        "source": _SOURCES.get(match.kind, "local"),
    }


def as_line(text: str, judgement: Judgement) -> str:
    """One judgement for a person to read; the text comes last and cannot deceive."""
    parts = [f"{outcome(judgement.action):<12} {judgement.severity.value:<8}"]
    if judgement.labels:
        parts.append(f"[{', '.join(map(visible, judgement.labels))}] {visible(judgement.why)}")
    parts.append(visible(text))
    return " ".join(parts)


def call_line(found: Mapping[str, Any]) -> str:
    """One violation of a call rule, as a ``CallTally`` lists it, for a person to read."""
    numbers = ", ".join(map(str, found["lines"]))
    lines = f"line {numbers}" if len(found["lines"]) == 1 else f"lines {numbers}"
    actions = ", ".join(found["actions"]) or "nothing"
    return (
        f"{found['call']}: {actions} for {found['speaker']} by “{found['rule']}” "
        f"(violation {found['violation_number']}, {lines})"
    )
