"""One line of CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV. Cells that a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    # With both ends of line as the terminator, both are quoted inside of a cell.
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue().removesuffix("\r\n") + "\n"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
