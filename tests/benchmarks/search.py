"""How fast the search is over many lines on disk, and what its index costs while lines arrive.

``--lines 1000000`` takes some minutes to write; ``--folder`` keeps it for the next run.
"""

import argparse
import asyncio
import itertools
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from console.base.tasks import Tasks
from console.domain.call import Call
from console.domain.item import CAPTION, Item, Text
from console.domain.search.parse import parse
from console.domain.verdict import FLAG, KEEP, JudgedItem, Severity, Source, Verdict
from console.store.search import records
from console.store.store import AppStore, Store
from tests.benchmarks.made_texts import words
from tests.benchmarks.report import at_share, ratio, say, table
from tests.benchmarks.store_writes import acts, keep

VOCABULARY = 20_000
PEOPLE, CALLS = 2_000, 200
EVERY_S = 0.9
"""Seconds between two lines: a million are ten days."""
TIMES = 25
"""Queries of a kind."""
AT_ONCE = 2_000
THAI = ("ไปตายซะ", "สวัสดีครับ", "ขอบคุณมาก", "ไม่เป็นไร")
HAN = ("東京タワーに行く", "你好世界", "今天天气很好", "死ね")

Ask = Callable[[str], object]


def lines(count: int, now: float) -> Iterator[JudgedItem]:
    """Talk in which few words are frequent and most are rare; a part is Thai, Chinese, Japanese."""
    rng = random.Random(7)
    vocabulary = words(VOCABULARY)
    shares = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    for number in range(count):
        said = " ".join(rng.choices(vocabulary, cum_weights=shares, k=rng.randint(4, 18)))
        if number % 50 == 0:
            said = rng.choice(THAI + HAN) + said[:20]
        who, call = rng.randrange(PEOPLE), rng.randrange(CALLS)
        at = now - (count - number) * EVERY_S
        item = Item(
            item_id=f"b{number:024x}",
            kind=CAPTION,
            cid=f"default:call-{call}",
            session_id=f"s{call}",
            author_id=f"user-{who}",
            author_name=f"{vocabulary[-1 - who]} {vocabulary[who]}".title(),
            body=Text(said),
            start_time=at,
            end_time=at + 1,
            received_at=at + 1,
            language="en",
        )
        grave = number % 40 == 0
        verdict = Verdict(
            item_id=item.item_id,
            source=Source.LOCAL,
            action=FLAG if grave else KEEP,
            severity=rng.choice((Severity.LOW, Severity.HIGH)) if grave else Severity.NONE,
            labels=(rng.choice(("INSULT", "THREAT", "SCAM")),) if grave else (),
            why="A word list matched." if grave else "",
        )
        yield JudgedItem(item, (verdict,))


async def write(folder: Path, count: int) -> None:
    """The store with its index, and beside it a plain table and plain FTS5 tables."""
    store = await Store.open(folder / "console.db")
    app = await store.use_app("bench")
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("CREATE TABLE lines (place INTEGER PRIMARY KEY, at REAL, text TEXT)")
    plain.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    plain.execute("CREATE VIRTUAL TABLE trigrams USING fts5(text, tokenize = 'trigram')")
    calls = [
        Call(cid=f"default:call-{n}", type="default", id=f"call-{n}", name=f"Hall number {n}")
        for n in range(CALLS)
    ]
    await app.keep_calls(calls)
    now, made = time.time(), lines(count, time.time())
    while some := list(itertools.islice(made, AT_ONCE)):
        await app.keep_items(some)
        plain.execute("BEGIN")
        for each in some:
            row = plain.execute(
                "INSERT INTO lines (at, text) VALUES (?, ?)", (each.item.start_time, each.item.text)
            )
            for name in ("words", "trigrams"):
                key = (row.lastrowid, each.item.text)
                plain.execute(f"INSERT INTO {name} (rowid, text) VALUES (?, ?)", key)
        plain.execute("COMMIT")
    plain.close()
    say(f"  {count:,} lines were kept in {time.time() - now:.0f} s")
    began = time.time()
    records.STEP_ROWS, records.READ_ROWS, records.MERGE_PAGES = AT_ONCE, AT_ONCE, 400
    while await app.search.index_step() is not None:
        pass
    records.STEP_ROWS, records.READ_ROWS, records.MERGE_PAGES = DEFAULTS
    say(f"  and indexed in {time.time() - began:.0f} s")
    await store.close()


