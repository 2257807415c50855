"""Lines that the store refused are written when it takes them again, in order and once."""

import asyncio

import pytest

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.domain.verdict import JudgedItem
from console.engine.sources import unwritten as module
from tests.engine.sources.conftest import Ears
from tests.patience import patient


def refuse_writes(store, *, refuse: bool) -> None:
    store._writer._connection.execute(f"PRAGMA query_only = {'ON' if refuse else 'OFF'}")


async def texts_on_disk(store) -> list[tuple[str, int]]:
    found = await store.recent_items(["default:a"], 100)
    return [(judged.item.text, judged.item.revision) for judged in found]


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(module, "STORE_AGAIN_S", 0.01)


async def test_what_was_heard_while_the_store_took_nothing_is_written_later(store, run):
    ears, tasks = Ears(store), Tasks()
    written = asyncio.Event()
    ears.ingest.unwritten._problem = lambda place, sentence: written.set()
    await ears.take("before", start=1)
    tasks.spawn(ears.ingest.run(), name="ingest")
    await ears.ingest._queue.join()
    refuse_writes(store, refuse=True)
    tasks.spawn(ears.ingest.unwritten.run(), name="late lines")

    for place, text in enumerate(("one", "two", "three"), start=2):
        await ears.take(text, start=place)
    await ears.take("before, revised", start=1)
    await ears.ingest._queue.join()
    assert ears.lines == [
        ("before", 0),
        ("one", 0),
        ("two", 0),
        ("three", 0),
        ("before, revised", 1),  # else the window would not take the new text
    ]
    assert len(ears.ingest.unwritten) == 4
    assert await texts_on_disk(store) == [("before", 0)]

    refuse_writes(store, refuse=False)
    async with asyncio.timeout(patient(5)):
        await written.wait()

    await ears.take("after", start=9)
    await ears.ingest._queue.join()
    on_disk = await texts_on_disk(store)
    assert sorted(on_disk) == [
        ("after", 0),
        ("before, revised", 1),
        ("one", 0),
        ("three", 0),
        ("two", 0),
    ]
    assert (len(ears.ingest.unwritten), ears.ingest.unwritten.lost) == (0, 0)
    await tasks.close()


async def test_each_text_of_a_line_that_is_not_written_has_its_revision(store, run):
    ears, tasks = Ears(store), Tasks()
    refuse_writes(store, refuse=True)
    tasks.spawn(ears.ingest.run(), name="ingest")
    for text in ("one", "two", "three"):
        await ears.take(text)
    await ears.ingest._queue.join()
    assert ears.lines == [("one", 0), ("two", 1), ("three", 2)]
    refuse_writes(store, refuse=False)
    await ears.ingest.unwritten._write()
    await ears.take("four")
    await ears.ingest._queue.join()
    assert ears.lines[-1] == ("four", 3)
    assert await texts_on_disk(store) == [("four", 3)]
    await tasks.close()


async def test_what_the_store_never_took_is_counted_and_told(store, run):
    ears = Ears(store)
    refuse_writes(store, refuse=True)
    for place in range(3):
        await ears.take(f"line {place}", start=place + 1)

    await run(ears)

    assert ears.ingest.unwritten.lost == 3
    assert ears.problems[-1] == ("store", "3 lines were heard and could not be written.")


async def test_what_is_kept_in_memory_is_bounded(store, monkeypatch):
    monkeypatch.setattr(module, "MAX_LINES", 2)
    ears = Ears(store)
    held = module.UnwrittenLines(store, SystemClock(), lambda *_: None)
    for place in range(3):
        await ears.take(f"line {place}", start=place + 1)
    found = [ears.ingest._queue.get_nowait().item for _ in range(3)]

    held.hold([JudgedItem(item, ()) for item in found])

    assert (len(held), held.lost) == (2, 1)
