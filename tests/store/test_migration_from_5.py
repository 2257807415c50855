"""A store that schema 5's program wrote (data/version_5.sqlite) opens with all that is in it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from console.domain.audit import AuditEntry, AuditKind
from console.store.database import VERSION, prepare
from console.store.store import Store

WRITTEN = Path(__file__).with_name("data") / "version_5.sqlite"
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


async def test_what_was_raised_knows_where_and_when_it_was_said(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    before = await records.raised.before(most_open=10, most_ended=10)
    assert sorted(one.item_id for one in before.open) == ["u0", "u1"]
    await store.close()

    where = "SELECT item_id, cid, session_id, said_at FROM raised_items ORDER BY item_id"
    assert rows(path, where) == [
        ("u0", HALL, "s1", 1_790_000_000.0),
        ("u1", HALL, "s1", 1_790_000_001.0),
    ]


def test_it_is_lifted_once_with_a_copy_beside_it_and_gets_the_schema_of_a_new_store(path, tmp_path):
    prepare(path)
    prepare(path)
    prepare(tmp_path / "new.db")

    schema = "SELECT name, sql FROM sqlite_master ORDER BY 1"
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    assert rows(path, schema) == rows(tmp_path / "new.db", schema)
    assert rows(path.with_name("console.db.v5.bak"), schema) == rows(WRITTEN, schema)


async def test_the_log_of_what_was_done_begins_empty(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    assert rows(path, "SELECT count(*) FROM audit") == [(0,)]
    assert await records.audit.add(AuditEntry(kind=AuditKind.SIGN_IN, at=1.0, by="mod")) == 1
    await store.close()
