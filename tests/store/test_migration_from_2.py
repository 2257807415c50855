"""A store that schema 2's program wrote (data/version_2.sqlite) opens with all that is in it."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.item import CAPTION, MESSAGE, Picture, Text
from console.domain.raised import Decision, RaisedState, Step
from console.domain.verdict import Severity, Source, Verdict
from console.store.database import VERSION, prepare
from console.store.store import Store

WRITTEN = Path(__file__).with_name("data") / "version_2.sqlite"
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


async def test_what_was_said_and_done_is_all_there(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")

    found = await records.recent_items([HALL], 10)

    assert [(each.item.kind, each.item.text, each.item.revision) for each in found] == [
        (CAPTION, "good morning", 0),
        (CAPTION, "you utter fool", 1),
        (MESSAGE, "you fool again", 0),
        (CAPTION, "see you", 0),
        (CAPTION, "", 0),
    ]
    assert found[4].item.body == Picture("https://example.org/a.png")
    fool = {verdict.source: verdict for verdict in found[1].verdicts}
    assert (fool[Source.STREAM].severity, fool[Source.STREAM].confidence) == (
        Severity.CRITICAL,
        0.9,
    )
    assert found[2].verdicts[0].matches[0].rule == "insults"
    assert await records.unjudged(10) == [found[3].item, found[4].item]
    kick, ban = await records.recent_acts(10)
    assert (kick.receipt.state, kick.seen) == (ReceiptState.SEEN, frozenset({"ben"}))
    assert (ban.act.minutes, ban.receipt.state) == (60, ReceiptState.QUEUED)
    assert await records.last_heartbeat() == (1_790_000_030.0, (HALL,))
    second = await store.use_app("key-two")
    assert len(await second.unjudged(10)) == 1
    await store.close()


def test_it_is_lifted_once_with_a_copy_beside_it_and_gets_the_schema_of_a_new_store(path, tmp_path):
    prepare(path)
    prepare(path)
    prepare(tmp_path / "new.db")

    schema = "SELECT name, sql FROM sqlite_master ORDER BY 1"
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    assert rows(path, schema) == rows(tmp_path / "new.db", schema)
    assert rows(path.with_name("console.db.v2.bak"), schema) == rows(WRITTEN, schema)


async def test_what_was_raised_before_is_history_and_what_is_raised_now_is_open(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    before = await records.raised.before(most_open=10, most_ended=10)
    assert (before.open, before.ended, before.counts) == ([], [], {})
    waits, _ = await records.unjudged(10)
    flagged = Verdict(item_id=waits.item_id, source=Source.STREAM, action="flag", judged_at=5.0)

    await records.keep_verdicts([flagged])

    (raised,) = (await records.raised.before(most_open=10, most_ended=10)).open
    assert (raised.item, raised.verdict, raised.handling.raised_at) == (waits, flagged, 5.0)
    dismissal = Decision(
        decision_id="d", step=Step.DISMISS, item_ids=(waits.item_id,), by="mod", at=9.0
    )
    handling = replace(raised.handling, state=RaisedState.DISMISSED, at=9.0, decision_id="d")
    await records.raised.keep([handling], [dismissal])
    await store.close()

    store = await Store.open(path)
    records = await store.use_app("key-one")
    after = await records.raised.before(most_open=10, most_ended=10)
    assert ([one.handling for one in after.ended], after.open) == ([handling], [])
    assert after.counts == {RaisedState.DISMISSED: 1}
    stored = await records.raised.decision("d")
    assert stored is not None
    assert (stored.decision, stored.undone_at) == (dismissal, 0.0)
    await store.close()


async def test_a_text_that_was_replaced_is_still_known(path):
    store = await Store.open(path)
    records = await store.use_app("key-one")
    revised = (await records.recent_items([HALL], 10))[1]
    early = replace(revised, item=replace(revised.item, body=Text("you fool"), revision=0))

    assert await records.keep_items([early]) == [None]
    await store.close()
