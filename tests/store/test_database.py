"""Opening: owner-only, newer refused, damaged told, copied before it is lifted."""

import os
import sqlite3
import stat

import pytest

from console.base.errors import WorldError
from console.store.database import connect, migrations, prepare
from console.store.store import Store


def version_of(path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
async def test_only_the_owner_may_read_it(tmp_path):
    path = tmp_path / "data" / "console.db"
    store = await Store.open(path)
    await store.use_app("key")

    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}

    assert modes == {
        "console.db": 0o600,
        "console.db-wal": 0o600,
        "console.db-shm": 0o600,
        "console.db.lock": 0o600,
    }
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await store.close()


async def test_a_newer_schema_is_refused_with_a_sentence_and_left_alone(tmp_path):
    path = tmp_path / "console.db"
    prepare(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(WorldError, match=r"newer version of this program \(schema 99") as refused:
        await Store.open(path)

    assert "move the file away" in refused.value.advice
    assert version_of(path) == 99


async def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "console.db"
    path.write_bytes(b"this is no database, but a long enough text to be mistaken for one " * 40)

    with pytest.raises(WorldError, match="file is not a database") as refused:
        await Store.open(path)

    assert refused.value.advice.startswith("Begin a new store")


async def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(WorldError, match="could not be opened"):
        await Store.open(tmp_path / "data" / "console.db")


def test_an_older_file_is_copied_and_then_lifted(tmp_path):
    path = tmp_path / "console.db"
    first = "CREATE TABLE words (word TEXT);\nINSERT INTO words VALUES ('old; still');\n"
    prepare(path, [first])

    prepare(path, [first, "ALTER TABLE words ADD COLUMN count INTEGER DEFAULT 1;"])

    connection = connect(path)
    assert connection.execute("SELECT * FROM words").fetchall() == [("old; still", 1)]
    connection.close()
    assert version_of(path) == 2
    backup = connect(tmp_path / "console.db.v1.bak")
    assert backup.execute("SELECT * FROM words").fetchall() == [("old; still",)]
    backup.close()
    assert version_of(tmp_path / "console.db.v1.bak") == 1


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path):
    path = tmp_path / "console.db"
    prepare(path, ["CREATE TABLE words (word TEXT);"])

    with pytest.raises(WorldError, match="no such table: missing"):
        prepare(
            path,
            ["", "CREATE TABLE more (word TEXT);\nINSERT INTO missing VALUES (1);"],
        )

    assert version_of(path) == 1
    connection = connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    assert names == ["words"]


def test_opening_twice_changes_nothing(tmp_path):
    path = tmp_path / "console.db"
    prepare(path)
    prepare(path)

    assert version_of(path) == len(migrations())
    assert not list(tmp_path.glob("*.bak"))
