"""A clock that is moved by hand, a scripted Stream, and an outbox on a real store."""

import asyncio
from collections import defaultdict
from typing import Any

import pytest

from console.domain.act import Act, ReceiptState
from console.domain.call import Call, Participant
from console.engine.acts.outbox import Outbox
from console.engine.wire.events import User
from console.engine.wire.timestamps import Moment
from console.protocol.acts import ActProgress
from console.store.store import Store
from tests.patience import patient

CID = "default:town-hall"
ME = "mod"


class ManualClock:
    """Time stands still until somebody advances it."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._changed = asyncio.Event()

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    def timeout(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds)

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.time + seconds, future))
        self._changed.set()
        if seconds <= 0:
            future.set_result(None)
        await future

    async def sleeping(self) -> None:
        """Wait until somebody sleeps."""
        async with asyncio.timeout(patient(5)):
            while True:
                self._sleepers = [s for s in self._sleepers if not s[1].done()]
                if self._sleepers:
                    return
                self._changed.clear()
                await self._changed.wait()

    async def pass_next(self) -> float:
        """Wait until somebody sleeps, move to the first to wake; the seconds that passed."""
        await self.sleeping()
        due, future = min(self._sleepers, key=lambda sleeper: sleeper[0])
        passed, self.time = due - self.time, due
        future.set_result(None)
        return passed

    def advance(self, seconds: float) -> None:
        self.time += seconds


class ScriptedStream:
    """Answers like the gateway; what it should refuse and show is set by the test.

    ``asked`` holds the last part of the path, and query and body, of each request.
    """

    user_id = ME
    actor = ""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.state: dict[str, object] = {"cid": CID, "type": "default", "id": "town-hall"}
        self.people: list[dict[str, object]] = []
        self.banned: set[str] = set()
        self.deactivated: set[str] = set()
        self.looks = 0
        self.most_at_once = 0
        self._at_once = 0
        self._changed = asyncio.Event()

    async def _ask(self, operation: str, fields: dict[str, Any]) -> None:
        self.asked.append((operation, fields))
        self._changed.set()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            gate = self.gates.get(operation)
            await (gate.wait() if gate else asyncio.sleep(0))
            if self.refusals:
                raise self.refusals.pop(0)
        finally:
            self._at_once -= 1

    def _look(self) -> None:
        self.looks += 1
        self._changed.set()

    async def looked(self, count: int) -> None:
        async with asyncio.timeout(patient(5)):
            while self.looks < count:
                self._changed.clear()
                await self._changed.wait()

    async def reached(self, count: int) -> None:
        async with asyncio.timeout(patient(5)):
            while len(self.asked) < count:
                self._changed.clear()
                await self._changed.wait()

    async def ask(self, method, path, body=None, query=None):
        assert method == "GET"
        self._look()
        return {"call": self.state}

    async def act(self, path, body=None, query=None, *, method="POST"):
        await self._ask(path.rpartition("/")[2], {**(query or {}), **(body or {})})
        return ""

    async def find_user(self, user_id):
        self._look()
        if user_id == "nobody":
            return None
        since = Moment(1) if user_id in self.deactivated else None
        return User(id=user_id, banned=user_id in self.banned, deactivated_at=since)

    async def find_users(self, user_ids):
        found = [await self.find_user(user_id) for user_id in user_ids]
        return [user for user in found if user is not None]

    async def participants(self, cid, filter_conditions, *, limit=100):
        self._look()
        return {"participants": self.people}


class KnownState:
    """The directory's part of the tests."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self.people: dict[str, Participant] = {}
        self.on_devices: dict[str, frozenset[str]] = {}

    def call(self, cid):
        return self.calls.get(cid)

    def person(self, cid, user_id):
        return self.people.get(user_id)

    def devices(self, cid, user_id):
        return self.on_devices.get(user_id, frozenset())


class Desk:
    """An outbox with everything around it; remembers what was published."""

    def __init__(self, store, records, stream, known, clock) -> None:
        self.store = store
        self.records = records
        self.stream = stream
        self.known = known
        self.clock = clock
        self.history: dict[str, list[ReceiptState]] = defaultdict(list)
        self.latest: dict[str, ActProgress] = {}
        self.problems: list[str] = []
        self.last_heard = 0.0
        self._changed = asyncio.Event()
        self._number = 0
        self.outbox = self.new_outbox()

    def new_outbox(self) -> Outbox:
        return Outbox(
            self.records,
            self.stream,
            self.known,
            clock=self.clock,
            publish=self._publish,
            problem=self._note_problem,
            last_heard=lambda: self.last_heard,
            jitter=lambda: 0.5,
        )

    def _publish(self, progress) -> None:
        states = self.history[progress.act.act_id]
        if not states or states[-1] is not progress.receipt.state:
            states.append(progress.receipt.state)
        self.latest[progress.act.act_id] = progress
        self._changed.set()

    def _note_problem(self, sentence: str) -> None:
        self.problems.append(sentence)
        self._changed.set()

    def act(self, kind: str, *user_ids: str, **fields) -> Act:
        self._number += 1
        return Act(
            **{
                "act_id": f"act-{self._number}",
                "kind": kind,
                "cid": CID,
                "requested_at": self.clock.now(),
                "user_ids": user_ids,
                "by": ME,
                **fields,
            }
        )

    async def when(self, true) -> None:
        """Return as soon as something was published and ``true()`` is."""
        async with asyncio.timeout(patient(5)):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def receipt(self, act: Act):
        """The receipt last published."""
        progress = self.latest.get(act.act_id)
        return progress and progress.receipt

    async def reaches(self, act: Act, state: ReceiptState):
        """The receipt, as soon as it is in ``state``."""
        await self.when(lambda: (now := self.receipt(act)) and now.state is state)
        return self.receipt(act)

    async def restart(self) -> None:
        await self.outbox.close()
        self.history.clear()
        self.latest.clear()
        self.outbox = self.new_outbox()
        await self.outbox.resume()


@pytest.fixture
async def clock():
    return ManualClock()


@pytest.fixture
async def stream():
    return ScriptedStream()


@pytest.fixture
async def desk(tmp_path, stream, clock):
    store = await Store.open(tmp_path / "console.db")
    desk = Desk(store, await store.use_app("key"), stream, KnownState(), clock)
    yield desk
    await desk.outbox.close()
    await store.close()
