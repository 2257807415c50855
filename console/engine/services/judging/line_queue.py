"""The lines in memory that wait for Stream's verdict. No I/O; times are monotonic seconds.

Bounded: what does not fit stays in the store, counted, and is taken up from there. Lines heard now
go before those taken up from the store, but every fourth turn is the store's, so none starves.
"""

import heapq
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.item import Item

STORED_TURN = 4


@dataclass(slots=True, eq=False)
class Job:
    """One line to judge. ``taken_at``: unix seconds of its first attempt, 0.0 before."""

    line: Item
    attempts: int = 0
    taken_at: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        return (self.line.item_id, self.line.revision)


class LineQueue:
    """Waiting and running jobs, at most ``capacity`` of them.

    Attributes:
        capacity: the bound.
        left_in_store: lines known to wait only in the store.
        oldest_in_store: when the oldest line of the whole store was received, as last read; 0.0
            when none was left there.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._live: deque[Job] = deque()
        self._stored: deque[Job] = deque()
        self._delayed: list[tuple[float, int, Job]] = []
        self._known: dict[tuple[str, int], Job] = {}
        self._done_meanwhile: set[tuple[str, int]] = set()
        self._turn = 0
        self._number = 0
        self.left_in_store = 0
        self.oldest_in_store = 0.0

    def __len__(self) -> int:
        return len(self._known)

    @property
    def waiting(self) -> int:
        """Lines without Stream's verdict, here and in the store."""
        return len(self._known) + self.left_in_store

    @property
    def room(self) -> int:
        """How many lines still fit."""
        return self.capacity - len(self._known)

    @property
    def wants_more(self) -> bool:
        """Whether lines should be taken up from the store now."""
        return self.left_in_store > 0 and len(self._known) <= self.capacity // 2

    def oldest_received_at(self) -> float:
        """When the longest-waiting line was received (unix seconds); 0.0 when none waits."""
        here = min((job.line.received_at for job in self._known.values()), default=0.0)
        if self.left_in_store and self.oldest_in_store:
            return min(here or self.oldest_in_store, self.oldest_in_store)
        return here

    def offer(self, line: Item) -> None:
        """A line that was just heard. It is in the store already, so it may be left there."""
        job = Job(line)
        if job.key in self._known:
            return
        if self.room <= 0:
            self.left_in_store += 1
            self.oldest_in_store = self.oldest_in_store or line.received_at
            return
        self._known[job.key] = job
        self._live.append(job)

    def begin_take_up(self) -> None:
        """The store is being read: what is done from now on will not be taken up again."""
        self._done_meanwhile.clear()

    def take_up(self, lines: Iterable[Item]) -> None:
        """Lines read from the store, oldest first; known ones and those that do not fit stay."""
        for line in lines:
            job = Job(line)
            if self.room <= 0:
                return
            if job.key not in self._known and job.key not in self._done_meanwhile:
                self._known[job.key] = job
                self._stored.append(job)

    def delay(self, job: Job, until: float) -> None:
        """Try ``job`` again, not before ``until``."""
        self._number += 1
        heapq.heappush(self._delayed, (until, self._number, job))

    def done(self, job: Job) -> None:
        """``job`` is over."""
        self._known.pop(job.key, None)
        self._done_meanwhile.add(job.key)

    def next_job(self, now: float) -> Job | None:
        """The job to do now, or None when none is due."""
        if self._delayed and self._delayed[0][0] <= now:
            return heapq.heappop(self._delayed)[2]
        self._turn += 1
        first, second = self._live, self._stored
        if self._turn % STORED_TURN == 0:
            first, second = second, first
        for jobs in (first, second):
            if jobs:
                return jobs.popleft()
        return None

    def next_due(self) -> float | None:
        """When the next delayed job is due; None when there is none."""
        return self._delayed[0][0] if self._delayed else None
