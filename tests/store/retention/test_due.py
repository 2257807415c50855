"""What has come to its end is found and goes; what is open, under way, in force or held stays."""

import json

from console.audit import store_rows
from console.audit.check import check
from console.domain.act import ReceiptState
from console.domain.retention import AtEnd, Going, Kept, RetentionPlan, Rule, wrong_with
from tests.store.retention.conftest import DAY, HARMFUL, NOW, item, picture

PLAN = RetentionPlan(
    lines=Rule(90), chat=Rule(60), frames=Rule(30), verdicts=Rule(10), acts=Rule(365)
)


async def look(room, plan=PLAN):
    return (await room.records.retention.look(plan.cutoffs(NOW), 0)).found


async def test_each_kind_has_its_own_time(room):
    for number, (kind, days) in enumerate(
        (
            *(("caption", 100), ("caption", 80), ("message", 80), ("message", 50)),
            *(("frame", 50), ("frame", 20)),
        )
    ):
        body = picture("a") if kind == "frame" else None
        await room.keep(item(number, days=days, kind=kind, body=body))
    found = await look(room)
    assert [(each.kept, each.verdicts_only) for each in found] == [
        (Kept.LINES, False),
        (Kept.VERDICTS, True),
        (Kept.CHAT, False),
        (Kept.VERDICTS, True),
        (Kept.FRAMES, False),
        (Kept.VERDICTS, True),
    ]
    await room.records.retention.delete_items(PLAN, found, PLAN.cutoffs(NOW)[Kept.VERDICTS])
    assert (room.count("items"), room.count("verdicts"), room.count("search_waiting")) == (3, 0, 4)
    counts = room.rows(
        "SELECT kind, cid, sum(count) FROM retention_counts GROUP BY kind, cid ORDER BY kind"
    )
    assert [each[0] for each in counts if each[0] != "verdicts"] == ["chat", "frames", "lines"]
    assert sum(each[2] for each in counts) == 6
    assert await look(room) == []


async def test_what_is_open_or_waits_for_a_verdict_stays(room):
    await room.keep(item(1, days=500), action=HARMFUL)
    await room.records.keep_items([])
    waiting = item(2, days=500)
    from console.domain.verdict import JudgedItem

    await room.records.keep_items([JudgedItem(waiting)])
    assert await look(room) == []
    room.write("UPDATE raised_items SET state = 'dismissed'")
    assert [each.item_id for each in await look(room)] == [item(1).item_id]


async def test_acts_go_but_not_those_under_way_or_in_force(room):
    await room.act("old", "ann", days=400)
    await room.act("new", "ann", days=300)
    await room.act("sent", "ann", days=400, state=ReceiptState.SENT)
    await room.act("holds", "ann", days=400)
    body = json.dumps({"claims": [{"act_id": "holds"}]}).encode()
    room.write("INSERT INTO sanctions VALUES (1, 'x', ?, 0.0, NULL)", body)
    cutoff = PLAN.cutoffs(NOW)[Kept.ACTS]
    assert (await room.records.retention.delete_acts(PLAN, cutoff, 0))[0] == 1
    assert room.rows("SELECT act_id FROM acts ORDER BY act_id") == [
        ("holds",),
        ("new",),
        ("sent",),
    ]
    assert room.count("act_people", "act_id = 'old'") == 0


async def test_texts_of_the_log_go_with_the_time_of_acts_and_it_stays_whole(room):
    await room.act("old", "ann", days=400, reason="Insults Ben.")
    await room.act("new", "ann", days=1)
    step = await room.records.retention.erase_texts(NOW - 365 * DAY, NOW)
    assert (step.gone, step.more) == (3, True)
    assert (await room.records.retention.erase_texts(NOW - 365 * DAY, NOW)).gone == 0
    with store_rows.opened(room.path) as connection:
        found = check(store_rows.rows(connection))
    assert (found.intact, found.erased, found.texts) == (True, 3, 2)


