"""No line is lost, whatever Stream answers; too many mean a delay that is told."""

import asyncio
from collections import Counter

import pytest

from console.base.clock import Clock
from console.domain.item import Item, Text
from console.domain.verdict import FLAG, KEEP, REMOVE, JudgedItem, Source, Verdict
from console.engine.services.judging.worker import REFUSED_CHECKS, Worker
from console.engine.wire.check import CheckAnswer
from console.engine.wire.refusals import (
    RateLimitedError,
    RefusedError,
    UnreachableError,
    UnreadableAnswerError,
)
from console.store.store import Store
from tests.patience import patient


class QuickClock(Clock):
    """Sleeping passes the time at once."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


class ScriptedChecks:
    """Answers checks; refuses as the test says."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refusals: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.max_in_flight = 0
        self.most_at_once = 0
        self._changed = asyncio.Event()

    async def reached(self, count: int) -> None:
        async with asyncio.timeout(patient(5)):
            while len(self.asked) < count:
                self._changed.clear()
                await self._changed.wait()

    async def check(self, request, config_key=""):
        (text,) = request.moderation_payload["texts"]
        self.asked.append(text)
        self._changed.set()
        self.max_in_flight += 1
        self.most_at_once = max(self.most_at_once, self.max_in_flight)
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
            if self.refusals:
                raise self.refusals.pop(0)
        finally:
            self.max_in_flight -= 1
        return CheckAnswer(action=REMOVE if "bad" in text else KEEP, status="complete")


class Bench:
    """A worker with a real store."""

    def __init__(self, store, records) -> None:
        self.store = store
        self.records = records
        self.checks = ScriptedChecks()
        self.clock = QuickClock()
        self.verdicts: list[Verdict] = []
        self.problems: list[tuple[str, str]] = []
        self._changed = asyncio.Event()
        self.worker = self.new_worker()

    def new_worker(self, **fields) -> Worker:
        return Worker(
            self.records,
            self.checks.check,
            clock=self.clock,
            judged=self._judged,
            problem=lambda place, sentence: self.problems.append((place, sentence)),
            jitter=lambda: 0.5,
            **fields,
        )

    def _judged(self, line, verdict) -> None:
        assert line.item_id == verdict.item_id
        self.verdicts.append(verdict)
        self._changed.set()

    async def say(self, *texts: str) -> list[Item]:
        """Lines as the ingest leaves them: in the store, with their local verdict."""
        lines = [line(text, self.clock.now()) for text in texts]
        await self.records.keep_items([JudgedItem(each, (flagged(each),)) for each in lines])
        return lines

    async def have(self, count: int) -> list[Verdict]:
        async with asyncio.timeout(patient(20)):
            while len(self.verdicts) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.verdicts


def flagged(item: Item) -> Verdict:
    return Verdict(item_id=item.item_id, source=Source.LOCAL, action=FLAG, provisional=True)


def line(text: str, received_at: float = 0.0) -> Item:
    return Item(
        item_id=f"u-{text}",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="ada",
        author_name="Ada",
        body=Text(text),
        start_time=0.0,
        end_time=0.0,
        received_at=received_at,
    )


@pytest.fixture
async def bench(tmp_path):
    store = await Store.open(tmp_path / "console.db")
    bench = Bench(store, await store.use_app("key"))
    yield bench
    await bench.worker.close()
    await store.close()


async def test_each_line_gets_its_verdict_and_it_is_on_disk(bench):
    bench.worker.start()
    for heard in await bench.say("good", "bad"):
        bench.worker.offer(heard)

    verdicts = await bench.have(2)

    assert {v.item_id: v.action for v in verdicts} == {"u-good": KEEP, "u-bad": REMOVE}
    assert {v.source for v in verdicts} == {Source.STREAM}
    assert await bench.records.unjudged(10) == []
    numbers = bench.worker.numbers()
    assert (numbers["judged"], numbers["waiting"], numbers["given_up"]) == (2, 0, 0)


async def test_what_an_earlier_engine_left_is_taken_up(bench):
    await bench.say("left", "over")

    bench.worker.start()

    assert [v.item_id for v in await bench.have(2)] == ["u-left", "u-over"]


