"""What the act log shows, as CSV. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime

from console.base.csv_line import csv_line
from console.ui.acts.act_row import ActRowWords

COLUMNS = (
    *("time (UTC)", "by", "whose", "act", "people", "ids", "call", "cid", "outcome"),
    *("reason", "receipt", "act id"),
)


def csv_text(rows: Iterable[ActRowWords]) -> str:
    """The rows with a header; no cell is run as a formula."""
    return csv_line(COLUMNS) + "".join(csv_line(_cells(row)) for row in rows)


def _cells(row: ActRowWords) -> tuple[str, ...]:
    at = datetime.fromtimestamp(row.at, UTC).isoformat(timespec="milliseconds")
    return (
        *(at.replace("+00:00", "Z"), row.by, row.whose, row.act, row.people, row.ids),
        *(row.call, row.cid, row.outcome, row.reason, row.receipt, row.act_id),
    )
