"""Messages to the window: gathered, coalesced, and written at most once a frame."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Protocol

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.call import Call, Participant
from console.domain.verdict import JudgedItem, Verdict
from console.protocol import codec
from console.protocol.to_window import (
    ActProgress,
    ActsChanged,
    CallsChanged,
    Heard,
    Judged,
    Notice,
    Noticed,
    ParticipantsChanged,
    Problem,
    Pulse,
    ToWindow,
)

FRAME_S = 0.016
HOLD_BACK_BYTES = 4 * 1024 * 1024
"""With more than this untaken the window is behind: gather on, and write less often."""
HOLD_BACK_S = 0.05
MAX_LINES = 20_000
MAX_NOTICES = 5_000
MAX_PROBLEMS = 500
BATCH_TEXT = 1_000_000
"""Code points of text in one message: 16 MiB a line is the protocol's limit."""


class Sink(Protocol):
    """Where bytes go; never blocks."""

    @property
    def pending(self) -> int:
        """Bytes not taken yet."""

    def write(self, data: bytes) -> None:
        """Write ``data``."""


def _messages(held: Iterable[JudgedItem], *, replay: bool) -> Iterator[Heard]:
    """The items in order, no message with much more than BATCH_TEXT."""
    batch: list[JudgedItem] = []
    size = 0
    for judged in held:
        batch.append(judged)
        size += len(judged.item.text) + 200
        if size > BATCH_TEXT:
            yield Heard(items=tuple(batch), replay=replay)
            batch, size = [], 0
    if batch:
        yield Heard(items=tuple(batch), replay=replay)


class _People:
    def __init__(self, session_id: str) -> None:
        self.session_id = session_id
        self.changed: dict[str, Participant] = {}
        self.left: set[str] = set()
        self.whole = False

    def add(self, message: ParticipantsChanged) -> None:
        self.session_id = message.session_id
        if message.whole:
            self.changed.clear()
            self.left.clear()
            self.whole = True
        for key in message.left:
            self.changed.pop(key, None)
            self.left.add(key)
        for person in message.changed:
            key = person.user_session_id or f"user:{person.user_id}"
            self.left.discard(key)
            self.changed[key] = person


class WindowChannel:
    """The only way to the window. ``put`` never blocks; everything held is bounded.

    Attributes:
        unsent_lines: lines and notices dropped because the window took nothing for too long.
            Lines are in the store all the same.
    """

    def __init__(self, sink: Sink, clock: Clock) -> None:
        self._sink = sink
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self._written_at = float("-inf")
        self._problem_counts: dict[tuple[str, str], int] = {}
        self.unsent_lines = 0
        self._clear()

    def _clear(self) -> None:
        self._in_order: list[ToWindow] = []
        self._calls: dict[str, Call] = {}
        self._removed: set[str] = set()
        self._whole = False
        self._people: dict[str, _People] = {}
        self._heard: dict[str, JudgedItem] = {}
        self._replayed: dict[str, JudgedItem] = {}
        self._judged: dict[tuple[str, str], Verdict] = {}
        self._notices: list[Notice] = []
        self._acts: dict[str, ActProgress] = {}
        self._problems: dict[tuple[str, str], Problem] = {}
        self._pulse: Pulse | None = None

    def put(self, message: ToWindow) -> None:
        """Tell the window, within a frame unless it is behind."""
        match message:
            case CallsChanged():
                self._put_calls(message)
            case ParticipantsChanged(cid=cid):
                if cid not in self._people:
                    self._people[cid] = _People(message.session_id)
                self._people[cid].add(message)
            case Heard(replay=replay):
                self._put_items(self._replayed if replay else self._heard, message)
            case Judged():
                self._judged |= {(v.item_id, v.source): v for v in message.verdicts}
            case Noticed():
                self._notices += message.notices
                self._trim_notices()
            case ActsChanged():
                self._acts |= {progress.act.act_id: progress for progress in message.acts}
            case Problem():
                self._problems[message.place, message.sentence] = message
            case Pulse():
                self._pulse = message
            case _:  # everything else is told once and in order
                self._in_order.append(message)
        self._schedule()

    def problem(self, place: str, sentence: str) -> None:
        """Report something malformed or refused that did not stop the work; counted by kind."""
        key = (visible(place)[:200], visible(sentence)[:500])
        if key not in self._problem_counts and len(self._problem_counts) >= MAX_PROBLEMS:
            key = ("elsewhere", "Further kinds of problems are only counted.")
        count = self._problem_counts.get(key, 0) + 1
        self._problem_counts[key] = count
        at = self._clock.now()
        self.put(Problem(place=key[0], sentence=key[1], at=at, count=count))

    def flush(self) -> None:
        """Write what is gathered, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        messages = list(self._gathered())
        self._clear()
        if messages:
            self._sink.write(b"".join(codec.encode(message) for message in messages))
            self._written_at = self._clock.monotonic()

    def _schedule(self) -> None:
        if self._timer is not None:
            return
        wait = self._written_at + FRAME_S - self._clock.monotonic()
        self._later(max(0.0, wait))

    def _later(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._flush_unless_behind)

    def _flush_unless_behind(self) -> None:
        self._timer = None
        if self._sink.pending > HOLD_BACK_BYTES:
            self._later(HOLD_BACK_S)
        else:
            self.flush()

    def _gathered(self) -> Iterator[ToWindow]:
        yield from self._in_order
        if self._calls or self._removed or self._whole:
            yield CallsChanged(
                changed=tuple(self._calls.values()),
                removed=tuple(self._removed),
                whole=self._whole,
            )
        for cid, people in self._people.items():
            yield ParticipantsChanged(
                cid=cid,
                session_id=people.session_id,
                changed=tuple(people.changed.values()),
                left=tuple(people.left),
                whole=people.whole,
            )
        yield from _messages(self._replayed.values(), replay=True)
        yield from _messages(self._heard.values(), replay=False)
        if self._judged:
            yield Judged(verdicts=tuple(self._judged.values()))
        if self._notices:
            yield Noticed(notices=tuple(self._notices))
        if self._acts:
            yield ActsChanged(acts=tuple(self._acts.values()))
        yield from self._problems.values()
        if self._pulse is not None:
            yield self._pulse

    def _put_calls(self, message: CallsChanged) -> None:
        if message.whole:
            self._calls.clear()
            self._removed.clear()
            self._whole = True
        for cid in message.removed:
            self._calls.pop(cid, None)
            self._removed.add(cid)
        for call in message.changed:
            self._removed.discard(call.cid)
            self._calls[call.cid] = call

    def _put_items(self, held: dict[str, JudgedItem], message: Heard) -> None:
        held |= {judged.item.item_id: judged for judged in message.items}
        while len(held) > MAX_LINES:
            del held[next(iter(held))]
            self._count_unsent()

    def _trim_notices(self) -> None:
        while len(self._notices) > MAX_NOTICES:
            del self._notices[0]
            self._count_unsent()

    def _count_unsent(self) -> None:
        self.unsent_lines += 1
        at = self._clock.now()
        place, sentence = "window", "The window was too slow; these lines are only in the store."
        self._problems[place, sentence] = Problem(
            place=place, sentence=sentence, at=at, count=self.unsent_lines
        )
