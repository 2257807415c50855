"""The log as JSON lines: how it is exported, and how it is read again to be checked.

Each line is JSON in the same fixed form as a row's body, so that not one byte of the file is free.
The last line says how many rows there are: it shows a file that was cut.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from console.audit.rows import FoundRow, FoundText, UnreadableRowError
from console.base.errors import WorldError

MAX_LINE = 64 << 20
"""Bytes of one line: an act on a crowd names everybody."""
_ROW_KEYS = {"row", "hash", "people"}
_BEGINS = (b'{"hash":', b'{"rows":')
_TEXT_KEYS = {"hash", "salt", "text", "erased_by"}


def line_of(row: FoundRow) -> str:
    """A row that was checked, as one line with its end."""
    texts = [
        {
            "hash": text.hash,
            "salt": text.salt,
            "text": json.loads(str(text.text)) if text.text is not None else None,
            "erased_by": text.erased_by,
        }
        for text in row.texts
    ]
    return _line({"row": json.loads(str(row.body)), "hash": row.hash, "people": texts})


def last_line(rows: int) -> str:
    """The line after the rows."""
    return _line({"rows": rows})


def looks_exported(path: Path) -> bool:
    """Whether a file begins as an exported log does, one line of it changed or not.

    Raises:
        WorldError: the file cannot be read.
    """
    return any(line.startswith(_BEGINS) for line in islice(_lines(path), 3))


def rows_in(path: Path) -> Iterator[FoundRow]:
    """The rows of an exported log in order.

    Raises:
        UnreadableRowError: a line is not as it was exported, or the last one is missing.
        WorldError: the file cannot be read.
    """
    count, ended = 0, False
    for number, line in enumerate(_lines(path), start=1):
        document = _document(line, number)
        if ended:
            raise UnreadableRowError(count, "Something stands behind the last line.")
        if document.keys() == _ROW_KEYS:
            count += 1
            yield _row(document, number)
        elif document != {"rows": count} or document["rows"] is True:
            raise UnreadableRowError(count + 1, "The last line says that there are other rows.")
        else:
            ended = True
    if not ended:
        raise UnreadableRowError(count + 1, "The last line is missing: the file was cut.")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE):
                yield line
    except OSError as error:
        raise WorldError(f"{path} could not be read: {error.strerror}.") from error


def _row(document: dict[str, Any], number: int) -> FoundRow:
    row, people = document["row"], document["people"]
    shaped = isinstance(row, dict) and isinstance(people, list)
    if not shaped or not all(isinstance(p, dict) and p.keys() == _TEXT_KEYS for p in people):
        raise UnreadableRowError(number, "This line is no row.")
    texts = tuple(
        FoundText(
            each["hash"],
            each["salt"],
            _canonical(each["text"]) if each["text"] is not None else None,
            each["erased_by"],
            each["text"].get("who") if isinstance(each["text"], dict) else None,
        )
        for each in people
    )
    return FoundRow(row.get("n"), _canonical(row), document["hash"], texts)


def _document(line: bytes, number: int) -> dict[str, Any]:
    try:
        text = line.decode("ascii")
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRowError(number, "This line was changed: it cannot be read.") from error
    if not isinstance(document, dict) or _line(document) != text:
        raise UnreadableRowError(number, "This line was changed: it is not in the log's form.")
    return document


def _line(document: Any) -> str:
    return _canonical(document) + "\n"


def _canonical(document: Any) -> str:
    return json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
