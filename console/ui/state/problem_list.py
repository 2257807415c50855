"""The problems of a sign-in, the latest last."""

from collections import deque

from console.protocol.to_window import Problem

KEPT = 500


class ProblemList(deque[Problem]):
    """At most KEPT; older ones are dropped."""

    def __init__(self) -> None:
        super().__init__(maxlen=KEPT)

    def keep(self, problem: Problem) -> None:
        """Add a problem; the same place and sentence again replaces the earlier one."""
        for index, known in enumerate(self):
            if (known.place, known.sentence) == (problem.place, problem.sentence):
                del self[index]
                break
        self.append(problem)
