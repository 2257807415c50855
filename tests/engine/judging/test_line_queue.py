"""Bounded in memory, complete with the store, and nobody starves."""

import pytest

from console.domain.item import Item, Text
from console.engine.services.judging.line_queue import LineQueue


def line(name: str, received_at: float = 1.0, revision: int = 0) -> Item:
    return Item(
        item_id=name,
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="ada",
        author_name="Ada",
        body=Text(name),
        start_time=0.0,
        end_time=0.0,
        received_at=received_at,
        revision=revision,
    )


def taken(queue: LineQueue, now: float = 0.0) -> list[str]:
    found = []
    while (job := queue.next_job(now)) is not None:
        found.append(job.line.item_id)
    return found


@pytest.fixture
def queue():
    return LineQueue(8)


def test_lines_come_in_order_and_once(queue):
    for name in ("a", "b", "a", "c"):
        queue.offer(line(name))

    assert taken(queue) == ["a", "b", "c"]
    assert queue.waiting == 3


def test_a_revision_is_another_line(queue):
    queue.offer(line("a"))
    queue.offer(line("a", revision=1))

    assert taken(queue) == ["a", "a"]


def test_what_does_not_fit_is_left_in_the_store_and_counted(queue):
    for number in range(20):
        queue.offer(line(str(number), received_at=10.0 + number))

    assert (len(queue), queue.left_in_store, queue.waiting, queue.room) == (8, 12, 20, 0)
    assert not queue.wants_more
    assert queue.oldest_received_at() == 10.0


def test_it_wants_more_when_half_is_done(queue):
    for number in range(20):
        queue.offer(line(str(number)))
    jobs = [queue.next_job(0.0) for _ in range(8)]
    for job in jobs[:3]:
        queue.done(job)
    assert not queue.wants_more

    queue.done(jobs[3])

    assert queue.wants_more
    assert queue.room == 4


def test_known_lines_are_not_taken_up_again(queue):
    queue.offer(line("a"))
    running = queue.next_job(0.0)

    queue.take_up([line("a"), line("b")])

    assert taken(queue) == ["b"]
    assert running.line == line("a")


def test_what_was_judged_while_the_store_was_read_is_not_taken_up(queue):
    queue.offer(line("a"))
    running = queue.next_job(0.0)
    queue.begin_take_up()
    queue.done(running)

    queue.take_up([line("a"), line("b")])

    assert taken(queue) == ["b"]
    queue.begin_take_up()
    queue.take_up([line("a")])
    assert taken(queue) == ["a"]


def test_taking_up_stops_at_the_bound(queue):
    queue.take_up([line(str(number)) for number in range(20)])

    assert len(queue) == 8


def test_new_lines_go_first_but_every_fourth_turn_is_the_stores():
    queue = LineQueue(100)
    queue.take_up([line(f"old{number}") for number in range(3)])
    for number in range(9):
        queue.offer(line(f"new{number}"))

    assert taken(queue) == [
        "new0",
        "new1",
        "new2",
        "old0",
        "new3",
        "new4",
        "new5",
        "old1",
        "new6",
        "new7",
        "new8",
        "old2",
    ]


def test_delayed_lines_come_when_they_are_due(queue):
    queue.offer(line("a"))
    queue.offer(line("b"))
    queue.delay(queue.next_job(0.0), until=5.0)
    queue.delay(queue.next_job(0.0), until=3.0)

    assert queue.next_due() == 3.0
    assert taken(queue, now=2.9) == []
    assert taken(queue, now=5.0) == ["b", "a"]
    assert queue.next_due() is None
    assert queue.waiting == 2


def test_the_oldest_line_may_be_in_the_store(queue):
    assert queue.oldest_received_at() == 0.0
    queue.offer(line("a", received_at=50.0))
    queue.left_in_store, queue.oldest_in_store = 1, 20.0

    assert queue.oldest_received_at() == 20.0
