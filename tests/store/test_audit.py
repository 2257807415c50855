"""The log that cannot be changed silently, as the store writes it."""

import json
import sqlite3

import pytest
from msgspec.structs import replace

from console.domain.act import AUTOMATION, Act, Receipt, ReceiptState
from console.domain.audit import (
    FIRST_HASH,
    AuditEntry,
    AuditKind,
    PersonalText,
    digest_of,
    hash_of,
    person_texts,
    text_hash,
)
from console.store import audit
from console.store.store import Store

CID = "default:town-hall"


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


@pytest.fixture
async def records(store):
    return await store.use_app("key")


def rows(tmp_path, query, *parameters):
    connection = sqlite3.connect(tmp_path / "console.db")
    try:
        return connection.execute(query, parameters).fetchall()
    finally:
        connection.close()


def bodies(tmp_path):
    return [json.loads(b) for (b,) in rows(tmp_path, "SELECT body FROM audit ORDER BY place")]


def ban(act_id="a1", **fields) -> Act:
    given = {
        "kind": "ban",
        "cid": CID,
        "requested_at": 12.5,
        "user_ids": ("bob", "cy"),
        "names": ("Bob", "Cy"),
        "by": "mod",
        "reason": "Insults Ada.",
    }
    return Act(act_id=act_id, **{**given, **fields})


async def test_each_row_covers_the_one_before(records, tmp_path):
    for kind in (AuditKind.SIGN_IN, AuditKind.EXPORT, AuditKind.SIGN_OUT):
        await records.audit.add(AuditEntry(kind=kind, at=1.0, by="mod"))
    before = FIRST_HASH
    found = rows(tmp_path, "SELECT place, body, hash FROM audit ORDER BY place")
    for place, body, hashed in found:
        assert json.loads(body)["n"] == place
        assert hashed == hash_of(before, body)
        before = hashed
    assert [json.loads(body)["kind"] for _, body, _ in found] == ["sign_in", "export", "sign_out"]


async def test_an_act_and_its_outcome_are_rows_without_a_text_of_a_person(records, tmp_path):
    queued = Receipt(act_id="a1", state=ReceiptState.QUEUED, queued_at=13.0)
    assert await records.add_act(ban(), queued)
    assert not await records.add_act(ban(), queued)
    await records.keep_receipt(replace(queued, state=ReceiptState.SENT, sent_at=14.0))
    seen = replace(queued, state=ReceiptState.SEEN, seen_at=15.0, evidence="user.banned")
    await records.keep_receipt(seen)
    await records.keep_receipt(replace(seen, undone_by="a2"))

    wanted, came_out = bodies(tmp_path)
    assert (wanted["kind"], wanted["by"], wanted["at_ms"]) == ("act", "mod", 12_500)
    assert (wanted["app"], wanted["facts"]["act"], wanted["facts"]["cid"]) == ("key", "ban", CID)
    assert (came_out["kind"], came_out["at_ms"]) == ("outcome", 15_000)
    assert (came_out["facts"]["state"], came_out["facts"]["evidence"]) == ("seen", "user.banned")
    written = json.dumps([wanted, came_out])
    assert not any(word in written for word in ("bob", "Bob", "Insults"))
    texts = rows(tmp_path, "SELECT hash, salt, text FROM audit_texts WHERE place = 1 ORDER BY 2, 1")
    assert all(text_hash(salt, text) == hashed for hashed, salt, text in texts)
    stored = {(t["what"], t["text"], t["who"]) for t in (json.loads(text) for _, _, text in texts)}
    assert stored == {
        ("person", "bob", "bob"),
        ("person", "cy", "cy"),
        ("name", "Bob", "bob"),
        ("name", "Cy", "cy"),
        ("reason", "Insults Ada.", ""),
    }


async def test_an_act_of_a_rule_and_one_that_is_done_again_are_told_apart(records, tmp_path):
    act = ban(by=AUTOMATION, rule="insults")
    failed = Receipt(act_id="a1", state=ReceiptState.FAILED, reason="Stream refused.")
    await records.add_act(act, failed)
    await records.keep_receipt(Receipt(act_id="a1", state=ReceiptState.SENT, sent_at=20.0))
    found = bodies(tmp_path)
    assert [each["kind"] for each in found] == ["automatic_act", "automatic_act"]
    assert [each["facts"]["state"] for each in found] == ["failed", "sent"]
    assert found[0]["facts"]["rule"] == "insults"


async def test_what_is_not_kept_leaves_no_row(records, store, tmp_path):
    def work(connection):
        audit.add(connection, 1, AuditEntry(kind=AuditKind.EXPORT, at=1.0))
        raise ValueError("the evidence could not be written")

    with pytest.raises(ValueError, match="evidence"):
        await store._writer.run(work)
    await records.audit.add(AuditEntry(kind=AuditKind.SIGN_IN, at=2.0))
    assert [each["kind"] for each in bodies(tmp_path)] == ["sign_in"]


async def test_texts_of_a_person_are_erased_and_the_row_says_how_many(records, store, tmp_path):
    seen = Receipt(act_id="a1", state=ReceiptState.SEEN, seen_at=15.0)
    await records.add_act(ban(), seen)
    other = AuditEntry(
        kind=AuditKind.EXPORT, at=3.0, texts=(*person_texts(["cy"]), PersonalText("file", "x"))
    )
    await records.audit.add(other)

    def work(connection):
        texts = audit.texts_about(connection, 1, "bob")
        return audit.erase(
            connection, 1, texts, AuditEntry(kind=AuditKind.ERASED, at=9.0, by="mod")
        )

    assert await store._writer.run(work) == 3
    left = rows(tmp_path, "SELECT place, text FROM audit_texts WHERE text IS NOT NULL")
    kept = [(place, json.loads(text)["text"]) for place, text in left]
    assert sorted(kept) == [(1, "Cy"), (1, "cy"), (2, "cy"), (2, "x")]
    gone = rows(tmp_path, "SELECT hash, salt, erased_by FROM audit_texts WHERE text IS NULL")
    assert [each[1:] for each in gone] == [(None, 3)] * 3
    said = bodies(tmp_path)[-1]["facts"]
    assert said == {"texts": "3", "digest": digest_of(each[0] for each in gone)}
