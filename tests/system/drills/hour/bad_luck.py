"""Lets faults of the sandbox strike, one after the other, through its control endpoint."""

import logging
import random
from collections import Counter
from typing import Any

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.ui.demo.sandbox_process import SandboxProcess

log = logging.getLogger(__name__)

EVERY_S = 15.0
ACTS = ("/mute_users", "/block", "/unblock", "/kick", "/user_permissions", "/ban", "/submit_action")
READS = ("", "/check", "/review_queue", "/query_members", "/calls")

# Faults hold requests in real seconds, which a faster clock makes longer.
REQUESTS: tuple[dict[str, Any], ...] = (
    {"kind": "rate_limit", "retry_after": 2},
    {"kind": "error", "status": 500},
    {"kind": "error", "status": 503, "after": True},
    {"kind": "slow", "seconds": 0.5},
    {"kind": "hang", "seconds": 1.0},
    {"kind": "malformed"},
    {"kind": "truncated"},
    {"kind": "disconnect"},
    {"kind": "expired_token"},
    {"kind": "stale_connection"},
)
EVENTS: tuple[dict[str, Any], ...] = (
    {"kind": "duplicate"},
    {"kind": "reorder", "seconds": 0.3},
    {"kind": "delay", "seconds": 0.3},
    {"kind": "lose"},
)


class BadLuck:
    """Faults of one hour; ``struck`` counts those that were planned, by kind."""

    def __init__(self, sandbox: SandboxProcess, clock: SystemClock, seed: int) -> None:
        self._sandbox = sandbox
        self._clock = clock
        self._random = random.Random(seed)  # nothing is kept secret with it
        self.struck: Counter[str] = Counter()

    async def strike(self, seconds: float) -> None:
        """Strike for ``seconds`` of the program's clock, then leave everything well."""
        end = self._clock.monotonic() + seconds
        while self._clock.monotonic() < end:
            await self._clock.sleep(EVERY_S * self._random.uniform(0.5, 1.5))
            fault = self._next()
            try:
                await self._sandbox.control("/faults", fault)
            except WorldError as error:
                log.warning("no fault: %s", error)
                continue
            self.struck[fault["kind"]] += 1
        await self._sandbox.control("/faults", {"kind": "clear"})

    def _next(self) -> dict[str, Any]:
        chance = self._random.random()
        times = self._random.randint(1, 3)
        if chance < 0.4:
            return {**self._random.choice(REQUESTS), "path": self._pick(ACTS), "times": times}
        if chance < 0.65:
            return {**self._random.choice(REQUESTS), "path": self._pick(READS), "times": times}
        if chance < 0.9:
            return {**self._random.choice(EVENTS), "times": 3 * times}
        return {"kind": "drop", "status": self._random.choice((1001, 1011, 1012))}

    def _pick(self, paths: tuple[str, ...]) -> str:
        return self._random.choice(paths)
