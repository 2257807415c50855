"""A store with lines, chat, frames, acts and evidence of two people and of two ages."""

import sqlite3

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import Item, Picture, Text, identify
from console.domain.verdict import KEEP, REMOVE, JudgedItem, Source, Verdict
from console.store.store import Store

HALL = "default:hall"
DAY = 86_400.0
NOW = 1_800_000_000.0


def item(number, who="ann", *, days=0.0, kind="caption", body=None) -> Item:
    at = NOW - days * DAY
    return Item(
        item_id=identify("u", HALL, who, str(number), "en"),
        kind=kind,
        cid=HALL,
        session_id="s1",
        author_id=who,
        author_name=who.title(),
        body=body or Text(f"line {number} of {who}"),
        start_time=at,
        end_time=at,
        received_at=at,
    )


def judged(each: Item, action=KEEP) -> JudgedItem:
    verdicts = tuple(
        Verdict(
            item_id=each.item_id,
            source=source,
            action=action,
            provisional=source is Source.LOCAL,
            judged_at=each.received_at,
        )
        for source in (Source.LOCAL, Source.STREAM)
    )
    return JudgedItem(each, verdicts)


def picture(name: str) -> Picture:
    return Picture(picture_id=name * 64, width=10, height=10)


class Room:
    """What is in the store, by plain SQL."""

    def __init__(self, store: Store, records, path) -> None:
        self.store, self.records, self.path = store, records, path

    def rows(self, query, *parameters):
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(query, parameters).fetchall()
        finally:
            connection.close()

    def write(self, statement, *parameters) -> None:
        connection = sqlite3.connect(self.path)
        try:
            connection.execute(statement, parameters)
            connection.commit()
        finally:
            connection.close()

    def count(self, table, where="1") -> int:
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    async def keep(self, *items: Item, action=KEEP) -> None:
        found = [judged(each, action) for each in items]
        await self.records.keep_items(found)
        await self.records.keep_verdicts([each.verdicts[1] for each in found])

    async def act(self, act_id, *user_ids, days=0.0, state=ReceiptState.SEEN, **fields) -> None:
        at = NOW - days * DAY
        act = Act(
            act_id=act_id,
            kind="kick",
            cid=HALL,
            requested_at=at,
            user_ids=user_ids,
            names=tuple(each.title() for each in user_ids),
            by="mod",
            **fields,
        )
        await self.records.add_act(act, Receipt(act_id=act_id, state=state, queued_at=at))

    def evidence(self, evidence_id, *, days=0.0, target="ann", around=(), held="", body=b"{}"):
        at = NOW - days * DAY
        self.write(
            "INSERT INTO evidence (app_id, evidence_id, at, kind, cid, session_id, by, body,"
            " held_by) VALUES (1, ?, ?, 'kick', ?, 's1', 'mod', ?, ?)",
            *(evidence_id, at, HALL, body, held),
        )
        for who, aimed in ((target, 1), *((each, 0) for each in around)):
            self.write(
                "INSERT INTO evidence_people (app_id, user_id, target, at, evidence_id)"
                " VALUES (1, ?, ?, ?, ?)",
                *(who, aimed, at, evidence_id),
            )


@pytest.fixture
async def room(tmp_path):
    path = tmp_path / "console.db"
    store = await Store.open(path)
    yield Room(store, await store.use_app("key"), path)
    await store.close()


HARMFUL = REMOVE