DEFAULTS = records.STEP_ROWS, records.READ_ROWS, records.MERGE_PAGES


def kinds() -> list[tuple[str, list[str], bool]]:
    """Kinds of queries, by name; whether the plain tables can be asked the same in one word."""
    made, rng = words(VOCABULARY), random.Random(3)
    common, middle, rare = made[:40], made[300:2_000], made[-4_000:]

    def some(*choices: Sequence[str], form: str = "{}") -> list[str]:
        return [form.format(*(rng.choice(each) for each in choices)) for _ in range(TIMES)]

    people = [str(n) for n in range(PEOPLE)]
    calls = [str(n) for n in range(CALLS)]
    return [
        ("a frequent word", some(common), True),
        ("a usual word", some(middle), True),
        ("a rare word", some(rare), True),
        ("two characters (東京, ตาย)", some(("東京", "ตาย", "世界", "死ね")), True),
        ("the beginning of a word", some(middle, form="{:.3}*"), True),
        ("two words", some(common, middle, form="{} {}"), False),
        ("a phrase", some(common, common, form='"{} {}"'), False),
        ("from: and a frequent word", some(people, common, form="from:user-{} {}"), False),
        ("call: and a usual word", some(calls, middle, form="call:call-{} {}"), False),
        ("severity:>=high and a word", some(common, form="severity:>=high {}"), False),
        ("label: within a day", some(("threat", "scam"), form="label:{} after:24h"), False),
        ("from: alone", some(people, form="from:user-{}"), False),
        ("a word and not another", some(middle, common, form="{} -{}"), False),
    ]


async def timed(find: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float, int]:
    """Milliseconds (half, 95 % within) to the first page, and how many hits there were."""
    took, hits = [], 0
    for query in queries:
        began = time.perf_counter()
        found = find(query)
        if asyncio.iscoroutine(found):
            found = await found
        took.append((time.perf_counter() - began) * 1e3)
        hits += found if isinstance(found, int) else 0
    return at_share(took, 0.5), at_share(took, 0.95), hits


def plain_ways(plain: sqlite3.Connection) -> dict[str, Ask]:
    """How the plain tables are asked; each gives how many rows it found."""

    def ask(sql: str, parameter: str) -> int:
        return len(plain.execute(sql, (parameter,)).fetchall())

    like = "SELECT place FROM lines WHERE text LIKE ? ORDER BY place DESC LIMIT 50"
    match = "SELECT rowid, text FROM words WHERE words MATCH ? ORDER BY rank LIMIT 50"
    tri = "SELECT rowid, text FROM trigrams WHERE trigrams MATCH ? ORDER BY rowid DESC LIMIT 50"
    return {
        "LIKE": lambda query: ask(like, f"%{query.rstrip('*')}%"),
        "FTS5": lambda query: ask(match, query if query.endswith("*") else f'"{query}"'),
        "trigram": lambda query: ask(tri, '"' + query.rstrip("*") + '"'),
    }


