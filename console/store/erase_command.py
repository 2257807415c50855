"""``moderator-console store erase``: the preview only reads, so a console may run beside it."""

import argparse
import asyncio
import json
import sqlite3
import sys
import time
from pathlib import Path

from console.base.errors import WorldError
from console.store import copying
from console.store.beside_console import beside
from console.store.owner import Owner
from console.store.retention import erasing, people_known
from console.store.retention.erasing import Erased, Standing
from console.store.store import Store


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what the command takes."""
    erased = commands.add_parser("erase", help="erase a person; needs it closed")
    erased.add_argument("--user", required=True, type=_user_id, metavar="ID", help="their user id")
    erased.add_argument("--app", metavar="KEY", help="of one app alone, by its API key")
    erased.add_argument("--preview", action="store_true", help="only say what would go")
    erased.add_argument("--json", action="store_true", help="print the result as one JSON line")


def run(path: Path, options: argparse.Namespace) -> int:
    """Preview or erase; 0, or 1 where the store has nobody of that id.

    Raises:
        WorldError: the store refused, or a console uses it while somebody is to be erased.
    """
    if options.preview:
        with beside(path) as connection:
            return _preview(connection, options)
    return asyncio.run(_erase(path, options))


def _user_id(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a user id is not empty")
    return text


def _preview(connection: sqlite3.Connection, options: argparse.Namespace) -> int:
    apps = _known_in(connection, options)
    kept = Standing()
    for app_id in apps.values():
        found = erasing.standing(connection, app_id, options.user)
        kept = Standing(*(a + b for a, b in zip(kept, found, strict=True)))
    return _print(kept._asdict(), options) if apps else _nobody(options)


async def _erase(path: Path, options: argparse.Namespace) -> int:
    total = Erased()
    store = await Store.open(path, patience=0.0)
    try:
        with beside(path) as connection:
            apps = _known_in(connection, options)
        for app in apps:
            retention = (await store.use_app(app)).retention
            total += await retention.erase(options.user, at=time.time(), by="")
    finally:
        await store.close()
    if not apps:
        return _nobody(options)
    owner = Owner.of(path, 0.0)
    try:
        copying.rewrite(path)  # nothing of it is left in free pages or in the index
    finally:
        owner.close()
    return _print(total._asdict(), options)


def _known_in(connection: sqlite3.Connection, options: argparse.Namespace) -> dict[str, int]:
    """The apps in which there is anything of the person: numbers by API key."""
    query = "SELECT api_key, app_id FROM apps ORDER BY app_id"
    apps = {str(key): int(number) for key, number in connection.execute(query)}
    if options.app is not None and options.app not in apps:
        raise WorldError(f"No app of the key {options.app!r} is in the store.")
    return {
        key: number
        for key, number in apps.items()
        if options.app in (None, key) and people_known.knows(connection, number, options.user)
    }


def _nobody(options: argparse.Namespace) -> int:
    sys.stderr.write(f"Nobody of the id {options.user!r} is in the store.\n")
    return 1


def _print(numbers: dict[str, int], options: argparse.Namespace) -> int:
    if options.json:
        _say(json.dumps({"user": options.user, **numbers}))
        return 0
    words = {
        "held": "held evidence",
        "in_force": "acts under way or in force with their evidence",
    }
    goes = [f"{many:,} {name}" for name, many in numbers.items() if many and name not in words]
    done = "Would go of" if options.preview else "Erased of"
    _say(f"{done} {options.user!r}: {', '.join(goes) or 'nothing'}.")
    spared = [f"{numbers[name]:,} {said}" for name, said in words.items() if numbers[name]]
    if spared:
        _say(f"Spared: {', '.join(spared)}.")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
