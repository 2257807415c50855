"""``moderator-console labels``: count, export, fit to, and delete what moderators said."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_text import visible
from console.base.standard_streams import flush_output
from console.base.whole_file import written_whole
from console.domain.fitted import Fit, Flips
from console.domain.given_label import GivenLabel
from console.domain.label_curve import how_sure, told
from console.domain.spoken_language import LanguageIdentifier
from console.engine.services.lab.newest_lines import newest_lines
from console.policy.cli import OK, REFUSED, WRONG
from console.policy.coverage import ModelsFor
from console.policy.fitting.fitting import PRECISION, Fitting
from console.policy.given_label_rows import csv_lines, json_lines
from console.policy.loader import read_policy_at
from console.store import given_labels
from console.store.archive import Archive
from console.store.beside_console import beside, reader_beside
from console.store.given_labels import EVERY_APP
from console.store.label_records import MOST, LabelRecords
from console.store.store import Store

MOST_LINES = 20_000


def main(
    argv: Sequence[str],
    paths: Paths,
    models_for: ModelsFor,
    identifier: LanguageIdentifier,
) -> int:
    """Run one command; 0 is well, 1 is a policy with errors, 2 is the world's fault."""
    options = _parser().parse_args(argv)
    options.models_for, options.identifier = models_for, identifier
    try:
        code = asyncio.run(_run(options, paths))
        flush_output()
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code


def _precision(text: str) -> float:
    share = float(text)
    if not 0.0 < share <= 1.0:
        raise ValueError
    return share


_precision.__name__ = "share"  # argparse says "invalid share value"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moderator-console labels",
        description="What moderators said of verdicts, as it is kept on this machine.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    count = commands.add_parser("count", help="how many there are")
    export = commands.add_parser("export", help="write all of them as JSON lines or CSV")
    export.add_argument("--format", choices=["jsonl", "csv"], help="else by the file's ending")
    export.add_argument("--output", type=Path, help="write here; otherwise standard output")
    fit = commands.add_parser("fit", help="what thresholds of confidence they suggest")
    fit.add_argument("--policy", type=Path, required=True, metavar="FILE")
    fit.add_argument(
        "--precision",
        type=_precision,
        default=PRECISION,
        metavar="SHARE",
        help="how much of what is raised is to be right (0 to 1)",
    )
    fit.add_argument("--output", type=Path, help="write the policy with the new thresholds here")
    delete = commands.add_parser("delete", help="delete all of them for good")
    delete.add_argument("--yes", action="store_true", help="without it nothing is deleted")
    for each in (count, fit):
        each.add_argument("--json", action="store_true", help="as one JSON line")
    return parser


async def _run(options: argparse.Namespace, paths: Paths) -> int:
    path = paths.data / "console.db"
    if options.command == "fit":
        return await _fit(options, path)
    if not path.exists():
        raise WorldError(f"There is no store at {path}.", "Labels are given in the window.")
    if options.command in ("count", "export"):
        with beside(path) as connection:  # a console may run
            return _COMMANDS_BESIDE[options.command](options, connection)
    store = await Store.open(path)
    try:
        return await _delete(options, store.labels())
    finally:
        await store.close()


def _count(options: argparse.Namespace, connection: Any) -> int:
    counts = given_labels.counts(connection, EVERY_APP)
    if options.json:
        _write(json.dumps({**msgspec.to_builtins(counts), "all": counts.all}))
    else:
        _write(
            f"{counts.all:,} labels: {counts.right:,} right, {counts.wrong:,} wrong, "
            f"{counts.other:,} another label"
        )
    return OK


def _export(options: argparse.Namespace, connection: Any) -> int:
    output: Path | None = options.output
    by_ending = "csv" if output is not None and output.suffix.lower() == ".csv" else "jsonl"
    labels = given_labels.newest(connection, EVERY_APP, MOST)
    lines = _form(options.format or by_ending)(labels)
    if output is None:
        for line in lines:
            sys.stdout.write(line)
        return OK
    with written_whole(output) as write:
        for line in lines:
            write(line)
    _write(f"{len(labels):,} labels were written to {output}.")
    return OK


