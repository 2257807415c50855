"""Retention and erasing through the engine: a preview first, then small steps beside the work."""

import sqlite3
import time

from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.item import Item, Text, identify
from console.domain.retention import Kept, RetentionPlan, Rule
from console.domain.verdict import KEEP, JudgedItem, Source, Verdict
from console.protocol.retention import (
    AskErase,
    AskRetention,
    ErasePerson,
    ErasePreview,
    PersonErased,
    Retention,
    SetRetention,
)
from console.store.store import Store

CID = "default:one"
DAY = 86_400.0


def old(number: int, days: float) -> Item:
    at = time.time() - days * DAY
    return Item(
        item_id=identify("u", CID, "ann", str(number), "en"),
        kind="caption",
        cid=CID,
        session_id="s0",
        author_id="ann",
        author_name="Ann",
        body=Text(f"said before {number}"),
        start_time=at,
        end_time=at,
        received_at=at,
    )


async def fill(home, app, days):
    (home / "data").mkdir(exist_ok=True)
    store = await Store.open(home / "data" / "console.db")
    records = await store.use_app(app)
    items = [old(number, days) for number in range(130)]
    found = [
        JudgedItem(item, (Verdict(item_id=item.item_id, source=Source.STREAM, action=KEEP),))
        for item in items
    ]
    await records.keep_items([replace(each, verdicts=()) for each in found])
    await records.keep_verdicts([each.verdicts[0] for each in found])
    await store.close()


def count(home, query):
    connection = sqlite3.connect(home / "data" / "console.db")
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


async def answer(console, question, kind):
    console.router.answer(question)
    await console.until(
        lambda: [each for each in console.of(kind) if each.request_id == question.request_id]
    )
    return console.of(kind)[-1]


async def test_what_would_go_is_shown_before_it_goes(sandbox, console, tmp_path):
    await fill(tmp_path, sandbox.keys.api_key, days=100)
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "good morning")
    short = RetentionPlan(lines=Rule(30), verdicts=Rule(30))
    shown = await answer(console, AskRetention("r1", short), Retention)
    assert (shown.plan, [(g.kept, g.count) for g in shown.going]) == (
        RetentionPlan(),
        [(Kept.LINES, 130)],
    )
    assert count(tmp_path, "SELECT count(*) FROM items WHERE session_id = 's0'") == 130

    wrong = await answer(console, SetRetention("r2", RetentionPlan(most_mb=1)), Retention)
    assert "MB" in wrong.sentence
    used = await answer(console, SetRetention("r3", short), Retention)
    assert used.plan == short
    # Acts go on meanwhile.
    act_id = console.act("mute_audio", CID, "ann", requested_at=time.time())
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    await console.until(
        lambda: count(tmp_path, "SELECT count(*) FROM items WHERE session_id = 's0'") == 0
    )
    await console.until(
        lambda: count(tmp_path, "SELECT count(*) FROM audit WHERE kind = 'retention'") == 1
    )
    assert count(tmp_path, "SELECT sum(count) FROM retention_counts") == 130
    assert count(tmp_path, "SELECT count(*) FROM items") >= 1


async def test_a_person_is_erased_after_a_preview(sandbox, console, tmp_path):
    await fill(tmp_path, sandbox.keys.api_key, days=1)
    sandbox.call("one", "bob")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    preview = await answer(console, AskErase("e1", "ann"), ErasePreview)
    assert (preview.items, preview.held) == (130, 0)
    erased = await answer(console, ErasePerson("e2", "ann"), PersonErased)
    assert (erased.user_id, erased.items, erased.held) == ("ann", 130, 0)
    assert count(tmp_path, "SELECT count(*) FROM items WHERE author_id = 'ann'") == 0
