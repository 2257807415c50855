"""A store that schema 1's program wrote (data/version_1.sqlite) opens with all that is in it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import ReceiptState
from console.domain.item import CAPTION, Text, identify
from console.domain.verdict import JudgedItem, Severity, Source
from console.store.database import VERSION, migrations, prepare
from console.store.store import Store

WRITTEN = Path(__file__).with_name("data") / "version_1.sqlite"
HALL = "default:town-hall"
OTHER = "default:other"
HOSTILE = "<b>you</b> \x00 fool \u202e\n'; DROP TABLE utterances; --"
ENDLESS = (
    "CREATE TABLE endless (word TEXT);\n"
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " INSERT INTO endless SELECT printf('%0500d', x) FROM n;\n"
)


@pytest.fixture
def path(tmp_path):
    return Path(shutil.copy(WRITTEN, tmp_path / "console.db"))


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    finally:
        connection.close()


async def test_lines_verdicts_acts_and_the_rest_are_all_there(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")

    found = await records.recent_items([HALL, OTHER], 10)
    items = [judged.item for judged in found]

    assert [(item.text, item.author_id, item.revision) for item in items] == [
        ("good morning", "ada", 0),
        ("you fool, again", "ben", 1),
        ("guten Morgen", "ada", 0),
        ("see you", "ada", 0),
    ]
    first, (local, decided) = items[0], found[0].verdicts
    assert first.item_id == identify("u", HALL, "ada", str(1_790_000_000 * 10**9), "en")
    assert (first.kind, first.body, first.source_id) == (CAPTION, Text("good morning"), "c0")
    assert (first.author_name, first.session_id, first.language) == ("Ada Quill", "s1", "en")
    assert (first.start_time, first.end_time) == (1_790_000_000.0, 1_790_000_000.5)
    assert [item.translated for item in items] == [False, False, True, False]
    assert (local.source, local.provisional, local.item_id) == (Source.LOCAL, True, first.item_id)
    assert (decided.source, decided.action) == (Source.STREAM, "keep")
    revised = {verdict.source: verdict for verdict in found[1].verdicts}
    assert revised[Source.LOCAL].severity is Severity.HIGH
    assert (revised[Source.STREAM].confidence, revised[Source.STREAM].attempts) == (0.9, 2)
    assert await records.unjudged(10) == items[2:]

    kick, mute = await records.recent_acts(10)
    assert (kick.act.kind, kick.receipt.state) == ("kick", ReceiptState.SEEN)
    assert (kick.seen, dict(kick.changes)) == (frozenset({"ben"}), {"ben": ("present",)})
    assert mute.act.user_ids == ("ada", "ben")
    assert [act.act.act_id for act in await records.open_acts()] == ["act-2"]
    names = {call.cid: call.name for call in await store.archive().calls()}
    assert names == {HALL: "Town hall", OTHER: OTHER}
    assert await records.last_heartbeat() == (1_790_000_030.0, (HALL,))

    second = await store.use_app("key-two")
    (elsewhere,) = await second.recent_items([HALL], 10)
    assert elsewhere.item.text == "elsewhere"
    await store.close()


async def test_the_text_that_a_revision_replaced_is_still_known(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    revised = (await records.recent_items([HALL], 10))[1].item
    early = replace(revised, body=Text(HOSTILE), revision=0)

    assert await records.keep_items([JudgedItem(early)]) == [None]
    assert await records.keep_items([JudgedItem(revised)]) == [None]
    await store.close()


async def test_the_old_file_is_copied_once_and_a_second_opening_changes_nothing(path):
    backup = path.with_name("console.db.v1.bak")
    await (await Store.open(path)).close()
    lifted, kept_at = contents(path), backup.stat().st_mtime_ns

    await (await Store.open(path)).close()

    assert version_of(path) == VERSION
    assert contents(path) == lifted
    assert contents(backup) == contents(WRITTEN)
    assert backup.stat().st_mtime_ns == kept_at
    if os.name == "posix":
        assert backup.stat().st_mode & 0o777 == 0o600


def test_a_lifted_store_and_a_new_one_have_the_same_schema(path, tmp_path):
    prepare(path)
    prepare(tmp_path / "new.db")

    def schema(of: Path) -> list[tuple[str, str]]:
        connection = sqlite3.connect(of)
        try:
            return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()
        finally:
            connection.close()

    assert schema(path) == schema(tmp_path / "new.db")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_a_crash_in_the_middle_leaves_the_old_store_usable(path):
    before = contents(path)
    *earlier, last = migrations()
    code = (
        "import sys; from pathlib import Path; from console.store.database import prepare;"
        "prepare(Path(sys.argv[1]), sys.argv[2:])"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(path), *earlier, last + ENDLESS])
    log, until = path.with_name("console.db-wal"), time.monotonic() + 60
    try:
        while not (log.exists() and log.stat().st_size > 1_000_000):  # well inside the last step
            assert child.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()

    assert version_of(path) == 1
    assert contents(path) == before
    prepare(path)
    assert version_of(path) == VERSION
    assert len(contents(path)["items"]) == len(before["utterances"])


def test_a_lifting_that_takes_too_long_is_undone_and_told(path):
    before = contents(path)
    *earlier, last = migrations()

    with pytest.raises(WorldError, match=r"within 0 seconds\. It was left as it was") as refused:
        prepare(path, [*earlier, last + ENDLESS], limit=0.3)

    assert "less busy" in refused.value.advice
    assert (version_of(path), contents(path)) == (1, before)


def test_a_full_disk_is_told_before_anything_is_written(path):
    before = contents(path)

    with pytest.raises(WorldError, match=r"needs 0\.2 MB on its disk, and 0\.1 MB are free"):
        prepare(path, free=lambda _: 100_000)

    assert (version_of(path), contents(path)) == (1, before)
    assert not list(path.parent.glob("*.bak"))
