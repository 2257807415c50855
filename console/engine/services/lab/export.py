"""A run written to a file: CSV for spreadsheets, JSON lines for programs, HTML for people."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from console.base.csv_line import csv_line
from console.base.errors import WorldError
from console.base.whole_file import written_whole
from console.domain.results import Judgement
from console.engine.services.lab.html_report import html_report
from console.engine.services.lab.selection import Selection
from console.policy.report import outcome
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import Exported, ExportFormat, ExportRun, RunRow

_encode = msgspec.json.Encoder().encode

_JUDGEMENT = ("action", "severity", "labels", "rule", "why")
COLUMNS = (
    "index",
    "line",
    "call",
    "speaker",
    "at",
    "text",
    "true_labels",
    *(f"a_{name}" for name in _JUDGEMENT),
    *(f"b_{name}" for name in _JUDGEMENT),
    "flip",
    "said",
    "acts",
    "a_call_actions",
    "b_call_actions",
)


def export(request: ExportRun, selection: Selection, finished: RunFinished | None) -> Exported:
    """Write the file; a file that is there is replaced only when the new one is whole."""
    path = Path(request.path)
    count = [0]
    try:
        with written_whole(path) as write:
            for piece in _pieces(request, _counted(selection.each(request.only), count), finished):
                write(piece)
    except WorldError as error:
        return Exported(request.request_id, request.path, sentence=error.sentence)
    return Exported(request.request_id, request.path, count[0])


def _counted(rows: Iterable[RunRow], count: list[int]) -> Iterator[RunRow]:
    for row in rows:
        count[0] += 1
        yield row


def _pieces(
    request: ExportRun, rows: Iterator[RunRow], finished: RunFinished | None
) -> Iterator[str]:
    match request.format:
        case ExportFormat.JSON_LINES:
            for row in rows:
                yield _encode(row).decode() + "\n"
        case ExportFormat.CSV:
            yield csv_line(COLUMNS)
            for row in rows:
                yield csv_line(cells(row))
        case ExportFormat.HTML:
            yield from html_report(rows, finished)


def cells(row: RunRow) -> tuple[object, ...]:
    """One row in the order of COLUMNS."""
    return (
        row.index,
        row.line or "",
        row.call,
        row.speaker,
        row.at or "",
        row.text,
        "; ".join(row.labels or ()),
        *_of(row.a),
        *(_of(row.b) if row.b is not None else ("",) * len(_JUDGEMENT)),
        row.flip.value if row.b is not None else "",
        outcome(row.said) if row.said else "",
        "; ".join(f"{act.kind} (taken back)" if act.undone else act.kind for act in row.acts),
        "; ".join(row.call_actions),
        "; ".join(row.call_actions_b),
    )


def _of(judgement: Judgement) -> tuple[str, ...]:
    return (
        outcome(judgement.action),
        judgement.severity.value,
        "; ".join(judgement.labels),
        judgement.rule,
        judgement.why,
    )