async def speed(folder: Path, count: int) -> bool:
    """Print how fast every kind is; whether 95 % of each came within 50 ms."""
    store = await Store.open(folder / "console.db")
    app = await store.use_app("bench")
    plain = sqlite3.connect(f"file:{folder / 'plain.db'}?mode=ro", uri=True)
    ways, rows, good = plain_ways(plain), [], True

    async def newest(query: str) -> int:
        return len((await app.search.find(parse(query, time.time()))).hits)

    async def best(query: str) -> int:
        return len((await app.search.find(parse(query, time.time()), by_rank=True)).hits)

    every = [(name, queries, newest, one) for name, queries, one in kinds()]
    every.append(("a frequent word, best first", kinds()[0][1], best, False))
    for name, queries, ours, one in every:
        await timed(ours, queries[:2])
        half, most, hits = await timed(ours, queries)
        good = good and most < 50
        cells = [name, f"{half:.1f}", f"{most:.1f}", f"{hits / len(queries):.0f}"]
        first = 0.0
        for ask in ways.values():
            if one:
                _, other, found = await timed(ask, queries[:8])
                first = first or other
                cells.append(f"{other:.1f} ({found / 8:.0f})")
            else:
                cells.append("")
        cells.append(ratio(first, most) if first else "")
        rows.append(cells)
    rows.append(["(LIKE beside itself)", "", "", "", "", "", "", "1.00x"])
    columns = ["first page", "half ms", "95 % ms", "hits", "LIKE", "FTS5", "trigram", "LIKE/ours"]
    title = f"First pages of {count:,} lines; of the others 95 % in ms, and hits of a page"
    table(title, "LIKE, newest first", columns, rows)
    size = (folder / "console.db").stat().st_size / 1e6
    patterns = ["regex:zz+q", "regex:^[aeiou]{3}x"]
    began = time.perf_counter()
    start = looked = 0
    while True:
        page = await app.search.find(parse(patterns[0], time.time()), start=start)
        looked += page.looked
        start = page.next
        if not start:
            break
    whole = time.perf_counter() - began
    say(f"  regex: without a hit looked at {looked:,} lines in {whole:.1f} s, page by page")
    say(f"  the file has {size:,.0f} MB")
    plain.close()
    await store.close()
    return good


async def upkeep(folder: Path, seconds: float) -> None:
    """Print how long an act waits while 400 lines/s arrive, with and without the index."""
    store = await Store.open(folder / "console.db")
    app = await store.use_app("bench")

    async def four_hundred() -> None:
        await keep(app, 7)
        await asyncio.sleep(7 / 400)

    bare = await _acts_while(app, seconds, four_hundred, indexing=False)
    while await app.search.index_step() is not None:
        pass
    kept = await _acts_while(app, seconds, four_hundred, indexing=True)
    behind = (await app.search.state()).waiting
    rows = []
    for name, took in (("lines alone", bare), ("lines and their index", kept)):
        cells = [f"{at_share(took, share):.1f}" for share in (0.5, 0.95, 0.99)]
        times = ratio(at_share(took, 0.95), at_share(bare, 0.95))
        rows.append([name, str(len(took)), *cells, times])
    table(
        "Milliseconds that an act waits while 400 lines/s arrive",
        "the same store with nobody who indexes",
        ["400 lines/s", "acts", "half", "95 %", "99 %", "times"],
        rows,
    )
    say(f"  {behind:,} rows waited for the index at the end")
    await store.close()


async def _acts_while(
    app: AppStore, seconds: float, load: Callable[[], object], *, indexing: bool
) -> list[float]:
    tasks = Tasks()

    async def load_on() -> None:
        while True:
            await load()  # type: ignore[misc]

    async def nothing(_places: Sequence[int]) -> None:
        return None

    tasks.spawn(load_on(), name="load")
    if indexing:
        tasks.spawn(app.search.keep_indexed(nothing), name="index")
    took = await acts(app, seconds)
    await tasks.close()
    return took


async def run(folder: Path, count: int, seconds: float) -> int:
    if not (folder / "console.db").exists():
        await write(folder, count)
    good = await speed(folder, count)
    await upkeep(folder, seconds)
    return 0 if good else 1


def main(argv: list[str]) -> int:
    """1 when a kind of query took more than 50 ms for its first page."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=search", description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--folder", type=Path, help="keep what is written, and use it again")
    options = parser.parse_args(argv)
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
        return asyncio.run(run(options.folder, options.lines, options.seconds))
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(Path(folder), options.lines, options.seconds))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
