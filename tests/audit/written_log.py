"""A log with rows of every form, written by the store itself."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from console.audit.head_signatures import signed
from console.domain.act import AUTOMATION, Act, Receipt, ReceiptState
from console.domain.audit import AuditEntry, AuditKind, PersonalText, person_texts
from console.store import audit
from console.store.store import Store

KEY = "ab" * 32
DAY_S = 86_400.0
BEGAN = datetime(2026, 11, 28, 9, tzinfo=UTC).timestamp()
ROWS = 14


def write(path: Path) -> None:
    """Fill a new store: acts and outcomes of two days, hostile names, heads, an erased person."""
    asyncio.run(_write(path))


async def _write(path: Path) -> None:
    store = await Store.open(path)
    records = await store.use_app("key")

    async def add(kind: AuditKind, at: float, **fields) -> None:
        await records.audit.add(AuditEntry(kind=kind, at=BEGAN + at, by="mod", **fields))

    def head(connection: sqlite3.Connection) -> None:
        last = audit.head(connection)
        at_ms = connection.execute("SELECT max(at_ms) FROM audit").fetchone()[0]
        day = datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d")
        found = signed(day, last.place, last.hash, KEY)
        facts = {
            "day": day,
            "n": str(found.place),
            "hash": found.hash,
            "key": found.key_id,
            "signature": found.signature,
        }
        audit.add(connection, 1, AuditEntry(kind=AuditKind.HEAD, at=at_ms / 1000, facts=facts))

    def erase(connection: sqlite3.Connection) -> None:
        texts = audit.texts_about(connection, 1, "bob")
        entry = AuditEntry(kind=AuditKind.ERASED, at=BEGAN + DAY_S + 90, by="mod")
        audit.erase(connection, 1, texts, entry)

    await add(AuditKind.SIGN_IN, 0.0)
    for number, (who, name) in enumerate((("bob", "=HYPERLINK(1)"), ("cy", "\u202eevil\x00"))):
        act = Act(
            act_id=f"a{number}",
            kind="ban",
            cid="default:hall",
            requested_at=BEGAN + 10 + number,
            user_ids=(who,),
            names=(name,),
            by=AUTOMATION if number else "mod",
            reason="@insults",
        )
        await records.add_act(act, Receipt(act_id=act.act_id, state=ReceiptState.QUEUED))
        seen = Receipt(act_id=act.act_id, state=ReceiptState.SEEN, seen_at=BEGAN + 12 + number)
        await records.keep_receipt(seen)
    await store._writer.run(head)
    await add(AuditKind.SETTING, DAY_S, facts={"setting": "theme", "to": "dark"})
    await add(AuditKind.EXPORT, DAY_S + 1, texts=(PersonalText("file", "+log.csv"),))
    crowd = person_texts([f"u{n}" for n in range(40)])
    await add(AuditKind.VETO, DAY_S + 2, texts=crowd)
    await store._writer.run(erase)
    for number in range(2):
        await add(AuditKind.EVIDENCE_OPENED, DAY_S + 100 + number, facts={"evidence": f"e{number}"})
    await add(AuditKind.SIGN_OUT, DAY_S + 200)
    await store._writer.run(head)
    await store.close()