async def test_evidence_that_is_held_is_never_deleted(room):
    room.evidence("e1", days=900)
    room.evidence("e2", days=900, held="mod")
    room.evidence("e3", days=1)
    cutoff = RetentionPlan().cutoffs(NOW)[Kept.EVIDENCE]
    plan = RetentionPlan(evidence=Rule(730))
    assert (await room.records.retention.delete_evidence(plan, cutoff, NOW)).gone == 1
    assert room.rows("SELECT kind, count FROM retention_counts") == [("evidence", 1)]
    assert room.rows("SELECT evidence_id FROM evidence ORDER BY 1") == [("e2",), ("e3",)]
    (kind, body) = room.rows("SELECT kind, body FROM audit")[-1]
    assert (kind, json.loads(body)["facts"]["evidence_id"]) == ("evidence_deleted", "e1")


async def test_evidence_of_what_is_in_force_stays_and_is_not_counted(room):
    await room.act("e1", "ann", days=900, state=ReceiptState.SENT)
    await room.act("e2", "ann", days=900)
    body = b'{"claims":[["e2","ann"]]}'
    room.write("INSERT INTO sanctions VALUES (1, 's', ?, ?, NULL)", body, NOW)
    for name in ("e1", "e2", "e3"):
        room.evidence(name, days=900)
    cutoffs = RetentionPlan().cutoffs(NOW)
    counted = {each.kept: each.count for each in await room.records.retention.going(cutoffs)}
    assert counted == {Kept.EVIDENCE: 1}
    step = await room.records.retention.delete_evidence(
        RetentionPlan(), cutoffs[Kept.EVIDENCE], NOW
    )
    assert step.gone == 1
    assert room.rows("SELECT evidence_id FROM evidence ORDER BY 1") == [("e1",), ("e2",)]


async def test_a_preview_counts_what_would_go_and_deletes_nothing(room):
    await room.keep(*(item(number, days=100 - number) for number in range(20)))
    await room.act("old", "ann", days=400)
    room.evidence("e1", days=900)
    going = await room.records.retention.going(PLAN.cutoffs(NOW))
    assert going == [
        Going(Kept.LINES, 10, NOW - 100 * DAY),
        Going(Kept.VERDICTS, 10, NOW - 90 * DAY),
        Going(Kept.ACTS, 1, NOW - 400 * DAY),
        Going(Kept.EVIDENCE, 1, NOW - 900 * DAY),
    ]
    assert (room.count("items"), room.count("acts"), room.count("evidence")) == (20, 1, 1)


async def test_a_plan_is_kept_and_each_change_is_a_row_of_the_log(room):
    retention = room.records.retention
    assert await retention.plan() == RetentionPlan()
    for _ in range(2):
        await retention.keep_plan(PLAN, at=NOW, by="mod")
    assert await retention.plan() == PLAN
    (body,) = [json.loads(b) for (b,) in room.rows("SELECT body FROM audit")]
    assert (body["by"], body["facts"]["setting"]) == ("mod", "retention")
    assert body["facts"]["lines"] == "180 days, count -> 90 days, count"


def test_plans_that_make_no_sense_are_refused():
    assert wrong_with(RetentionPlan()) == ""
    assert "days" in wrong_with(RetentionPlan(lines=Rule(-1)))
    assert "MB" in wrong_with(RetentionPlan(most_mb=1))
    assert RetentionPlan(lines=Rule(0, AtEnd.DELETE)).cutoffs(NOW).get(Kept.LINES) is None


async def test_the_file_shrinks_and_reads_go_on(room):
    text = "words " * 400
    from console.domain.item import Text

    for first in range(0, 2_000, 200):
        await room.keep(
            *(item(n, days=100, body=Text(f"{n} {text}")) for n in range(first, first + 200))
        )
    await room.store._writer.run_outside(lambda c: c.execute("PRAGMA wal_checkpoint").fetchall())
    before = room.path.stat().st_size
    found = await look(room, RetentionPlan(lines=Rule(90, AtEnd.DELETE)))
    assert len(found) == 2_000
    for first in range(0, 2_000, 50):
        await room.records.retention.delete_items(PLAN, found[first : first + 50], 0.0)
    size = await room.records.retention.size()
    assert size.free > size.bytes / 2
    while await room.records.retention.give_back():
        await room.records.waiting()
    await room.store._writer.run_outside(lambda c: c.execute("PRAGMA wal_checkpoint").fetchall())
    assert room.path.stat().st_size < before / 4
