"""``moderator-console evidence``: list, export and verify, with no network, beside a console."""

import argparse
import getpass
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_text import visible
from console.base.standard_streams import flush_output
from console.domain.acts.table import spec_of
from console.domain.evidence import EvidenceEvent, EvidenceHead, EvidenceNote
from console.engine.evidence.files import Whole, export_note, files_of
from console.engine.evidence.page import when
from console.engine.evidence.verifying import verify
from console.engine.evidence.writing import write_folder, write_zip
from console.store import evidence as kept
from console.store.beside_console import app_of, apps, beside

OK, WRONG, REFUSED = 0, 1, 2
LISTED = 1_000


def main(argv: Sequence[str], home: Path | None = None) -> int:
    """Run one command; 0 is well, 1 is an export that was changed, 2 is the world's fault."""
    options = _parser().parse_args(argv)
    paths = Paths.under(home) if home else Paths.of_platform()
    store = paths.data / "console.db"
    try:
        match options.command:
            case "list":
                code = _list(store, options)
            case "export":
                code = _export(store, options)
            case _:
                code = _verify(options)
        flush_output()
    except WorldError as error:
        sys.stderr.write(f"{visible(str(error))}\n")
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="moderator-console evidence")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    found = commands.add_parser("list", help="the evidence that is kept, newest first")
    found.add_argument("--user", default="", metavar="ID", help="only of acts on this person")
    found.add_argument("--json", action="store_true", help="one object a line")
    export = commands.add_parser("export", help="one evidence as a folder or a ZIP file")
    export.add_argument("id", metavar="ID", help="the id of the act, as `evidence list` says it")
    export.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER",
        help="a folder that is not there yet; a name that ends with .zip makes a ZIP file",
    )  # fmt: skip
    export.add_argument(
        "--redacted", action="store_true", help="pseudonyms, no pictures, personal data masked"
    )
    check = commands.add_parser("verify", help="whether an export is as it was written")
    check.add_argument("folder", type=Path, metavar="FOLDER", help="or the ZIP file")
    check.add_argument("--json", action="store_true", help="print the result as one object")
    return parser


def _list(store: Path, options: argparse.Namespace) -> int:
    with beside(store) as connection:
        heads: list[EvidenceHead] = []
        for app_id in apps(connection):
            if options.user:
                heads += kept.of_person(connection, app_id, options.user)
            else:
                heads += kept.recent(connection, app_id, LISTED)
    for head in sorted(heads, key=lambda head: head.at, reverse=True):
        sys.stdout.write(f"{_as_json(head) if options.json else _as_line(head)}\n")
    return OK


def _as_json(head: EvidenceHead) -> str:
    return json.dumps(
        {
            "id": head.evidence_id,
            "at": head.at,
            "act": head.kind,
            "cid": head.cid,
            "who": list(head.names),
            "by": head.by,
            "bytes": head.size,
            "pictures": head.pictures,
            "held": head.hold is not None,
        }
    )


def _as_line(head: EvidenceHead) -> str:
    who = ", ".join(head.names) or head.cid
    held = "  held" if head.hold is not None else ""
    words = f"{spec_of(head.kind).title}: {who}, by {head.by or 'nobody'}{held}"
    return f"{head.evidence_id}  {when(head.at)}  {visible(words)}"


def _export(store: Path, options: argparse.Namespace) -> int:
    with beside(store) as connection:
        app_id = app_of(connection, options.id)
        evidence = kept.one(connection, app_id, options.id)
        if evidence is None:
            raise WorldError(
                f"There is no evidence with the id {visible(options.id)}.",
                "`moderator-console evidence list` shows what there is.",
            )
        whole = Whole(
            evidence,
            kept.body_of(connection, app_id, options.id),
            kept.pictures(connection, app_id, options.id),
            tuple(kept.notes(connection, app_id, options.id)),
            kept.hold_of(connection, app_id, options.id),
        )
    files = files_of(whole, redacted=options.redacted, made_at=time.time())
    write = write_zip if options.to.suffix.lower() == ".zip" else write_folder
    to = write(files, options.to)
    why = export_note(files, redacted=options.redacted)
    note = EvidenceNote(time.time(), getpass.getuser(), EvidenceEvent.EXPORTED, why)
    with beside(store, write=True) as connection:
        kept.note(connection, app_id, options.id, note)
    sys.stdout.write(f"{visible(str(to))}\n")
    return OK


def _verify(options: argparse.Namespace) -> int:
    checked = verify(options.folder)
    if options.json:
        found = {"files": checked.files, "intact": not checked.wrong, "wrong": list(checked.wrong)}
        sys.stdout.write(f"{json.dumps(found)}\n")
    elif checked.wrong:
        sys.stdout.write("".join(f"{sentence}\n" for sentence in checked.wrong))
    else:
        sys.stdout.write(f"Intact: {checked.files} files are as they were written.\n")
    return WRONG if checked.wrong else OK
