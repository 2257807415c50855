"""What goes wrong on purpose: answers refused, broken or held back."""

import asyncio
from dataclasses import dataclass

KINDS = ("rate_limit", "error", "hang", "malformed", "truncated", "slow", "disconnect")


@dataclass(slots=True)
class Fault:
    """One thing to go wrong with the next ``times`` requests whose path contains ``path``.

    Attributes:
        kind: ``rate_limit`` (429), ``error`` (``status``, 500 by default), ``hang`` (no answer for
            ``seconds``, then 500), ``slow`` (the right answer after ``seconds``), ``malformed``
            (200 with broken JSON), ``truncated`` (half of the right answer), ``disconnect``
            (nothing at all, the connection is cut).
        retry_after: seconds in the Retry-After header of a 429.
        after: for error: False refuses before the operation runs, True runs it and then answers
            with the error, as a connection lost on the way back would look.
    """

    kind: str
    path: str = ""
    times: int = 1
    status: int = 500
    retry_after: int = 1
    seconds: float = 30.0
    after: bool = False


class Faults:
    """The faults that are still to happen, first added first used."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.happened = 0

    def add(
        self,
        kind: str,
        path: str = "",
        times: int = 1,
        *,
        status: int = 500,
        retry_after: int = 1,
        seconds: float = 30.0,
        after: bool = False,
    ) -> None:
        """Let the next requests go wrong.

        Raises:
            ValueError: no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind} is none of {', '.join(KINDS)}")
        self._waiting.append(Fault(kind, path, times, status, retry_after, seconds, after))

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._waiting.clear()

    def take(self, path: str) -> Fault | None:
        """The fault that hits a request for ``path``, counted down; None for nearly all."""
        for fault in self._waiting:
            if fault.path in path:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                self.happened += 1
                return fault
        return None

    @staticmethod
    async def hold(fault: Fault) -> None:
        """Wait as long as the fault says."""
        await asyncio.sleep(fault.seconds)
