"""``moderator-console search``: reads only, with no network, while a console may be running."""

import argparse
import contextlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_text import visible
from console.domain.search.fields import FIELDS
from console.domain.search.hit import Found, Hit
from console.domain.search.parse import parse
from console.domain.search.query import Query, QueryError
from console.domain.verdict import KEEP
from console.store import file_connection
from console.store.database import in_plain_words
from console.store.search import finding

FOUND, NOTHING, WRONG = 0, 1, 2
"""Exit codes."""
MOST = 1_000
"""Hits that are printed where nothing else is said."""
_TABLES = "SELECT count(*) FROM sqlite_master WHERE name IN ('search_entries', 'search_index')"


def main(arguments: Sequence[str], home: Path | None) -> int:
    """Print what is found: FOUND, NOTHING, or WRONG where query or store cannot be read."""
    options, words = _parser().parse_known_args(arguments)
    if options.help or not words:
        _parser().print_help(sys.stdout if options.help else sys.stderr)
        return FOUND if options.help else WRONG
    paths = Paths.under(home) if home else Paths.of_platform()
    text = " ".join(word for at, word in enumerate(words) if word != "--" or at)
    try:
        query = parse(text, time.time())
        with _opened(options.store or paths.data / "console.db") as connection:
            return _print(connection, query, options)
    except QueryError as error:
        sys.stderr.write(f"{text}\n{' ' * error.start}{'^' * _width(text, error)}\n{error}\n")
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
    return WRONG


def _width(text: str, error: QueryError) -> int:
    return max(1, min(error.end, len(text)) - error.start)


def _parser() -> argparse.ArgumentParser:
    keys = "\n".join(f"  {field.key + ':':<10}{field.help}" for field in FIELDS)
    parser = argparse.ArgumentParser(
        prog="moderator-console search",
        usage="moderator-console search [--json] [--best] [--most N] [--store FILE] QUERY",
        description="Search everything that was kept, over all calls and apps.",
        epilog=f'QUERY has words, "phrases", wor*, -not and keys:\n{keys}\n\n'
        "Exit code 0: something was found, 1: nothing, 2: the query or the store cannot be read.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,  # -h may be the beginning of what must not be found
        allow_abbrev=False,
    )
    parser.add_argument("--help", action="store_true", help="show this")
    parser.add_argument("--json", action="store_true", help="one JSON object a hit and line")
    parser.add_argument("--best", action="store_true", help="the best first, not the newest")
    parser.add_argument("--most", type=_number, default=MOST, help=f"hits; {MOST:,} if left out")
    parser.add_argument("--store", type=Path, help="another store than the one here")
    return parser


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_number.__name__ = "number"


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        connection = file_connection.connect(path, advice="Name it with --store or --home.")
        try:
            connection.execute("BEGIN")
            if connection.execute(_TABLES).fetchone()[0] < 2:
                raise WorldError(
                    f"The store {path} cannot be searched: an earlier version wrote it.",
                    "Open it once with this version.",
                )
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error


def _print(connection: sqlite3.Connection, query: Query, options: argparse.Namespace) -> int:
    apps = dict(connection.execute("SELECT app_id, api_key FROM apps").fetchall())
    printed, page = 0, Found()
    for page in _pages(connection, query, apps, options):
        for hit in page.hits[: options.most - printed]:
            sys.stdout.write((_as_json(hit) if options.json else _as_text(hit)) + "\n")
            printed += 1
    if page.index.waiting:
        left = f"{page.index.waiting:,} rows cannot be found yet"
        sys.stderr.write(f"Still indexing, {page.index.percent} % done; {left}.\n")
    if not printed:
        sys.stderr.write(f"Nothing was found; {page.index.entries:,} things were looked at.\n")
    elif printed == options.most and page.next:
        sys.stderr.write(f"There are more than {printed:,} hits; --most shows more.\n")
    return FOUND if printed else NOTHING


def _pages(
    connection: sqlite3.Connection,
    query: Query,
    apps: dict[int, str],
    options: argparse.Namespace,
) -> Iterator[Found]:
    start, found = 0, 0
    while True:
        page = finding.find(connection, query, apps, by_rank=options.best, start=start)
        yield page
        found += len(page.hits)
        start = page.next
        if not start or found >= options.most:
            return


def _as_json(hit: Hit) -> str:
    shown = {
        "kind": hit.kind,
        "cid": hit.cid,
        "who": hit.user_id,
        "at": hit.at,
        "text": hit.text,
        "id": hit.id,
        "name": hit.name,
        "call": hit.call_name,
        "session": hit.session_id,
        "app": hit.app,
    }
    more = {"why": hit.why, "act": hit.act, "by": hit.by, "before": hit.before}
    if hit.action != KEEP:
        more |= {"action": hit.action, "severity": hit.severity}
    return json.dumps(shown | {key: value for key, value in more.items() if value})


def _as_text(hit: Hit) -> str:
    when = datetime.fromtimestamp(hit.at).strftime("%Y-%m-%d %H:%M:%S")
    who = visible(hit.name or hit.user_id or "the whole call")
    where = f" in {visible(hit.call_name or hit.cid)}" if hit.cid else ""
    grave = f" [{hit.action}, {hit.severity}]" if hit.action != KEEP else ""
    return f"{when}  {hit.kind.value} of {who}{where}{grave}: {visible(hit.text)}"
