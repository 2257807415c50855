"""Whatever happens in which order: bounded, nobody lost, nobody judged twice."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.item import Item, Text
from console.engine.services.judging.line_queue import Job, LineQueue

MAX_COUNT = 4

steps = st.lists(
    st.sampled_from(["say", "begin", "answer", "retry", "read", "read-late"]), max_size=120
)


def line(number: int) -> Item:
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="ada",
        author_name="Ada",
        body=Text("x"),
        start_time=0.0,
        end_time=0.0,
        received_at=float(number + 1),
    )


class Room:
    """A queue with the store beside it, as the worker uses them."""

    def __init__(self) -> None:
        self.queue = LineQueue(MAX_COUNT)
        self.store: dict[str, Item] = {}
        self.running: list[Job] = []
        self.judged: list[str] = []
        self.said = 0
        self.now = 0.0

    def say(self) -> None:
        heard = line(self.said)
        self.said += 1
        self.store[heard.item_id] = heard
        self.queue.offer(heard)

    def begin(self) -> None:
        self.now += 1.0
        job = self.queue.next_job(self.now)
        if job is not None:
            self.running.append(job)

    def answer(self) -> None:
        if self.running:
            job = self.running.pop(0)
            del self.store[job.line.item_id]
            self.judged.append(job.line.item_id)
            self.queue.done(job)

    def retry(self) -> None:
        if self.running:
            self.queue.delay(self.running.pop(0), self.now + 3.0)

    def read(self, meanwhile=lambda: None) -> None:
        self.queue.begin_take_up()
        found = list(self.store.values())[:MAX_COUNT]
        meanwhile()
        self.queue.take_up(found)
        self.queue.left_in_store = max(0, len(self.store) - len(self.queue))

    def step(self, what: str) -> None:
        match what:
            case "read-late":
                self.read(meanwhile=self.answer)
            case _:
                getattr(self, what)()


@given(steps)
def test_nothing_is_lost_doubled_or_unbounded(wishes):
    room = Room()
    for wish in wishes:
        room.step(wish)
        assert len(room.queue) <= MAX_COUNT
        assert room.queue.waiting >= len(room.store)
    for _ in range(3 * room.said + 20):
        if room.queue.wants_more:
            room.read()
        room.begin()
        room.answer()

    assert sorted(room.judged) == sorted(line(n).item_id for n in range(room.said))
    assert room.store == {}
    assert room.queue.waiting == 0
