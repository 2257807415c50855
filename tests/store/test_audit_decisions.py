"""Decisions about raised items, and that they were taken back, are rows of the log."""

import json
import sqlite3

from console.domain.raised import Decision, Step
from console.store.store import Store


async def test_a_decision_and_its_undo_are_one_row_each(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    records = await store.use_app("key")
    decision = Decision(
        decision_id="d1", step=Step.DISMISS, item_ids=("u1", "u2"), by="mod", at=5.0, note="A joke."
    )
    for _ in range(2):
        await records.raised.keep((), (decision,))
        await records.raised.keep((), (), {"d1": 6.0})
    await store.close()
    connection = sqlite3.connect(tmp_path / "console.db")
    try:
        found = [json.loads(b) for (b,) in connection.execute("SELECT body FROM audit")]
        ((note,),) = connection.execute("SELECT text FROM audit_texts").fetchall()
    finally:
        connection.close()
    assert [(row["by"], row["at_ms"], row["facts"]["step"]) for row in found] == [
        ("mod", 5_000, Step.DISMISS.value),
        ("mod", 6_000, "undone"),
    ]
    assert found[0]["facts"]["items"] == "u1 u2"
    assert json.loads(note)["text"] == "A joke."
