"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): the first sheet that holds something."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from console.base.errors import WorldError
from console.policy.inputs.table_rows import TableRow, read_table
from console.policy.inputs.text_row import BadRow
from console.policy.inputs.understood import Asked, Reading, Understood

MAX_BYTES = 64 << 20
MAX_UNPACKED = 512 << 20
"""Bytes of a workbook, and of what is packed in it: a sheet is held in memory."""


def read_spreadsheet(file: BinaryIO, size: int, asked: Asked) -> Reading:
    """The texts of a workbook.

    Raises:
        WorldError: it is too large, protected or damaged.
    """
    if size > MAX_BYTES or _unpacked(file) > MAX_UNPACKED:
        raise WorldError(
            f"A workbook of more than {MAX_BYTES >> 20} MB, or {MAX_UNPACKED >> 20} MB unpacked, "
            "is not read.",
            "Save the sheet as CSV.",
        )
    if other := _other_kind(file):
        raise WorldError(
            f"The file is {other}, not a workbook.", "Save its text as a file of text."
        )
    file.seek(0)
    try:
        book = load_workbook(file)
        name, rows = _first_sheet(book)
    except (CalamineError, OSError, ValueError) as error:
        raise WorldError(f"The workbook could not be read: {_plain(error)}.") from error
    form = f"the sheet “{name}” of a workbook"
    names, before = _header(rows)
    if not names:
        return Reading(Understood(form=form), iter([BadRow(1, "the workbook is empty.")]))
    return read_table(form, names, _rows(names, rows, before), asked)


def _header(rows: Iterator[Sequence[object]]) -> tuple[list[str], int]:
    """The names of the columns and their line; a title or blank rows may stand above them."""
    for number, row in enumerate(rows, 1):
        names = [str(cell).strip() for cell in row]
        if sum(map(bool, names)) >= min(2, len(names)):
            return names, number
    return [], 0


def _first_sheet(book: CalamineWorkbook) -> tuple[str, Iterator[Sequence[object]]]:
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            return name, iter(sheet.to_python(skip_empty_area=False))
    return "", iter(())


def _rows(
    names: Sequence[str], rows: Iterator[Sequence[object]], before: int
) -> Iterator[TableRow]:
    for number, row in enumerate(rows, before + 1):
        if any(cell != "" for cell in row):
            cells = dict(zip_longest(names, row[: len(names)], fillvalue=""))
            yield TableRow(number, {name: _cell(cell) for name, cell in cells.items()})


def _cell(cell: object) -> object:
    """Whole numbers without a point: a workbook holds every number with one."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _unpacked(file: BinaryIO) -> int:
    if not zipfile.is_zipfile(file):
        return 0
    try:
        with zipfile.ZipFile(file) as packed:
            return sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def _other_kind(file: BinaryIO) -> str:
    """What else a packed file is; empty for a workbook and for what cannot be looked into."""
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if "word/document.xml" in names:
        return "a Word document"
    if "ppt/presentation.xml" in names:
        return "a presentation"
    books = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
    return "" if names & set(books) else "a packed folder"


def _plain(error: Exception) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
