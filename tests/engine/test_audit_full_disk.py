"""A store that takes nothing: rows of the log wait, are counted and told, and are written later."""

import json
import sqlite3

from console.audit import store_rows
from console.audit.check import check
from console.protocol.audit import NoteExport
from console.protocol.to_window import Problem

CID = "default:one"


def kinds(home):
    connection = sqlite3.connect(home / "data" / "console.db")
    try:
        found = connection.execute("SELECT body FROM audit ORDER BY place").fetchall()
        return [json.loads(body)["kind"] for (body,) in found]
    finally:
        connection.close()


async def limit_pages(console, most):
    """As if the disk had room for so many pages and no more; None: for all."""
    writer = console.engine._store._writer

    def work(connection):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        free = connection.execute("PRAGMA freelist_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages - free if most else 1 << 30}")

    await writer.run_outside(work)


async def test_rows_wait_for_a_full_disk_and_none_is_lost(sandbox, console, tmp_path):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await limit_pages(console, 1)
    now = console.engine._clock.now()
    for number in range(300):  # more than the free room of the last pages
        what = f"acts {number} " + "x" * 1_000
        console.router.answer(NoteExport(what=what, file="a.csv", count=1, at=now))
    await console.until(lambda: console.pulse and console.pulse.audit_unwritten > 0)
    told = [each.sentence for each in console.of(Problem) if each.place == "audit"]
    assert any("waits for the store" in each for each in told)
    sandbox.say(ann, "the call goes on")
    await console.until(lambda: "the call goes on" in console.texts)
    waiting = kinds(tmp_path).count("export")
    assert waiting < 300

    await limit_pages(console, None)
    await console.until(lambda: console.pulse.audit_unwritten == 0)
    assert kinds(tmp_path).count("export") == 300
    with store_rows.opened(tmp_path / "data" / "console.db") as connection:
        assert check(store_rows.rows(connection)).intact
    assert console.pulse.audit_lost == 0
