"""The index follows what is kept, in small steps, and forgets what is deleted."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.about_person import Note
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import FRAME, Picture
from console.domain.search.hit import MAX_SAVED, SavedSearch
from console.domain.search.parse import parse
from console.domain.verdict import Severity
from console.store.search import reading, writing
from console.store.store import Store
from tests.store.search.search_store import HALL, NOW, ids, index, kept, line, raised

NOTE = Note(note_id="n1", user_id="ada", text="secretnote", by="mod", at=NOW)


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


@pytest.fixture
async def app(store):
    return await store.use_app("key")


async def execute(app, sql, *parameters):
    return await app.search._writer.run(lambda c: c.execute(sql, parameters).fetchall())


async def test_what_waits_is_told_until_it_is_indexed(app):
    await app.keep_items([kept(line(f"i{n}", f"words {n}", NOW + n)) for n in range(300)])
    state = await app.search.state()
    assert (state.entries, state.waiting, state.percent) == (0, 301, 0)
    first = await app.search.index_step()
    state = await app.search.state()
    assert (len(first), state.entries, state.waiting, state.percent) == (200, 200, 101, 66)
    assert await ids(app, "words", most=1) == ["i299"]
    await index(app)
    assert (await app.search.state()).percent == 100
    assert await app.search.index_step() is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM items WHERE item_id = 'i1'",
        "DELETE FROM items",
        "DELETE FROM items WHERE author_id = 'ada'",
    ],
)
async def test_what_is_deleted_is_found_no_more(app, statement):
    await app.keep_items([raised(line("i1", "secretword", NOW), Severity.HIGH, "L")])
    await index(app)
    assert await ids(app, "secretword") == ["i1"]
    assert await ids(app, "type:name") == ["ada"]
    await execute(app, statement)
    assert await ids(app, "secretword") == []
    assert await ids(app, "type:name") == []
    assert await app.search.index_step() is None
    assert (await app.search.state()).entries == 0


async def test_a_name_stays_while_somebody_said_something_under_it(app):
    await app.keep_items([kept(line("i1", "one")), kept(line("i2", "two"))])
    await index(app)
    await execute(app, "DELETE FROM items WHERE item_id = 'i1'")
    assert await ids(app, "type:name") == ["ada"]


async def test_what_is_deleted_before_it_was_indexed_never_is(app):
    await app.keep_items([kept(line("i1", "secretword"))])
    await app.people.keep_note(NOTE)
    await execute(app, "DELETE FROM items")
    await app.people.keep_note(replace(NOTE, removed=True, text=""))
    await index(app)
    assert (await app.search.state()).entries == 0


async def test_a_row_that_changes_while_it_is_indexed_waits_again(app):
    await app.keep_items([kept(line("i1", "first words"))])
    prepared = await app.search._searcher.run(lambda c: reading.waiting(c, 10))
    await app.keep_items([kept(line("i1", "second words"))])
    await app.search._writer.run(lambda c: writing.keep(c, prepared))
    assert (await app.search.state()).waiting == 1
    await index(app)
    assert await ids(app, '"second words"') == ["i1"]
    await execute(app, "DELETE FROM items")
    await app.search._writer.run(lambda c: writing.keep(c, prepared))
    assert (await app.search.state()).entries == 0


async def test_a_note_that_was_taken_back_is_gone_at_once(app):
    await app.people.keep_note(NOTE)
    await index(app)
    assert await ids(app, "secretnote") == ["n1"]
    await app.people.keep_note(replace(NOTE, removed=True, text=""))
    assert await ids(app, "secretnote") == []


async def test_a_picture_that_nobody_may_see_has_no_words_in_the_index(app):
    picture = line("f1", Picture(picture_id="x", text="secretsign"), kind=FRAME)
    await app.keep_items([kept(picture)])
    await index(app)
    await app.pictures.withhold(picture, NOW)
    await index(app)
    assert await ids(app, "secretsign") == []


async def test_acts_of_colleagues_are_found_and_go_with_their_rows(app):
    act = Act(
        act_id="c1",
        kind="kick",
        cid=HALL,
        requested_at=NOW,
        user_ids=("ada",),
        names=("Ada",),
        by="eve",
    )
    await app.people.keep_colleague_act(act, Receipt(act_id="c1", state=ReceiptState.SEEN))
    await index(app)
    assert await ids(app, "act:kick by:eve") == ["c1"]
    await execute(app, "DELETE FROM colleague_acts")
    assert await ids(app, "act:kick") == []


async def test_what_is_rewritten_is_found_as_it_is_now(app):
    act = Act(act_id="c1", kind="kick", cid=HALL, requested_at=NOW, reason="oldreason", by="eve")
    receipt = Receipt(act_id="c1", state=ReceiptState.SEEN)
    await app.add_act(act, receipt)
    await app.people.keep_colleague_act(replace(act, act_id="c2", user_ids=("ada",)), receipt)
    await app.people.keep_note(NOTE)
    await app.keep_items([kept(line("i1", "words"))])
    await index(app)
    assert sorted(await ids(app, "oldreason")) == ["c1", "c2"]
    for table in ("acts", "colleague_acts"):
        changed = "CAST(replace(CAST(act AS TEXT), 'oldreason', 'newreason') AS BLOB)"
        await execute(app, f"UPDATE {table} SET act = {changed}")
    await execute(app, "UPDATE notes SET text = 'plainnote'")
    await execute(app, "UPDATE items SET author_name = 'Somebody'")
    await index(app)
    assert await ids(app, "oldreason") == []
    assert sorted(await ids(app, "newreason")) == ["c1", "c2"]
    assert (await ids(app, "secretnote"), await ids(app, "plainnote")) == ([], ["n1"])
    assert (await ids(app, "quill"), await ids(app, "somebody")) == ([], ["ada"])


async def test_no_trace_of_deleted_words_is_left_in_the_file(app, tmp_path):
    lines = [kept(line(f"i{n}", f"plain {n}", NOW + n)) for n in range(100)]
    await app.keep_items([*lines, kept(line("s", "unforgettable", NOW))])
    await index(app)
    await execute(app, "DELETE FROM items WHERE item_id = 's'")
    while await app.search._writer.run(lambda c: writing.forget_traces(c, 500)):
        pass
    rows = await execute(app, "SELECT block FROM search_index_data")
    assert not any(b"unforget" in bytes(block) for (block,) in rows)
    assert await ids(app, "plain", most=1) == ["i99"]


async def test_the_index_and_its_rows_agree(app):
    await app.keep_items([kept(line(f"i{n}", f"plain {n}", NOW + n)) for n in range(100)])
    await index(app)
    await execute(app, "DELETE FROM items WHERE place % 3 = 0")
    await app.keep_items([kept(line(f"i{n}", f"other {n}", NOW + n)) for n in range(1, 100, 4)])
    await index(app)
    check = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
    await execute(app, check)
    entries = await execute(app, "SELECT count(*) FROM search_entries")
    assert entries == [((await app.search.state()).entries,)]


async def test_it_is_kept_up_to_date_while_it_runs(app):
    found: asyncio.Queue[list[int]] = asyncio.Queue()
    running = asyncio.ensure_future(app.search.keep_indexed(lambda new: found.put([*new])))
    try:
        await app.keep_items([kept(line("i1", "fresh words"))])
        async with asyncio.timeout(20):
            places = await found.get()
        query = parse("fresh", NOW)
        assert await app.search.among(query, places) == [
            hit.place for hit in (await app.search.find(query)).hits
        ]
        assert await app.search.among(parse("regex:fr.sh", NOW), places)
        assert not await app.search.among(parse("stale", NOW), places)
        (place,) = await app.search.places_since(query, NOW - 1, 100)
        assert await app.search.places_since(parse("regex:fr.sh", NOW), NOW - 1, 9) == [place]
        assert await app.search.places_since(query, NOW + 1, 100) == []
        assert await app.search.among(query, places, NOW + 1) == []
        hit = await app.search.hit_at(place)
        assert hit is not None
        assert hit.id == "i1"
    finally:
        running.cancel()


async def test_searches_are_saved_under_names(app):
    one = SavedSearch(search_id="1", title="b", query="hurt")
    two = SavedSearch(search_id="2", title="A", query="label:x", watched=True, since=NOW)
    await app.search.save(one)
    await app.search.save(two)
    assert await app.search.saved() == [two, one]
    await app.search.remove("2")
    assert await app.search.saved() == [one]
    for n in range(MAX_SAVED - 1):
        await app.search.save(SavedSearch(search_id=f"x{n}", title="t", query="q"))
    with pytest.raises(WorldError, match="100 searches"):
        await app.search.save(SavedSearch(search_id="over", title="t", query="q"))
    await app.search.save(one)


async def test_what_was_kept_before_there_was_an_index_waits_for_it(tmp_path):
    written = Path(__file__).parents[1] / "data" / "version_5.sqlite"
    path = Path(shutil.copy(written, tmp_path / "console.db"))
    connection = sqlite3.connect(path)
    (items,) = connection.execute("SELECT count(*) FROM items").fetchone()
    (key,) = connection.execute("SELECT api_key FROM apps LIMIT 1").fetchone()
    connection.close()
    store = await Store.open(path)
    app = await store.use_app(key)
    assert (await app.search.state()).waiting >= items > 0
    await index(app)
    assert (await app.search.state()).waiting == 0
    assert await ids(app, "-zzzz")
    await store.close()
