"""What waits together is committed together; what fails, fails alone."""

import asyncio
import sqlite3

import pytest

from console.base.errors import WorldError
from console.store.connection_thread import ConnectionThread
from console.store.database import connect


@pytest.fixture
async def thread(tmp_path):
    path = tmp_path / "a.db"
    connection = connect(path)
    connection.execute("CREATE TABLE words (word TEXT UNIQUE)")
    thread = ConnectionThread(connection, path, name="test-writer", begin="BEGIN IMMEDIATE")
    yield thread
    await thread.close()


def put(word: str):
    return lambda c: c.execute("INSERT INTO words VALUES (?)", (word,)).rowcount


def words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY rowid")]


async def test_one_failing_job_leaves_the_others_of_its_transaction(thread):
    outcomes = await asyncio.gather(
        *(thread.run(put(word)) for word in ("a", "b", "a", "c")), return_exceptions=True
    )

    assert [type(outcome).__name__ for outcome in outcomes] == [
        "int",
        "int",
        "IntegrityError",
        "int",
    ]
    assert await thread.run(words) == ["a", "b", "c"]


async def test_a_failing_commit_fails_everyone_and_keeps_nothing(thread, tmp_path):
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 3")
        for number in range(1000):
            put("x" * 4000 + str(number))(connection)

    outcomes = await asyncio.gather(thread.run(put("a")), thread.run(fill), return_exceptions=True)

    assert isinstance(outcomes[1], WorldError)
    assert "full" in outcomes[1].sentence
    kept = await thread.run(words)
    # SQLite may undo the whole transaction when the disk is full; told and kept must agree.
    assert kept == ([] if isinstance(outcomes[0], WorldError) else ["a"])


async def test_a_cancelled_caller_does_not_stop_the_thread(thread):
    waiting = asyncio.gather(thread.run(put("a")))
    await asyncio.sleep(0)
    waiting.cancel()

    assert await thread.run(put("b")) == 1
    assert "b" in await thread.run(words)


async def test_close_finishes_what_waits(tmp_path):
    path = tmp_path / "b.db"
    connection = connect(path)
    connection.execute("CREATE TABLE words (word TEXT UNIQUE)")
    thread = ConnectionThread(connection, path, name="test-writer", begin="BEGIN IMMEDIATE")
    writes = asyncio.gather(*(thread.run(put(str(n))) for n in range(250)))
    await asyncio.sleep(0)

    await thread.close()
    await thread.close()

    assert await writes == [1] * 250
    again = connect(path)
    assert len(words(again)) == 250
    again.close()


async def test_durable_jobs_sync_and_the_others_do_not(thread):
    def level(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA synchronous").fetchone()[0])

    assert await thread.run(level, durable=True) == 2
    assert await thread.run(level) == 1
