"""Searching through the engine, against the served sandbox, and searches that are watched."""

import asyncio

import pytest

from console.domain.act import ReceiptState
from console.domain.search.hit import SavedSearch
from console.protocol.people import WriteNote
from console.protocol.search import (
    AskSearch,
    AskSearchValues,
    KeepSearch,
    LookedAtSearch,
    RemoveSearch,
    SearchesChanged,
    SearchKept,
    SearchPage,
    SearchValues,
    WatchedHits,
)
from tests.patience import patient

CID = "default:one"


@pytest.fixture
async def people(sandbox, console):
    people = sandbox.call("one", "ann", "ben")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    return people


async def say(sandbox, console, presence, *texts):
    for text in texts:
        sandbox.say(presence, text)
        await console.until(lambda text=text: text in console.texts)


def saved(console):
    found: dict[str, WatchedHits] = {}
    for change in console.of(SearchesChanged):
        if change.whole:
            found.clear()
        for key in change.removed:
            found.pop(key, None)
        found |= {one.search_id: one for one in change.changed}
    return found


async def until_found(ask, query, count):
    async with asyncio.timeout(patient(5)):
        while True:
            page = await ask(SearchPage, AskSearch, query)
            if len(page.found.hits) >= count:
                return page.found.hits


async def test_what_was_said_and_done_is_found(sandbox, console, people, ask, shared_clock):
    ann, ben = people
    await say(sandbox, console, ann, "Good morning.", "今日は東京です")
    await say(sandbox, console, ben, "You idiot.")
    console.router.answer(WriteNote("n1", "ben", "was an idiot before"))
    kick = console.act("kick", CID, "ben", requested_at=shared_clock.now())
    await console.until(
        lambda: (receipt := console.receipt(kick)) and receipt.state is ReceiptState.SEEN
    )
    note, line = await until_found(ask, "idiot", 2)
    assert (note.kind, note.user_id, line.kind, line.text) == (
        "note",
        "ben",
        "caption",
        note.text and "You idiot.",
    )
    assert (line.call_name, line.name, line.severity > "") == ("Call one", line.name, True)
    (found,) = await until_found(ask, "東京", 1)
    assert found.user_id == "ann"
    (act,) = await until_found(ask, "act:kick from:ben", 1)
    assert act.id == kick
    values = await ask(SearchValues, AskSearchValues, "call", "one")
    assert values.values == ("Call one",)


async def test_a_wrong_query_says_where_and_one_being_written_goes_on(
    sandbox, console, people, ask
):
    await say(sandbox, console, people[0], "Good morning.")
    page = await ask(SearchPage, AskSearch, "good form:ann")
    assert page.wrong is not None
    assert (page.wrong.start, page.wrong.end) == (5, 10)
    assert "from:" in page.wrong.sentence
    await until_found(ask, "good", 1)
    assert (await ask(SearchPage, AskSearch, "mor")).found.hits == ()
    assert len((await ask(SearchPage, AskSearch, "mor", typing=True)).found.hits) == 1
    nothing = await ask(SearchPage, AskSearch, "unheard")
    assert nothing.found.looked >= 1


async def test_a_watched_search_counts_what_is_new_until_it_is_looked_at(
    sandbox, console, people, ask
):
    ann, ben = people
    await say(sandbox, console, ann, "You idiot, before.")
    await until_found(ask, "idiot", 1)
    search = SavedSearch(search_id="s1", title=" Idiots \n", query="idiot", watched=True)
    await ask(SearchKept, KeepSearch, search)
    assert saved(console)["s1"].search.title == "Idiots"
    assert saved(console)["s1"].new == 0

    await say(sandbox, console, ben, "Idiot!", "Well.", "What an idiot.")
    await console.until(lambda: saved(console)["s1"].new == 2)
    assert "idiot" in saved(console)["s1"].latest.casefold()

    console.router.answer(LookedAtSearch("s1"))
    await console.until(lambda: saved(console)["s1"].new == 0)
    await say(sandbox, console, ben, "idiots", "An idiot again")
    await console.until(lambda: saved(console)["s1"].new == 1)
    await ask(SearchKept, RemoveSearch, "s1")
    assert saved(console) == {}


async def test_what_came_while_nobody_looked_is_counted_at_the_next_sign_in(
    sandbox, console, people, ask
):
    search = SavedSearch(search_id="s1", title="t", query="idiot", watched=True)
    await ask(SearchKept, KeepSearch, search)
    await say(sandbox, console, people[0], "You idiot.")
    await console.until(lambda: saved(console)["s1"].new == 1)
    await say(sandbox, console, people[0], "An idiot again.")  # surely after it was saved
    await console.until(lambda: saved(console)["s1"].new == 2)
    told = len(console.of(SearchesChanged))
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: len(console.of(SearchesChanged)) > told)
    whole = [one for one in console.of(SearchesChanged) if one.whole][-1]
    assert [(one.search_id, one.new > 0) for one in whole.changed] == [("s1", True)]


async def test_a_search_that_is_wrong_is_not_saved(console, people, ask):
    search = SavedSearch(search_id="s1", title="t", query="severity:bad")
    answer = await ask(SearchKept, KeepSearch, search)
    assert "Column 10: After severity: comes" in answer.sentence
    assert saved(console) == {}
