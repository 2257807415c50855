"""Labels of moderators as lines of files: JSON for programs, CSV for spreadsheets."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from console.base.csv_line import csv_line
from console.domain.given_label import GivenLabel

COLUMNS = (
    "item_id",
    "kind",
    "call",
    "text",
    "language",
    "says",
    "label",
    "by",
    "at",
    "policy",
    "action",
    "labels",
    "severity",
    "confidence",
    "source",
    "rule",
    "local_action",
    "local_labels",
    "local_confidence",
    "revision",
)
"""What is exported of a label; who said the line is not."""

_encode = msgspec.json.Encoder().encode


def row_of(given: GivenLabel) -> dict[str, Any]:
    """One label, by COLUMNS."""
    stands, local = given.verdict, given.local
    return dict(
        zip(
            COLUMNS,
            (
                given.item_id,
                given.kind,
                given.cid,
                given.text,
                given.language,
                given.says.value,
                given.label,
                given.by,
                given.at,
                given.policy,
                stands.action,
                list(stands.labels),
                stands.severity.value,
                stands.confidence,
                stands.source.value,
                stands.rule,
                local.action if local is not None else None,
                list(local.labels) if local is not None else None,
                local.confidence if local is not None else None,
                given.revision,
            ),
            strict=True,
        )
    )


def json_lines(labels: Iterable[GivenLabel]) -> Iterator[str]:
    """One JSON object a line."""
    for each in labels:
        yield _encode(row_of(each)).decode() + "\n"


def csv_lines(labels: Iterable[GivenLabel]) -> Iterator[str]:
    """CSV with a head; no cell is a formula."""
    yield csv_line(COLUMNS)
    for each in labels:
        yield csv_line(map(_cell, row_of(each).values()))


def _cell(value: object) -> object:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else value
