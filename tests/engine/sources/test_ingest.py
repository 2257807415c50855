"""Events become items even when parts of the program fail; on a real store."""

import asyncio

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.sources import ingest as module
from tests.engine.sources.conftest import Ears


async def test_revisions_and_returns_of_old_texts_in_one_batch(store, run):
    ears = Ears(store)
    for text in ("one", "two", "one", "three", "two"):
        await ears.take(text)
    await run(ears)
    assert ears.lines == [("one", 0), ("two", 1), ("three", 2)]
    assert ears.ingest.duplicates == 2


async def test_a_translation_is_another_line(store, run):
    ears = Ears(store)
    await ears.take("hello", language="en")
    await ears.take("bonjour", language="fr")
    await run(ears)
    assert ears.lines == [("hello", 0), ("bonjour", 0)]


async def test_a_second_engine_does_not_hear_the_same_again(store, run):
    first, second = Ears(store), Ears(store)
    await first.take("hello")
    await run(first)
    await second.take("hello")
    await run(second)
    assert (first.lines, second.lines) == ([("hello", 0)], [])
    assert second.ingest.duplicates == 1


class Broken:
    def __init__(self, error):
        self.error = error

    async def keep_items(self, judged):
        raise self.error


async def test_a_full_disk_costs_the_store_but_not_the_screen(run):
    ears = Ears(Broken(WorldError("The disk is full.")))
    await ears.take("still heard")
    await run(ears)
    assert ears.lines == [("still heard", 0)]
    assert ears.problems == [
        ("store", "Lines are shown but not written down yet: The disk is full."),
        ("store", "1 line was heard and could not be written."),
    ]


async def test_a_line_without_a_verdict_is_heard_all_the_same(store, run):
    ears = Ears(store)
    await ears.take("still heard")
    await run(ears)
    assert ears.lines == [("still heard", 0)]
    assert ears.heard[0].items[0].verdicts == ()
    assert ears.ingest.judged == 0


async def test_too_many_at_once_wait_and_none_is_lost(store, run, monkeypatch):
    monkeypatch.setattr(module, "WAITING", 10)
    ears = Ears(store)
    tasks = Tasks()

    async def speak():
        for number in range(100):
            await ears.take(f"line {number}", start=number + 1)

    speaking = tasks.spawn(speak(), name="speaking")
    for _ in range(50):
        await asyncio.sleep(0)
    assert not speaking.done()  # nobody keeps lines yet, so nobody reads on
    await run(ears)
    await speaking
    await ears.ingest.drain(5)
    assert [text for text, _ in ears.lines] == [f"line {number}" for number in range(100)]
