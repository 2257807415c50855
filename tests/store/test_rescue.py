"""Of a damaged store all that can be read is in the new one; the rest is told."""

import asyncio
import sqlite3

import pytest

from console.base.errors import WorldError
from console.domain.item import Text
from console.store import database
from console.store.checking import check
from console.store.rescue import Rescued, rescue, rescued_words, set_aside_and_rescue
from console.store.store import Store
from tests.store.retention.conftest import item, judged

LINES = 4_000
PAGE = 4096


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "console.db"

    async def work():
        store = await Store.open(path)
        records = await store.use_app("key")
        for first in range(0, LINES, 500):
            found = [item(n, body=Text("words " * 20)) for n in range(first, first + 500)]
            await records.keep_items([judged(each) for each in found])
        await store.close()

    asyncio.run(work())
    return path


def pages_of(path, table):
    connection = sqlite3.connect(path)
    try:
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return [number for (number,) in connection.execute(query, (table,))]
    except sqlite3.OperationalError:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()[0]
        return [root + number for number in range(5, 60)]
    finally:
        connection.close()


def test_lines_before_and_behind_a_damaged_page_are_rescued(written, tmp_path):
    pages = pages_of(written, "items")
    with written.open("r+b") as file:
        file.seek((pages[len(pages) // 2] - 1) * PAGE)
        file.write(b"\xff" * PAGE)
    kept, found = set_aside_and_rescue(written, "damaged")
    assert isinstance(found, Rescued)
    assert kept.exists()
    assert check(written).whole
    rows = check(written).rows["items"]
    assert LINES * 0.5 < rows < LINES or "items" not in found.damaged
    connection = sqlite3.connect(written)
    places = connection.execute("SELECT min(place), max(place) FROM items").fetchone()
    waiting = connection.execute("SELECT count(*) FROM search_waiting").fetchone()[0]
    connection.close()
    assert places == (1, LINES)
    assert waiting >= rows
    assert "rescued" in rescued_words(found)


def test_a_whole_store_is_rescued_whole(written, tmp_path):
    found = rescue(written, tmp_path / "new.db")
    assert (found.damaged, found.in_time) == ((), True)
    assert check(tmp_path / "new.db").rows["items"] == LINES
    assert check(tmp_path / "new.db").whole


def test_where_nothing_can_be_read_that_is_told_and_a_new_one_is_begun(tmp_path):
    path = tmp_path / "console.db"
    path.write_bytes(b"no database at all" * 1_000)
    _, found = set_aside_and_rescue(path, "damaged")
    assert "Nothing could be read" in rescued_words(found)
    assert "Nothing could be read" in rescued_words(WorldError("It is gone."))
    database.prepare(path)
    assert check(path).rows["items"] == 0


def test_a_rescue_that_takes_too_long_is_ended_and_told(written, tmp_path):
    found = rescue(written, tmp_path / "new.db", limit=0.0)
    assert not found.in_time
    assert "too long" in rescued_words(found)
    assert check(tmp_path / "new.db").whole
