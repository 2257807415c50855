"""Who holds what, by the order of the words alone."""

import itertools

import pytest

from console.domain.raised import Step
from console.domain.team import GONE_S, Ended, GaveBack, Told, Took
from console.engine.team.book import MAX_CONSOLES, TeamBook

NUMBERS = itertools.count()


def told(by, word):
    return Told(told_id=str(next(NUMBERS)), by=by, name=by.title(), at=1.0, word=word)


def book_of(*words, me="me"):
    book = TeamBook(me)
    for by, word in words:
        book.fold(told(by, word))
    return book


def beat(book, user_id, now=0.0, console="", cid=""):
    return book.beat(
        console or f"c-{user_id}", user_id, user_id.title(), cid, shares=False, now=now, wall=now
    )


def test_the_first_to_take_holds_and_who_knows_better_takes_over():
    words = [("ann", Took(("i",))), ("ben", Took(("i",)))]
    assert book_of(*words).holders == {"i": "ann"}
    assert book_of(*words, ("ben", Took(("i",), "ann"))).holders == {"i": "ben"}
    assert book_of(*words, ("cleo", Took(("i",), "ben"))).holders == {"i": "ann"}  # out of date
    assert book_of(*words, ("ann", GaveBack(("i",)))).holders == {}
    assert book_of(*words, ("ben", GaveBack(("i",)))).holders == {"i": "ann"}
    assert book_of(*words, ("ben", Ended("d", Step.DISMISS, ("i",)))).holders == {}


@pytest.mark.parametrize("me", ["ann", "ben", "cleo"])
def test_every_console_comes_to_the_same_holder_after_a_crash(me):
    """Ann is gone, Ben has noticed and takes; who has not noticed, and Ann, see it the same."""
    book = book_of(("ann", Took(("i",))), me=me)
    ben = book_of(("ann", Took(("i",))), me="ben")
    assert ben.free("ann") == ["i"]
    book.fold(told("ben", Took(("i",), ben.over("i"))))
    assert book.holders == {"i": "ben"}


def test_whoever_is_silent_too_long_holds_nothing():
    book = book_of(("ann", Took(("i",))), ("ben", Took(("j",))))
    beat(book, "ann")
    beat(book, "ben", now=GONE_S)
    assert book.expire(GONE_S) == {}
    assert book.expire(GONE_S + 0.1) == {"ann": ["i"]}
    assert book.holders == {"j": "ben"}
    assert [one.user_id for one in book.colleagues()] == ["ben"]
    assert GONE_S <= 30.0


def test_a_user_is_there_as_long_as_one_of_their_consoles_is():
    book = book_of(("ann", Took(("i",))))
    beat(book, "ann", console="one", cid="default:a")
    beat(book, "ann", console="two", cid="default:b", now=5.0)
    (ann,) = book.colleagues()
    assert (ann.consoles, ann.cid, ann.held) == (2, "default:b", 1)
    assert book.leave("two", "ann") == []
    assert book.leave("one", "ann") == ["i"]


def test_ones_own_consoles_are_never_gone_and_nobody_speaks_for_another():
    book = book_of(("me", Took(("i",))))
    beat(book, "me")
    assert book.expire(1_000.0) == {}
    beat(book, "ann", console="x", now=1_000.0)
    assert not beat(book, "ben", console="x", now=1_000.0)
    assert book.leave("x", "ben") == []
    assert [one.user_id for one in book.colleagues()] == ["ann"]


def test_consoles_have_a_bound():
    book = TeamBook("me")
    for number in range(MAX_CONSOLES + 50):
        beat(book, f"u{number}")
    assert len(book.colleagues()) == MAX_CONSOLES


def test_who_holds_and_was_never_heard_is_named():
    book = book_of(("ghost", Took(("i",))), ("me", Took(("j",))), ("ann", Took(("k",))))
    beat(book, "ann")
    assert book.holds_unheard() == {"ghost": ["i"]}
