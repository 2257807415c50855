"""The log as CSV, to be read in a spreadsheet. It cannot be checked: JSON lines can."""

import json
from datetime import UTC, datetime

from console.audit.rows import FoundRow
from console.base.csv_line import csv_line
from console.base.plain_text import visible

HEADER = csv_line(
    (
        "row",
        "time (UTC)",
        "app",
        "what",
        "by",
        "people",
        "names",
        "facts",
        "texts",
        "erased",
        "hash",
    )
)


def csv_row(row: FoundRow) -> str:
    """A row that was checked, as one line of CSV in which no cell is run as a formula."""
    body = json.loads(str(row.body))
    texts = [json.loads(str(text.text)) for text in row.texts if text.text is not None]

    def those(*kinds: str) -> str:
        return ", ".join(visible(each["text"]) for each in texts if each["what"] in kinds)

    others = [
        f"{each['what']}: {visible(each['text'])}"
        for each in texts
        if each["what"] not in ("person", "name")
    ]
    facts = [f"{name}: {visible(fact)}" for name, fact in body["facts"].items()]
    at = datetime.fromtimestamp(body["at_ms"] / 1000, UTC)
    return csv_line(
        (
            row.place,
            at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            visible(body["app"]),
            body["kind"],
            visible(body["by"]),
            those("person"),
            those("name"),
            " / ".join(facts),
            " / ".join(others),
            sum(text.text is None for text in row.texts),
            row.hash,
        )
    )
