"""``moderator-console store check|compact|backup|restore|erase``: no network, no sign-in."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_file import typed_path
from console.store import copying
from console.store.checking import CheckedStore, check, open_to_read
from console.store.owner import Owner
from console.store.retention.erasing import Erased, Standing
from console.store.store import Store


def main(arguments: Sequence[str], home: Path | None) -> int:
    """Run one of them; 0, or 1 where a check finds something.

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
            return asyncio.run(_erase(path, options))
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
        description="Look after what is kept. check and backup work while a console runs.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    checked = commands.add_parser("check", help="say whether the store is whole; exit code 0 or 1")
    checked.add_argument("--json", action="store_true", help="print the result as one JSON line")
    commands.add_parser("compact", help="write it anew without what is free; needs it closed")
    copied = commands.add_parser("backup", help="copy it to a file")
    copied.add_argument("file")
    restored = commands.add_parser("restore", help="put a copy in its place; needs it closed")
    restored.add_argument("file")
    erased = commands.add_parser("erase", help="erase a person; needs it closed")
    erased.add_argument("--user", required=True, metavar="ID", help="the person's user id")
    erased.add_argument("--app", metavar="KEY", help="of one app alone, by its API key")
    erased.add_argument("--preview", action="store_true", help="only say what would go")
    erased.add_argument("--json", action="store_true", help="print the result as one JSON line")
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


async def _erase(path: Path, options: argparse.Namespace) -> int:
    store = await Store.open(path, patience=0.0)
    total = Erased()
    kept = Standing()
    try:
        apps = [options.app] if options.app else _apps(path)
        for app in apps:
            retention = (await store.use_app(app)).retention
            found = await retention.standing(options.user)
            kept = Standing(*(a + b for a, b in zip(kept, found, strict=True)))
            if not options.preview and any(found):
                total += await retention.erase(options.user, at=time.time(), by="")
    finally:
        await store.close()
    if options.preview:
        return _print(kept._asdict(), "would go of", options)
    if any(total):
        owner = Owner.of(path, 0.0)
        try:
            copying.rewrite(path)  # nothing of it is left in free pages or in the index
        finally:
            owner.close()
    return _print(total._asdict(), "of", options)


def _print(numbers: dict[str, int], what: str, options: argparse.Namespace) -> int:
    if options.json:
        _say(json.dumps({"user": options.user, **numbers}))
        return 0
    spared = {name: numbers[name] for name in ("held", "in_force") if numbers.get(name)}
    went = {name: many for name, many in numbers.items() if many and name not in spared}
    said = ", ".join(f"{many:,} {name}" for name, many in went.items()) or "nothing"
    erased = "" if options.preview else "Erased "
    _say(f"{erased}{what} {options.user!r}: {said}.")
    if spared:
        words = {
            "held": "held evidence",
            "in_force": "acts under way or in force with their evidence",
        }
        _say(
            "Spared: " + ", ".join(f"{many:,} {words[name]}" for name, many in spared.items()) + "."
        )
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _apps(path: Path) -> list[str]:
    connection = open_to_read(path)
    try:
        return [row[0] for row in connection.execute("SELECT api_key FROM apps ORDER BY app_id")]
    finally:
        connection.close()
