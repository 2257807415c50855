"""What a window gives back is kept where no engine kept it, and told where one did."""

import asyncio

import pytest
from msgspec.structs import replace

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.domain.item import Text
from console.domain.verdict import JudgedItem, Source, Verdict
from console.engine.sources import returned as module
from console.engine.sources.returned import ReturnedLines, sort_out
from tests.engine.sources.conftest import Ears
from tests.engine.sources.test_unwritten import refuse_writes, texts_on_disk
from tests.patience import patient


async def heard_by(store, run, *texts):
    """Lines as a window shows them, heard by an engine that has ended."""
    ears = Ears(store)
    for start, text in enumerate(texts, start=1):
        await ears.take(text, start=start)
    await run(ears)
    return [judged for heard in ears.heard for judged in heard.items]


def provisional(line):
    local = Verdict(item_id=line.item.item_id, source=Source.LOCAL, action="flag", provisional=True)
    return JudgedItem(line.item, (local,))


class Returning:
    """A new engine that is given lines back."""

    def __init__(self, store):
        self.ears = Ears(store)
        self.told = []
        self.done = asyncio.Event()
        self.lines = ReturnedLines(
            store,
            SystemClock(),
            heard=self.ears.ingest.known,
            keep=self.ears.ingest.take_up,
            tell=self._tell,
            problem=self._note,
        )

    def _note(self, place, sentence):
        self.ears.problems.append((place, sentence))
        self.done.set()

    def _tell(self, lines):
        self.told += lines
        self.done.set()

    async def take(self, lines, meanwhile=lambda: None):
        self.lines.take(lines)
        tasks = Tasks()
        tasks.spawn(self.lines.run(), name="returned lines")
        meanwhile()
        async with asyncio.timeout(patient(5)):
            await self.done.wait()
        await tasks.close()


async def test_lines_that_no_engine_kept_are_kept_with_their_verdict_and_judged(store, run):
    refuse_writes(store, refuse=True)
    lines = [provisional(line) for line in await heard_by(store, run, "one", "two")]
    assert await texts_on_disk(store) == []
    refuse_writes(store, refuse=False)

    engine = Returning(store)
    await engine.take(lines)

    kept = await store.recent_items(["default:a"], 10)
    assert [(each.item, each.verdicts) for each in kept] == [
        (each.item, each.verdicts) for each in lines
    ]
    (heard,) = engine.ears.heard  # what is published is judged and shown
    assert (heard.items, heard.replay) == (tuple(lines), True)
    assert engine.ears.ingest.lines == 0  # no news, so not counted once more
    assert engine.ears.problems == [
        ("store", "2 lines that an earlier engine could not keep: taken up again.")
    ]


async def test_a_verdict_that_was_kept_and_not_told_is_told_now(store, run):
    (line,) = await heard_by(store, run, "one")
    verdict = Verdict(item_id=line.item.item_id, source=Source.STREAM, action="keep")
    await store.keep_verdicts([verdict])

    engine = Returning(store)
    await engine.take([provisional(line)])

    assert engine.told == [JudgedItem(line.item, (verdict,))]
    assert engine.ears.heard == []


async def test_a_store_that_still_takes_nothing_keeps_them_later(store, run):
    refuse_writes(store, refuse=True)
    lines = await heard_by(store, run, "one")
    engine = Returning(store)
    await engine.take(lines)
    assert [heard.items for heard in engine.ears.heard] == [tuple(lines)]
    assert len(engine.ears.ingest.unwritten) == 1
    assert engine.ears.ingest.unwritten.oldest() == (lines[0].item.received_at,)


async def test_what_this_engine_heard_itself_is_left_to_it(store, run):
    (line,) = await heard_by(store, run, "one")
    heard = {line.item.item_id}
    assert sort_out([line], {}, heard) == ([], [])
    assert sort_out([line], {}, ()) == ([line], [])


@pytest.mark.parametrize(
    ("text", "later_by", "missing"),
    [("one", 5.0, False), ("one, corrected", 5.0, True), ("on", -5.0, False)],
)
async def test_of_two_bodies_the_later_one_counts(store, run, text, later_by, missing):
    (stored,) = await heard_by(store, run, "one")
    item = stored.item
    shown = JudgedItem(replace(item, body=Text(text=text), received_at=item.received_at + later_by))
    found = sort_out([shown], {item.item_id: stored}, {item.item_id})
    assert found == (([shown], []) if missing else ([], [stored]))


async def test_what_is_given_back_is_bounded_and_the_rest_is_told(store, run, monkeypatch):
    monkeypatch.setattr(module, "MAX_RETURNED", 1)
    lines = await heard_by(store, run, "one", "two")
    engine = Returning(store)
    engine.lines.take(lines)
    assert engine.ears.problems == [
        ("store", "Too many lines were given back at once; 1 of them wait for the next sign-in.")
    ]
