"""Heads: one for each day that is over, one at the end, none twice."""

from datetime import UTC, datetime

from console.audit import store_rows
from console.audit.check import check
from console.audit.head_signatures import is_right, signed
from console.domain.audit import AuditEntry, AuditKind
from console.store.audit_heads import Signature
from console.store.store import Store

KEY = "ef" * 32


def sign(day, place, last_hash):
    head = signed(day, place, last_hash, KEY)
    return Signature(head.key_id, head.signature)


def at(day, hour=12):
    return datetime(2026, 11, day, hour, tzinfo=UTC).timestamp()


async def test_a_day_gets_its_head_once_it_is_over(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    records = (await store.use_app("key")).audit
    assert not await records.add_head(sign, at=at(28))  # nothing was done yet
    await records.add(AuditEntry(kind=AuditKind.SIGN_IN, at=at(28)))
    assert not await records.add_head(sign, at=at(28, 13), before_day="2026-11-28")
    assert await records.add_head(sign, at=at(29, 1), before_day="2026-11-29")
    assert not await records.add_head(sign, at=at(29, 2), before_day="2026-11-29")
    await records.add(AuditEntry(kind=AuditKind.SIGN_OUT, at=at(29, 3)))
    assert await records.add_head(sign, at=at(29, 3))
    await store.close()
    with store_rows.opened(tmp_path / "console.db") as connection:
        found = check(store_rows.rows(connection))
    assert (found.intact, [head.day for head in found.heads]) == (
        True,
        ["2026-11-28", "2026-11-29"],
    )
    assert all(is_right(head, KEY) for head in found.heads)
