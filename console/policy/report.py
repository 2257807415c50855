"""Judgements and results as the command line writes them: plain lines, JSON objects, CSV."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.base.csv_line import csv_line
from console.base.plain_text import visible
from console.domain.results import CallAction, Judgement
from console.domain.stage_words import short_reason
from console.domain.stages import gap_in_meaning
from console.domain.verdict import BOUNCE, FLAG, KEEP, MASK, REMOVE, SHADOW, Match
from console.policy.inputs.texts import TextRow

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
    """``earlier`` is there where a match begins in lines before: their lines of the file."""
    earlier = [
        {"line": int(each.item), "start": each.start, "end": each.end} for each in match.earlier
    ]
    return {
        "rule": match.rule,
        "kind": match.kind,
        "label": match.label,
        "severity": match.severity.value,
        "action": outcome(match.action),
        "start": match.start,
        "end": match.end,
        "source": "local_classifier" if match.by_classifier else "local",
        **({"earlier": earlier} if earlier else {}),
    }


def as_line(text: str, judgement: Judgement) -> str:
    """One judgement for a person to read; the text comes last and cannot deceive."""
    parts = [f"{outcome(judgement.action):<12} {judgement.severity.value:<8}"]
    if judgement.labels:
        parts.append(f"[{', '.join(map(visible, judgement.labels))}] {visible(judgement.why)}")
    gap = gap_in_meaning(judgement.looked, judgement.not_looked)
    if gap is not None:
        parts.append(f"(not judged: {short_reason(gap)})")
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


_COLUMNS = ("line", "action", "severity", "labels", "rule", "why", "text")


class ResultLines:
    """Lines of a file with this ``suffix``: JSON lines or, for any other, CSV.

    ``spoken``: the texts have speakers or times, so CSV has columns for them, and ``calls``: the
    policy has call rules, so it has one for what they would have done. A line of JSON has them only
    where there is something to say.
    """

    def __init__(self, suffix: str, *, calls: bool, spoken: bool = False) -> None:
        self._json = suffix.lower() in (".jsonl", ".ndjson", ".json")
        self._calls = calls
        self._spoken = spoken

    def head(self) -> str:
        """What comes before the first result."""
        if self._json:
            return ""
        columns = [*_COLUMNS]
        columns += ["call_actions"] if self._calls else []
        columns += ["speaker", "at"] if self._spoken else []
        return csv_line(columns)

    def line(self, row: TextRow, judgement: Judgement, actions: Sequence[CallAction]) -> str:
        """One result."""
        if self._json:
            result = {"line": row.line, **as_json(row.text, judgement)}
            if row.speaker:
                result["speaker"] = row.speaker
            if row.at:
                result["at"] = row.at
            if actions:
                result["call_actions"] = [name for each in actions for name in each.actions]
            return json.dumps(result) + "\n"
        cells: list[object] = [
            row.line,
            outcome(judgement.action),
            judgement.severity.value,
            "; ".join(judgement.labels),
            judgement.rule,
            judgement.why,
            row.text,
        ]
        if self._calls:
            cells.append("; ".join(name for each in actions for name in each.actions))
        if self._spoken:
            cells += [row.speaker, row.at or ""]
        return csv_line(cells)
