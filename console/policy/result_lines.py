"""The results of ``policy run``, a line a text: CSV for spreadsheets, JSON lines for programs."""

import json
from collections.abc import Sequence

from console.base.csv_line import csv_line
from console.domain.results import CallAction, Judgement
from console.policy.report_words import as_json, outcome
from console.policy.texts import TextRow

_COLUMNS = ("line", "action", "severity", "labels", "rule", "why", "text")


class ResultLines:
    """Lines of a file with this ``suffix``: JSON lines or, for any other, CSV.

    ``calls``: the policy has call rules, so CSV has a column for what they would have done. A line
    of JSON has ``call_actions`` only where they would have done something.
    """

    def __init__(self, suffix: str, *, calls: bool) -> None:
        self._json = suffix.lower() in (".jsonl", ".ndjson", ".json")
        self._calls = calls

    def head(self) -> str:
        """What comes before the first result."""
        if self._json:
            return ""
        return csv_line((*_COLUMNS, "call_actions") if self._calls else _COLUMNS)

    def line(self, row: TextRow, judgement: Judgement, actions: Sequence[CallAction]) -> str:
        """One result."""
        if self._json:
            result = {"line": row.line, **as_json(row.text, judgement)}
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
        return csv_line(cells)
