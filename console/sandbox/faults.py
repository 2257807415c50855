"""What goes wrong on purpose: answers refused, broken or held back, events out of order."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

REQUEST_KINDS = (
    "rate_limit",
    "error",
    "hang",
    "malformed",
    "truncated",
    "slow",
    "disconnect",
    "expired_token",
    "stale_connection",
)
EVENT_KINDS = ("duplicate", "reorder", "delay", "lose")
AT_ONCE = ("drop", "skew")
KINDS = (*REQUEST_KINDS, *EVENT_KINDS, *AT_ONCE)

_OF_ANY_REQUEST = tuple(kind for kind in REQUEST_KINDS if kind != "stale_connection")


class Fault(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to go wrong with the next ``times`` requests or events.

    Attributes:
        kind: of requests: ``rate_limit`` (429), ``error`` (``status``, 500 by default), ``hang``
            (no answer for ``seconds``, then 500), ``slow`` (the right answer after ``seconds``),
            ``malformed`` (200 with broken JSON), ``truncated`` (half of the right answer),
            ``disconnect`` (nothing at all, the connection is cut), ``expired_token`` (401 code
            40), ``stale_connection`` (400 code 46, requests with a connection id only).
            Of events on their way to sockets: ``duplicate`` (sent twice), ``reorder`` (sent after
            the event that follows, or after ``seconds``), ``delay`` (sent after ``seconds``),
            ``lose`` (never sent). At once: ``drop`` (sockets close with the code ``status``),
            ``skew`` (the server's clock is ``seconds`` ahead from now on, or behind).
        path: part of the request's path, or of the event's type; ``connect`` is the handshake of
            sockets, which nothing else hits. Empty is any.
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
    """The faults that are still to happen, first added first used.

    Attributes:
        closers: what closes all sockets with a code.
        skew: seconds the server's clock is ahead.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []
        self.closers: list[Callable[[int], object]] = []
        self.skew = 0.0
        self.happened = 0

    def add(self, kind: str, path: str = "", times: int = 1, **details: Any) -> None:
        """Let the next requests or events go wrong; ``details`` are further fields of a Fault.

        Raises:
            ValueError: no such kind.
        """
        self.plan(Fault(kind=kind, path=path, times=times, **details))

    def plan(self, fault: Fault) -> None:
        """As :meth:`add`."""
        if fault.kind not in KINDS:
            raise ValueError(f"{fault.kind} is none of {', '.join(KINDS)}")
        if fault.kind == "skew":
            self.skew = fault.seconds
        elif fault.kind == "drop":
            for close in self.closers:
                close(fault.status if 1000 <= fault.status < 5000 else 1011)
        else:
            self._waiting.append((fault, fault.times))
            return
        self.happened += 1

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._waiting.clear()
        self.skew = 0.0

    def take(self, path: str, *, watching: bool = False) -> Fault | None:
        """The fault that hits a request for ``path``, counted down; None for nearly all.

        ``watching`` says that it names a connection.
        """
        return self._take(path, REQUEST_KINDS if watching else _OF_ANY_REQUEST)

    def take_handshake(self) -> Fault | None:
        """The fault that hits a socket on its first frame."""
        return self._take("connect", REQUEST_KINDS, named=True)

    def take_event(self, kind: str) -> Fault | None:
        """The fault that hits an event of this type."""
        return self._take(kind, EVENT_KINDS)

    def _take(self, name: str, kinds: Sequence[str], *, named: bool = False) -> Fault | None:
        for at, (fault, left) in enumerate(self._waiting):
            if fault.kind in kinds and fault.path in name and (fault.path or not named):
                self._waiting[at : at + 1] = [(fault, left - 1)] if left > 1 else []
                self.happened += 1
                return fault
        return None

    @staticmethod
    async def hold(fault: Fault) -> None:
        """Wait as long as the fault says."""
        await asyncio.sleep(fault.seconds)
