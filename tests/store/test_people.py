"""Notes, watch marks and sessions of people on disk: the latest word counts, nothing comes back."""

import pytest
from msgspec.structs import replace

from console.domain.about_person import Note, PersonSession, WatchMark
from console.domain.call import Call
from console.domain.item import Item, Text
from console.domain.verdict import FLAG, KEEP, JudgedItem, Source, Verdict
from console.store.store import Store

NOTE = Note(note_id="n1", user_id="ann", text="Was warned twice.", by="mod", at=100.0)
MARK = WatchMark(user_id="ann", name="Ann", by="mod", at=100.0)


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(tmp_path / "console.db")
    yield opened
    await opened.close()


@pytest.fixture
async def people(store):
    return (await store.use_app("key")).people


def line(key: str, session: str, at: float, cid: str = "default:hall") -> Item:
    return Item(
        item_id=key,
        kind="caption",
        cid=cid,
        session_id=session,
        author_id="ann",
        author_name="Ann",
        body=Text(key),
        start_time=at,
        end_time=at + 1,
        received_at=at + 1,
    )


def judged(item: Item, action: str, source: Source = Source.LOCAL) -> JudgedItem:
    provisional = source is Source.LOCAL
    verdict = Verdict(item_id=item.item_id, source=source, action=action, provisional=provisional)
    return JudgedItem(item, (verdict,))


async def test_a_note_is_read_back_with_who_and_when(people):
    later = replace(NOTE, note_id="n2", text="Calm today.", at=200.0)
    assert await people.keep_note(later)
    assert await people.keep_note(NOTE)
    assert not await people.keep_note(NOTE)
    assert (await people.record("ann")).notes == [NOTE, later]
    assert (await people.record("bob")).notes == []
    assert await people.notes_since(150.0) == [later]


async def test_a_note_that_was_taken_back_stays_away(people):
    gone = replace(NOTE, removed=True, text="")
    await people.keep_note(NOTE)
    assert await people.keep_note(gone)
    assert not await people.keep_note(NOTE)
    assert not await people.keep_note(gone)
    assert (await people.record("ann")).notes == []
    assert (await people.note("n1")).text == ""


async def test_a_note_that_is_taken_back_before_it_is_known_never_comes(people):
    assert await people.keep_note(replace(NOTE, removed=True, text=""))
    assert not await people.keep_note(NOTE)
    assert (await people.record("ann")).notes == []


async def test_the_latest_mark_of_a_person_counts(people):
    off = replace(MARK, by="other", at=200.0, on=False)
    assert await people.keep_mark(MARK)
    assert await people.watched() == [MARK]
    assert await people.keep_mark(off)
    assert not await people.keep_mark(replace(MARK, at=150.0))
    assert await people.watched() == []
    assert (await people.record("ann")).mark == off


async def test_what_is_known_of_people_is_of_one_app(store):
    one, two = (await store.use_app("one")).people, (await store.use_app("two")).people
    await one.keep_note(NOTE)
    await one.keep_mark(MARK)
    assert (await two.record("ann")).notes == []
    assert await two.watched() == []


async def test_sessions_are_told_apart_with_how_much_was_raised(store):
    records = await store.use_app("key")
    hall = Call(cid="default:hall", type="default", id="hall", name="Town hall")
    await records.keep_calls([hall])
    first, second = line("a", "s1", 10.0), line("b", "s2", 50.0)
    third, elsewhere = line("c", "s2", 60.0), line("d", "s3", 20.0, "default:yard")
    await records.keep_items(
        [judged(first, FLAG), judged(second, KEEP), judged(third, FLAG), judged(elsewhere, KEEP)]
    )
    await records.keep_verdicts(judged(third, KEEP, Source.STREAM).verdicts)  # it decides
    record = await records.people.record("ann", "default:hall")
    assert record.session_id == "s2"
    assert [each.item.item_id for each in record.items] == ["b", "c"]
    assert record.sessions == [
        PersonSession("default:hall", "Town hall", "s2", 50.0, 61.0, 2, 0),
        PersonSession("default:yard", "default:yard", "s3", 20.0, 21.0, 1, 0),
        PersonSession("default:hall", "Town hall", "s1", 10.0, 11.0, 1, 1),
    ]
    said = await records.people.said_in("ann", "default:hall", "s1")
    assert [each.item.item_id for each in said] == ["a"]
    assert (await records.people.record("ann", "default:hall", "new")).items == []