_COMMANDS_BESIDE = {"count": _count, "export": _export}


def _form(name: str) -> Callable[[Iterable[GivenLabel]], Iterable[str]]:
    return csv_lines if name == "csv" else json_lines


async def _fit(options: argparse.Namespace, store: Path) -> int:
    path: Path = options.policy
    read = read_policy_at(path)
    for error in read.errors:
        sys.stderr.write(f"{visible(str(error))}\n")
    if read.policy is None:
        return WRONG
    text = await asyncio.to_thread(_text_of, path)
    fitting = Fitting(
        read.policy,
        text,
        options.models_for(read.policy),
        options.identifier,
        options.precision,
    )
    async with reader_beside(store) as reader:  # a console may run
        for given in await reader.run(lambda c: given_labels.newest(c, EVERY_APP, MOST)):
            fitting.add_label(given)
        fitting.settle()
        async for line in newest_lines(Archive(reader), MOST_LINES):
            fitting.add_line(line.text, line.language, line.speaker, line.call)
    fit = fitting.result()
    _write(json.dumps(as_json(fit)) if options.json else "\n".join(as_lines(fit)))
    if options.output is not None and fit.text:
        with written_whole(options.output) as write:
            write(fit.text)
    return OK


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"{path} cannot be read: {error}.") from error


async def _delete(options: argparse.Namespace, records: LabelRecords) -> int:
    if not options.yes:
        _write(f"{(await records.counts()).all:,} labels would be deleted. Say --yes to do it.")
        return OK
    _write(f"{await records.delete():,} labels were deleted.")
    return OK


def as_json(fit: Fit) -> dict[str, Any]:
    """A fit with exactly the documented keys."""
    return {
        "precision_wanted": fit.precision,
        "labels": [
            {
                "label": each.label,
                "lines": each.lines,
                "changes": each.changes,
                "note": each.note,
                "before": msgspec.to_builtins(each.before),
                "after": msgspec.to_builtins(each.after),
                "held_out": msgspec.to_builtins(each.held_out),
            }
            for each in fit.fitted
        ],
        "labelled_lines": _flips(fit.labelled),
        "saved_lines": _flips(fit.saved),
        "unused": fit.unused,
        "sentence": fit.sentence,
    }


def as_lines(fit: Fit) -> list[str]:
    """A fit for people."""
    lines = []
    for each in fit.fitted:
        lines.append(f"{each.label}, {each.lines:,} labelled lines")
        lines.append(f"  now    {told(each.before)}")
        if each.changes:
            lines.append(f"  fitted {told(each.after)} {how_sure(each.after)}")
            held = each.held_out
            lines.append(
                f"  on lines that it was not fitted to: {held.right:,} of {held.raised:,} right, "
                f"{held.missed:,} missed"
            )
        if each.note:
            lines.append(f"  {each.note}")
    if fit.sentence:
        lines.append(fit.sentence)
    elif not lines:
        lines.append("No label says anything of a label of the local classifier yet.")
    for name, flips in (("labelled", fit.labelled), ("saved", fit.saved)):
        lines.append(
            f"Of {flips.lines:,} {name} lines {flips.before:,} are raised now, {flips.after:,} "
            f"would be: {flips.more:,} more, {flips.fewer:,} no more."
        )
    if fit.unused:
        lines.append(f"{fit.unused:,} labels of pictures and names say nothing of thresholds.")
    return lines


def _flips(flips: Flips) -> dict[str, int]:
    return {
        "lines": flips.lines,
        "raised_before": flips.before,
        "raised_after": flips.after,
        "more": flips.more,
        "fewer": flips.fewer,
    }


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
