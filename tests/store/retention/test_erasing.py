"""Erasing a person: what they said, showed and what was copied goes, what is held is spared."""

import json

from console.audit import store_rows
from console.audit.check import check
from console.domain.about_person import Note, WatchMark
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import Text
from tests.store.retention.conftest import HALL, HARMFUL, NOW, item, picture


async def erase(room, who="bob"):
    return await room.records.retention.erase(who, at=NOW, by="mod")


def everything(room):
    """All bytes of the file that a reader of it would see."""
    with room.path.open("rb") as file:
        return file.read()


async def test_nothing_of_a_person_is_left_but_what_is_held(room):
    await room.keep(*(item(n, "bob", body=Text(f"zebra{n}")) for n in range(120)))
    await room.keep(item(1, "ann"))
    await room.keep(item(500, "bob", body=Text("walrus")), action=HARMFUL)
    await room.keep(item(501, "bob", kind="frame", body=picture("b")))
    await room.keep(item(502, "bob", kind="frame", body=picture("c")))
    await room.keep(item(2, "ann", kind="frame", body=picture("c")))
    for name in "bc":
        await room.records.pictures.keep(name * 64, b"jpeg", NOW)
    people = room.records.people
    note = Note(note_id="n", user_id="bob", text="Shouts.", by="mod", at=NOW)
    await people.keep_note(note)
    await people.keep_mark(WatchMark(user_id="bob", name="Bob", by="mod", at=NOW))
    await room.act("alone", "bob", reason="Bob shouts.")
    await room.act("crowd", "ann", "bob")
    await room.act("open", "bob", state=ReceiptState.SENT)
    theirs = Act(
        act_id="c1", kind="ban", cid=HALL, requested_at=NOW, user_ids=("bob", "cy"), by="eve"
    )
    await people.keep_colleague_act(theirs, Receipt(act_id="c1", state=ReceiptState.SEEN))
    copied = {
        "lines": [
            {"item": {"author_id": who, "author_name": who, "body": {"text": f"{who} said"}}}
            for who in ("bob", "ann")
        ]
    }
    room.evidence("e1", target="bob")
    room.evidence("e2", target="bob", held="mod")
    room.evidence("e3", target="ann", around=("bob",), body=json.dumps(copied).encode())

    kept = await room.records.retention.standing("bob")
    assert (kept.items, kept.acts, kept.evidence, kept.held, kept.in_force) == (123, 3, 2, 1, 1)
    assert kept.notes == 2
    erased = await erase(room)
    assert (erased.items, erased.pictures, erased.acts, erased.notes) == (123, 1, 3, 2)
    assert (erased.evidence, erased.held, erased.in_force) == (2, 1, 1)

    assert room.count("items", "author_id = 'bob'") == 0
    assert room.count("items") == 2
    assert room.rows("SELECT picture_id FROM pictures") == [("c" * 64,)]
    assert (room.count("notes"), room.count("watch_marks")) == (0, 0)
    assert room.count("known_names", "user_id = 'bob'") == 0
    acts = {row[0]: json.loads(row[1]) for row in room.rows("SELECT act_id, act FROM acts")}
    assert (set(acts), acts["crowd"]["user_ids"]) == ({"crowd", "open"}, ["ann"])
    (colleague,) = room.rows("SELECT user_id, act FROM colleague_acts")
    assert (colleague[0], json.loads(colleague[1])["user_ids"]) == ("cy", ["cy"])
    assert room.rows("SELECT evidence_id FROM evidence ORDER BY 1") == [("e2",), ("e3",)]
    (body,) = room.rows("SELECT body FROM evidence WHERE evidence_id = 'e3'")[0]
    assert b"bob" not in body
    assert b"ann said" in body
    with store_rows.opened(room.path) as connection:
        assert check(store_rows.rows(connection)).intact
    data = everything(room)
    assert not any(word in data for word in (b"zebra7", b"walrus", b"Bob shouts"))


async def test_the_search_index_follows(room):
    await room.keep(item(1, "bob", body=Text("a walrus")), item(2, "ann", body=Text("a walrus")))
    search = room.records.search
    while await search.index_step():
        pass
    found = "SELECT count(*) FROM search_index WHERE search_index MATCH 'walrus'"
    assert room.rows(found) == [(2,)]
    await erase(room)
    assert room.rows(found) == [(1,)]
    assert room.count("search_entries", "who LIKE '%bob%'") == 0


async def test_whoever_is_not_known_leaves_a_row_and_no_error(room):
    erased = await erase(room, "nobody")
    assert sum(erased) == 0
    assert room.rows("SELECT kind FROM audit") == [("erased",)]


async def test_what_is_in_force_keeps_its_evidence(room):
    await room.act("ban", "bob")
    await room.act("warning", "bob")
    await room.act("theirs", "ann", state=ReceiptState.SENT)
    room.write(
        "INSERT INTO sanctions VALUES (1, 's', ?, ?, NULL)", b'{"claims":[["ban","bob"]]}', NOW
    )
    room.evidence("ban", target="bob")
    room.evidence("warning", target="bob")
    room.evidence("theirs", target="ann", around=("bob",))
    before = await room.records.retention.standing("bob")
    assert (before.acts, before.in_force, before.evidence, before.held) == (1, 1, 2, 0)
    erased = await erase(room)
    assert (erased.acts, erased.in_force, erased.evidence, erased.held) == (1, 1, 2, 0)
    after = await room.records.retention.standing("bob")
    assert (after.acts, after.in_force, after.evidence) == (0, 1, 0)
    assert room.rows("SELECT evidence_id FROM evidence ORDER BY 1") == [("ban",), ("theirs",)]
    assert room.rows("SELECT user_id FROM evidence_people WHERE evidence_id = 'theirs'") == [
        ("ann",)
    ]
