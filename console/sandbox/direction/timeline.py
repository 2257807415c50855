"""What is due when, in scenario seconds; things due at the same time keep their order."""

import heapq
from collections.abc import Callable

Action = Callable[[], object]


class Timeline:
    """A heap of due actions."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action]] = []
        self._count = 0

    def at(self, when: float, action: Action) -> None:
        """Have ``action`` done at ``when``."""
        self._count += 1
        heapq.heappush(self._heap, (when, self._count, action))

    def next_due(self) -> float | None:
        """When the next action is due, or None when nothing is left."""
        return self._heap[0][0] if self._heap else None

    def take(self, until: float) -> tuple[float, Action] | None:
        """The next action due at or before ``until``, with its time."""
        if not self._heap or self._heap[0][0] > until:
            return None
        when, _, action = heapq.heappop(self._heap)
        return when, action
