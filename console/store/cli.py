"""``moderator-console store check|compact|backup|restore|erase``: no network, no sign-in."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_file import typed_path
from console.store import copying, erase_command
from console.store.checking import CheckedStore, check


def main(arguments: Sequence[str], home: Path | None) -> int:
    """Run one of them; 0, or 1 where a check finds something or nobody is there to be erased.

    Raises:
        WorldError: the store or a file refused, or a console uses what is to be written.
    """
    options = _parser().parse_args(arguments)
    paths = Paths.under(home) if home else Paths.of_platform()
    path = paths.data / "console.db"
    match options.command:
        case "check":
            return _check(path, as_json=options.json)
        case "compact":
            before, after = copying.compact(path)
            _say(f"{path}: {before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now.")
        case "backup":
            target = typed_path(options.file)
            copying.back_up(path, target)
            _say(f"The store was copied to {target}.")
        case "restore":
            _say_restored(copying.restore(path, typed_path(options.file)), options.file)
        case _:
            if not path.is_file():
                raise WorldError(f"There is no store at {path}.", "Name a --home with one.")
            return erase_command.run(path, options)
    return 0


def _say_restored(done: copying.Restored, file: str) -> None:
    _say(f"The store is that of {file} now.")
    if done.kept is not None:
        _say(f"The one of before is kept as {done.kept}.")
    if done.again:
        people = "1 person was" if done.again == 1 else f"{done.again:,} people were"
        _say(f"{people} erased after this copy was made, and erased from it again.")
    if done.spared:
        _say(f"Spared of them: {done.spared:,} acts or pieces of evidence, held or in force.")
    if done.unknown:
        _say(
            "WARNING: the store of before could not be read. Whoever was erased after this copy"
            " was made is back: erase them again."
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moderator-console store",
        description="Look after what is kept. check, backup and erase --preview work while a"
        " console runs.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    checked = commands.add_parser("check", help="say whether the store is whole; exit code 0 or 1")
    checked.add_argument("--json", action="store_true", help="print the result as one JSON line")
    commands.add_parser("compact", help="write it anew without what is free; needs it closed")
    copied = commands.add_parser("backup", help="copy it to a file")
    copied.add_argument("file")
    restored = commands.add_parser("restore", help="put a copy in its place; needs it closed")
    restored.add_argument("file")
    erase_command.add_to(commands)
    return parser


def _check(path: Path, *, as_json: bool) -> int:
    found = check(path)
    if as_json:
        _say(json.dumps({"whole": found.whole, **msgspec.to_builtins(found)}))
    else:
        _say("\n".join(_sentences(path, found)))
    return 0 if found.whole else 1


def _sentences(path: Path, found: CheckedStore) -> list[str]:
    rows = ", ".join(f"{many:,} {table}" for table, many in found.rows.items())
    size = f"{found.bytes / 1e6:,.1f} MB, {found.free / 1e6:,.1f} MB of them free"
    lines = [f"{path}: schema {found.version}, {size}; {rows}."]
    if found.whole:
        lines.append("It is whole.")
    else:
        lines += ["It is DAMAGED:", *(f"  {each}" for each in found.problems)]
        lines.append("Open the console: it sets the store aside and rescues what can be read.")
    if not found.shrinks:
        lines.append("It does not shrink by itself yet: run store compact once.")
    return lines


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
