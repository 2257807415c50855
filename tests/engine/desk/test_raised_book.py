"""The raised items in memory: bounded, counted, and none of them lost."""

import pytest
from msgspec.structs import replace

from console.domain.item import Item, Text
from console.domain.raised import Decision, RaisedItem, RaisedState, Step, raise_item
from console.domain.verdict import Source, Verdict
from console.engine.desk.raised_book import RaisedBook
from console.store.raised_records import RaisedBefore


def line(number: int, author: str = "ann") -> Item:
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:one",
        session_id="s",
        author_id=author,
        author_name=author,
        body=Text("fool"),
        start_time=1000.0 * number,
        end_time=1000.0 * number + 1,
        received_at=1000.0 * number + 1,
    )


def verdict(number: int, action: str = "flag", **more) -> Verdict:
    return Verdict(item_id=f"u{number}", source=Source.STREAM, action=action, **more)


def raised(number: int) -> RaisedItem:
    return raise_item(line(number), verdict(number), at=float(number))


def decide(book: RaisedBook, step: Step, *numbers: int) -> list[RaisedItem]:
    ids = tuple(f"u{number}" for number in numbers)
    return book.decide(
        Decision(decision_id=f"d{numbers}", step=step, item_ids=ids, by="mod", at=9.0)
    )


@pytest.fixture
def book():
    made = RaisedBook(max_open=4, max_ended=3)
    for number in range(1, 7):
        assert made.judged(line(number), verdict(number), float(number)) is not None
    return made


def test_what_has_no_room_is_counted_and_taken_up_again_once_there_is(book):
    counts = book.counts()
    assert (counts.raised, counts.open, counts.beyond, counts.oldest_open_at) == (6, 6, 2, 1.0)
    assert book.dropped == ["u1", "u2"]
    assert not book.wants_more
    decide(book, Step.HANDLE, 3, 4)
    assert book.wants_more
    assert [one.item_id for one in book.take_up([raised(1), raised(2), raised(5)])] == ["u1", "u2"]
    counts = book.counts()
    assert (counts.open, counts.handled, counts.beyond) == (4, 2, 0)


def test_a_later_verdict_on_one_that_has_no_room_raises_nothing_anew(book):
    assert book.judged(line(1), verdict(1, "remove"), 9.0) is None
    assert book.counts().raised == 6


def test_where_the_store_has_no_more_none_is_beyond(book):
    decide(book, Step.HANDLE, 3, 4)
    assert book.take_up([]) == []
    assert not book.wants_more
    assert book.counts().beyond == 0


def test_the_counts_add_up_whatever_happens(book):
    decide(book, Step.DISMISS, 3)
    decide(book, Step.ESCALATE, 4)
    decide(book, Step.TAKE, 5)
    assert book.judged(line(6), verdict(6, "keep"), 9.0) is not None
    counts = book.counts()
    assert (counts.dismissed, counts.handled, counts.open, counts.taken) == (1, 1, 3, 1)
    assert counts.raised == 5
    for number in range(7, 12):  # those that ended make room for one another
        book.judged(line(number), verdict(number), float(number))
        decide(book, Step.DISMISS, number)
    assert book.counts().dismissed == 6
    assert book.find("u3") is None


def test_another_book_begins_where_the_store_left_off(book):
    kept = [
        replace(raised(1), handling=replace(raised(1).handling, incident="")),
        replace(raised(2), verdict=verdict(2, "keep")),
    ]
    ended = [replace(raised(3), handling=replace(raised(3).handling, state=RaisedState.HANDLED))]
    counts = {RaisedState.OPEN: 2, RaisedState.HANDLED: 1}
    second = RaisedBook()
    changed = second.restore(RaisedBefore(kept, ended, counts, 1.0))
    assert {one.item_id: one.state for one in changed} == {
        "u1": RaisedState.OPEN,
        "u2": RaisedState.WITHDRAWN,
    }
    first = second.find("u1")
    assert first is not None
    assert first.handling.incident == "u1"
    assert (second.counts().open, second.counts().handled) == (1, 1)
