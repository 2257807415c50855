"""A store that schema 3's program wrote (data/version_3.sqlite) opens with all that is in it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from console.domain.item import Picture
from console.store.database import VERSION, prepare
from console.store.store import Store

WRITTEN = Path(__file__).with_name("data") / "version_3.sqlite"
HALL = "default:town-hall"


@pytest.fixture
def path(tmp_path):
    return Path(shutil.copy(WRITTEN, tmp_path / "console.db"))


def rows(path, query):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def test_what_was_said_raised_and_noted_is_all_there(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    found = await records.recent_items([HALL], 10)
    assert [each.item.text for each in found] == ["good morning", "you fool", ""]
    assert found[2].item.body == Picture("https://example.org/a.png")
    (raised,) = (await records.raised.before(most_open=10, most_ended=10)).open
    assert raised.item == found[1].item
    note = await records.people.note("n1")
    assert note is not None
    assert note.text == "seen before"
    assert await records.pictures.withheld() == frozenset()
    await store.close()


def test_it_is_lifted_once_with_a_copy_beside_it_and_gets_the_schema_of_a_new_store(path, tmp_path):
    prepare(path)
    prepare(path)
    prepare(tmp_path / "new.db")

    schema = "SELECT name, sql FROM sqlite_master ORDER BY 1"
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    assert rows(path, schema) == rows(tmp_path / "new.db", schema)
    assert rows(path.with_name("console.db.v3.bak"), schema) == rows(WRITTEN, schema)
