"""What hears captions on a real store, and remembers what it told."""

from typing import Any

import pytest

from console.base.clock import SystemClock
from console.base.paths import resources
from console.base.tasks import Tasks
from console.engine.local_policy import LocalJudge
from console.engine.services.directory import Directory
from console.engine.sources.ingest import ContentIngest
from console.engine.wire import events as e
from console.engine.wire.timestamps import Moment
from console.models.language_guesses import language_identifier
from console.store.store import Store


class Ears:
    def __init__(self, store):
        self.heard: list[Any] = []
        self.problems: list[Any] = []
        self.ingest = ContentIngest(
            store,
            Directory(),
            SystemClock(),
            judge=LocalJudge(lambda: None, SystemClock(), provisional=True, problem=print),
            identifier=language_identifier(resources() / "models"),
            publish=self.heard.append,
            problem=lambda *what: self.problems.append(what),
        )

    async def take(self, text, start=1, speaker="ann", language="en"):
        caption = e.Caption(
            text=text, speaker_id=speaker, start_time=Moment(start), language=language
        )
        await self.ingest.take(e.ClosedCaption(call_cid="default:a", closed_caption=caption))

    @property
    def lines(self):
        return [(j.item.text, j.item.revision) for heard in self.heard for j in heard.items]


@pytest.fixture
async def store(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    yield await store.use_app("key")
    await store.close()


@pytest.fixture
async def run():
    tasks = Tasks()

    async def run(ears):
        tasks.spawn(ears.ingest.run(), name="ingest")
        await ears.ingest.drain(5)

    yield run
    await tasks.close()
