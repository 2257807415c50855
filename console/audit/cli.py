"""``moderator-console audit verify|export``: both read only, with no network."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from console.audit import export, store_rows
from console.audit.check import check
from console.audit.head_signatures import KEY_NAME, is_right, key_id
from console.audit.heads import read_heads
from console.audit.line_rows import looks_exported, rows_in
from console.audit.rows import FoundHead, Result, is_database
from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_file import opened
from console.base.plain_file import typed_path as _path
from console.base.secrets import Secrets
from console.base.whole_file import written_whole

NO_LOG = 2
"""The exit code where a file is no log at all: nothing is said of whether one is intact."""


class _NoLogError(Exception):
    """The file is neither a store nor an exported log."""


def main(arguments: Sequence[str], home: Path | None) -> int:
    """Run one of the two; 0, 1 where the log is not as it was written, or NO_LOG.

    Raises:
        WorldError: a file cannot be read or written.
    """
    options = _parser().parse_args(arguments)
    paths = Paths.under(home) if home else Paths.of_platform()
    store = paths.data / "console.db"
    if options.command == "export":
        return _export(options, store)
    return _verify(options, store)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moderator-console audit",
        description="Check and export the log of what was done (docs/AUDIT.md).",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    verify = commands.add_parser("verify", help="say whether the log is intact")
    verify.add_argument("file", nargs="?", help="an exported log or a store; else the store here")
    verify.add_argument("--store", action="store_true", help="the store here, which is the default")
    verify.add_argument("--heads", help="heads that were exported before: a cut end is found")
    verify.add_argument(
        "--signatures", action="store_true", help="check signatures with the key of this keyring"
    )
    verify.add_argument("--json", action="store_true", help="print the result as one JSON line")
    written = commands.add_parser("export", help="write the log as JSON lines or CSV")
    written.add_argument(
        "file", nargs="?", default="-", help="where to; standard output if left out"
    )
    form = written.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="for a spreadsheet; cannot be checked")
    form.add_argument("--heads", action="store_true", help="only the heads: where the log stood")
    return parser


def _verify(options: argparse.Namespace, store: Path) -> int:
    if options.store and options.file:
        raise WorldError("Name a file or --store, not both.")
    path = _path(options.file) if options.file else store
    heads = read_heads(_path(options.heads)) if options.heads else []
    try:
        result = _checked(path, heads)
    except _NoLogError:
        sys.stderr.write(
            f"{path} is not a JSON-lines export of a log, and no store."
            " CSV and heads alone cannot be checked.\n"
        )
        return NO_LOG
    if options.signatures:
        result = _with_signatures(result, heads)
    if options.json:
        told = {
            "rows": result.rows,
            "intact": result.intact,
            "first_bad": result.first_bad,
            "why": result.why,
            "texts": result.texts,
            "erased": result.erased,
            "heads": len(result.heads),
            "compared": result.compared,
            "signed": result.signed,
        }
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(f"{_sentence(result)}\n")
    return 0 if result.intact else 1


def _checked(path: Path, heads: list[FoundHead]) -> Result:
    with opened(path):  # refuses what is no plain file
        database = is_database(path)
    if not database:
        if not looks_exported(path):
            raise _NoLogError
        return check(rows_in(path), heads)
    with store_rows.opened(path) as connection:
        return check(store_rows.rows(connection), heads)


def _with_signatures(result: Result, heads: list[FoundHead]) -> Result:
    key = asyncio.run(Secrets().find(KEY_NAME))
    if not key:
        raise WorldError(
            "The keyring of this machine holds no key of a log.",
            "Check signatures where the console ran.",
        )
    signed = 0
    for head in (*result.heads, *heads):
        if head.key_id != key_id(key):
            continue  # signed elsewhere, or nowhere
        if not is_right(head, key):
            if result.intact:
                why = f"The signature of a head of {head.day} is wrong."
                result = replace(result, first_bad=head.place, why=why)
            continue
        signed += 1
    return replace(result, signed=signed)


def _sentence(result: Result) -> str:
    if result.first_bad is not None and result.first_bad > result.rows:  # it is not there at all
        behind = f"after row {result.rows}" if result.rows else "from its first line on"
        return f"NOT intact {behind}. {result.why}"
    if not result.intact:
        return f"NOT intact: row {result.first_bad} of {result.rows} read. {result.why}"
    said = f"Intact: {result.rows:,} rows, {result.texts:,} texts of people"
    said += f", {result.erased:,} erased" if result.erased else ""
    compared = (
        f"{result.heads:,} heads of days agree" if result.heads else "no heads to compare with"
    )
    checked = f", {result.signed:,} signatures are right" if result.signed else ""
    return f"{said}; {compared}{checked}."


def _export(options: argparse.Namespace, store: Path) -> int:
    write_all = export.as_csv if options.csv else export.as_lines
    write_all = export.as_heads if options.heads else write_all
    with store_rows.opened(store) as connection:
        if options.file == "-":
            write_all(connection, sys.stdout.write)
            return 0
        path = _path(options.file)
        if path.is_file():
            raise WorldError(f"There is something at {path} already.", "Choose another name.")
        with written_whole(path) as write:
            count = write_all(connection, write)
    what = "heads" if options.heads else "rows"
    sys.stderr.write(f"{count:,} {what} are in {path}.\n")
    return 0