async def test_what_was_kept_while_the_store_was_read_is_taken_up(bench, monkeypatch):
    waiting = bench.records.waiting

    async def with_one_more():
        monkeypatch.undo()
        await bench.say("between")
        return await waiting()

    monkeypatch.setattr(bench.records, "waiting", with_one_more)

    bench.worker.start()

    assert [v.item_id for v in await bench.have(1)] == ["u-between"]


async def test_what_waited_to_begin_begins_nothing_once_the_sign_in_has_ended(bench):
    await bench.say("left")
    await bench.worker.close()

    bench.worker.start()

    assert not [task for task in asyncio.all_tasks() if task.get_name() == "judging"]
    assert [line.item_id for line in await bench.records.unjudged(10)] == ["u-left"]


async def test_a_line_offered_twice_is_asked_about_once(bench):
    bench.worker.start()
    [heard] = await bench.say("good")
    for _ in range(3):
        bench.worker.offer(heard)

    await bench.have(1)

    assert bench.checks.asked == ["good"]


async def test_no_more_than_the_limit_run_at_once(bench):
    bench.worker = bench.new_worker(max_in_flight=4)
    bench.worker.start()
    for heard in await bench.say(*(f"line {n}" for n in range(40))):
        bench.worker.offer(heard)

    await bench.have(40)

    assert bench.checks.most_at_once == 4


async def test_many_more_lines_than_fit_are_all_judged_once(bench):
    bench.worker = bench.new_worker(in_memory=50)
    lines = await bench.say(*(f"line {n}" for n in range(1_000)))
    bench.checks.gate = asyncio.Event()
    bench.worker.start()
    for heard in lines:
        bench.worker.offer(heard)
    assert bench.worker.numbers()["waiting"] == 1_000
    bench.clock.time += 5.0
    assert bench.worker.numbers()["oldest_waiting_ms"] == 5_000.0

    bench.checks.gate.set()
    await bench.have(1_000)

    assert sorted(bench.checks.asked) == sorted(heard.text for heard in lines)
    assert await bench.records.waiting() == (0, 0.0)
    assert bench.worker.numbers()["waiting"] == 0


async def test_a_rate_limit_holds_everything_back_as_long_as_asked(bench):
    bench.checks.refusals = [RateLimitedError(30.0)]
    bench.worker = bench.new_worker(max_in_flight=1)
    began = bench.clock.now()
    bench.worker.start()
    for heard in await bench.say("one", "two"):
        bench.worker.offer(heard)

    verdicts = await bench.have(2)

    assert min(v.judged_at for v in verdicts) >= began + 30.0
    assert {v.item_id: v.attempts for v in verdicts} == {"u-one": 2, "u-two": 1}
    assert bench.worker.numbers()["retried"] == 1


async def test_the_limit_is_told_while_it_lasts(bench):
    resting = asyncio.Event()

    class StandingClock(QuickClock):
        async def sleep(self, seconds: float) -> None:
            resting.set()
            await asyncio.Event().wait()

    bench.clock = StandingClock()
    bench.checks.refusals = [RateLimitedError(30.0)]
    bench.worker = bench.new_worker()
    bench.worker.start()
    [heard] = await bench.say("one")
    bench.worker.offer(heard)
    async with asyncio.timeout(patient(5)):
        await resting.wait()

    numbers = bench.worker.numbers()

    assert numbers["limited_until"] == bench.clock.now() + 30.0
    assert (numbers["waiting"], numbers["checks_in_flight"]) == (1, 0)


async def test_failures_are_retried_until_stream_answers(bench):
    down = UnreachableError("Stream could not be reached.")
    broken = RefusedError(-1, 500, "Stream's server failed.", retryable=True)
    bench.checks.refusals = [down, broken] * 50
    bench.worker.start()
    for heard in await bench.say(*(f"line {n}" for n in range(20))):
        bench.worker.offer(heard)

    verdicts = await bench.have(20)

    assert {v.source for v in verdicts} == {Source.STREAM}
    assert sum(v.attempts for v in verdicts) == 120
    numbers = bench.worker.numbers()
    assert (numbers["retried"], numbers["given_up"], bench.problems) == (100, 0, [])


