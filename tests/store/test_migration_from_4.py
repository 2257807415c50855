"""A store that schema 4's program wrote (data/version_4.sqlite) opens with all that is in it."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.domain.item import Text
from console.domain.spoken_language import KnownBy
from console.domain.verdict import JudgedItem
from console.store.database import VERSION, prepare
from console.store.store import Store

WRITTEN = Path(__file__).with_name("data") / "version_4.sqlite"
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


async def test_a_language_that_stream_stated_is_one_that_stream_stated(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    found = await records.recent_items([HALL], 10)
    goodbye = found[-1].item
    assert (goodbye.text, goodbye.stated_language) == ("hasta luego", "es")
    assert (goodbye.language_by, goodbye.language_confidence) == (KnownBy.STATED, -1.0)
    assert (found[-1].verdicts[0].looked, found[-1].verdicts[0].gap) == ((), None)
    await store.close()


async def test_a_further_text_may_be_in_another_language(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    goodbye = (await records.recent_items([HALL], 10))[-1].item
    changed = replace(
        goodbye,
        body=Text("see you all later"),
        language="en",
        language_confidence=0.97,
        language_by=KnownBy.WORDS,
    )
    await records.keep_items([JudgedItem(changed)])
    kept = (await records.recent_items([HALL], 10))[-1]
    assert kept.item == replace(changed, revision=1)
    assert kept.item.stated_language == ""
    await store.close()


def test_it_is_lifted_once_with_a_copy_beside_it_and_gets_the_schema_of_a_new_store(path, tmp_path):
    prepare(path)
    prepare(path)
    prepare(tmp_path / "new.db")

    schema = "SELECT name, sql FROM sqlite_master ORDER BY 1"
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    assert rows(path, schema) == rows(tmp_path / "new.db", schema)
    assert rows(path.with_name("console.db.v4.bak"), schema) == rows(WRITTEN, schema)
