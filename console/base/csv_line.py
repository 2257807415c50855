"""One line of CSV that no spreadsheet takes for a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

_STARTERS = frozenset("=+-@\N{MINUS SIGN}\t\r\n")
"""Signs that begin a formula; their full-width, small and raised forms fold to them (NFKC)."""
_BLANK = re.compile(
    "[\\s\0-\x20\x7f-\xa0\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)
"""What shows nothing: spreadsheets and the programs before them may leave it out."""
_WITHIN = re.compile(r"(?<=[;|\t])(?=[^;|\t(!]{0,200}[(|!])")
"""Where a spreadsheet that expects another sign between columns would begin a cell that can act."""


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV. Cells that a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    # With both ends of line as the terminator, both are quoted inside of a cell.
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue().removesuffix("\r\n") + "\n"


def _harmless(cell: str) -> str:
    led = _BLANK.match(cell)
    after = led.end() if led else 0

    def parted(at: re.Match[str]) -> str:
        return "'" if at.end() > after and _begins(cell, at.end()) else ""

    safe = _WITHIN.sub(parted, cell) if any(sign in cell for sign in ";|\t") else cell
    return f"'{safe}" if _begins(cell, 0) else safe


def _begins(cell: str, at: int) -> bool:
    """Whether a formula begins at ``at``, perhaps behind signs that show nothing."""
    blank = _BLANK.match(cell, at)
    first = blank.end() if blank else at
    if first > at and cell[at] in "\t\r\n" and at == 0:
        return True
    char = cell[first : first + 1]
    return bool(char) and unicodedata.normalize("NFKC", char)[:1] in _STARTERS