async def test_an_answer_that_can_never_be_read_costs_only_its_line(bench):
    bench.checks.refusals = [UnreadableAnswerError("Stream's answer could not be read.")] * 5
    bench.worker = bench.new_worker(max_in_flight=1)
    bench.worker.start()
    [odd] = await bench.say("odd")
    bench.worker.offer(odd)
    [verdict] = await bench.have(1)
    assert verdict.source is Source.LOCAL
    assert "could not be read" in verdict.why
    assert {sentence for _, sentence in bench.problems} == {"Stream's answer could not be read."}
    assert bench.worker.numbers()["given_up"] == 1


async def test_a_definite_refusal_makes_the_local_verdict_final(bench):
    bench.checks.refusals = [RefusedError(17, 403, "Not allowed.", retryable=False)]
    bench.worker.start()
    [heard] = await bench.say("odd")
    bench.worker.offer(heard)

    [verdict] = await bench.have(1)

    assert (verdict.source, verdict.action, verdict.provisional) == (Source.LOCAL, FLAG, False)
    assert verdict.why == "Stream did not judge it: Stream does not allow this."
    assert bench.problems == [("moderation check", "Stream does not allow this.")]
    assert bench.worker.numbers()["given_up"] == 1
    assert await bench.records.unjudged(10) == []


async def test_who_is_shut_out_asks_often_about_one_line_and_once_about_the_others(bench):
    expired = RefusedError(40, 401, "Expired.", retryable=False)
    bench.checks.refusals = [expired] * (REFUSED_CHECKS + 1)
    bench.worker = bench.new_worker(max_in_flight=1)
    bench.worker.start()
    for heard in await bench.say("first"):
        bench.worker.offer(heard)
    await bench.have(1)
    for heard in await bench.say("second", "third"):
        bench.worker.offer(heard)

    verdicts = await bench.have(3)

    assert Counter(bench.checks.asked) == {"first": REFUSED_CHECKS, "second": 1, "third": 1}
    assert Counter(v.source for v in verdicts) == {Source.LOCAL: 2, Source.STREAM: 1}
    assert bench.worker.numbers()["given_up"] == 2


@pytest.mark.expects_errors
async def test_a_mistake_of_ours_costs_one_line_its_verdict_and_no_more(bench):
    bench.checks.refusals = [ZeroDivisionError("ours")]
    bench.worker = bench.new_worker(max_in_flight=1)
    bench.worker.start()
    for heard in await bench.say("one", "two"):
        bench.worker.offer(heard)

    verdicts = await bench.have(2)

    assert [(v.item_id, v.source) for v in verdicts] == [
        ("u-one", Source.LOCAL),
        ("u-two", Source.STREAM),
    ]


async def test_what_was_under_way_when_it_stopped_is_judged_by_the_next(bench):
    bench.checks.gate = asyncio.Event()
    bench.worker.start()
    for heard in await bench.say("one", "two", "three"):
        bench.worker.offer(heard)
    await bench.checks.reached(3)
    await bench.worker.close()
    assert bench.verdicts == []

    bench.checks.gate = None
    bench.worker = bench.new_worker()
    bench.worker.start()

    assert {v.item_id for v in await bench.have(3)} == {"u-one", "u-two", "u-three"}


async def test_a_store_that_fails_does_not_stop_the_judging(bench):
    heard = line("bad")
    await bench.store.close()
    bench.worker.start()

    bench.worker.offer(heard)

    [verdict] = await bench.have(1)
    assert verdict.action == REMOVE
    assert ("store", "A verdict could not be saved: The store is closed.") in bench.problems


async def test_many_lines_at_once_are_judged_once_each(bench):
    lines = await bench.say(*(f"line {n}" for n in range(2_000)))
    bench.worker.start()
    for heard in lines:
        bench.worker.offer(heard)

    verdicts = await bench.have(2_000)

    assert {each.item_id for each in verdicts} == {each.item_id for each in lines}
    assert len(verdicts) == 2_000


@pytest.mark.expects_errors
async def test_a_mistake_in_the_worker_itself_is_told_and_judging_begins_again(bench, monkeypatch):
    asked = bench.records.unjudged
    mistakes = [ZeroDivisionError("ours")]

    async def unjudged(limit):
        if mistakes:
            raise mistakes.pop()
        return await asked(limit)

    monkeypatch.setattr(bench.records, "unjudged", unjudged)
    await bench.say("left")

    bench.worker.start()

    assert [v.item_id for v in await bench.have(1)] == ["u-left"]
    assert bench.problems == [
        ("judging", "This part stopped and was started again (ZeroDivisionError).")
    ]
