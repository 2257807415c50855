"""Rate limits as Stream counts them: app, endpoint and platform, in windows of a minute.

STREAM.md 1.7. Limits of most endpoints are not public (?); the default is generous enough for a
console that watches hundreds of calls.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WINDOW = 60.0

DEFAULT_LIMIT = 12_000
LIMITS: Mapping[str, int] = {
    "Ban": 300,
    "Unban": 300,
    "Flag": 300,
    "Mute": 300,
    "Unmute": 300,
    "QueryUsers": 1_000,
    "DeactivateUser": 60,
    "ReactivateUser": 60,
    "Connect": 10_000,
}


@dataclass(slots=True)
class Standing:
    """Where one window stands. ``reset`` is unix seconds."""

    limit: int
    remaining: int
    reset: int
    retry_after: int = 0

    def headers(self) -> dict[str, str]:
        """The three headers of every response, and Retry-After when over."""
        headers = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }
        if self.retry_after:
            headers["Retry-After"] = str(self.retry_after)
        return headers


@dataclass(slots=True)
class RateLimits:
    """Counts requests and says when there are too many.

    Attributes:
        limits: operation -> requests a minute; others have ``default``.
        per_user: requests a minute of one user per endpoint, None for no such limit. Stream says
            60 (STREAM.md 1.7); a switch, as hundreds of calls cannot be tended by hand under it.
    """

    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    default: int = DEFAULT_LIMIT
    per_user: int | None = None
    _counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _window: int = 0

    def count(self, operation: str, platform: str, user_id: str, now: float) -> Standing:
        """Count one request; ``retry_after`` is set when it is one too many."""
        window = int(now // WINDOW)
        if window != self._window:
            self._window = window
            self._counts.clear()
        reset = int((window + 1) * WINDOW)
        wait = max(1, math.ceil(reset - now))
        limit = self.limits.get(operation, self.default)
        used = self._add(operation, platform, "")
        standing = Standing(limit, max(0, limit - used), reset)
        if used > limit:
            standing.retry_after = wait
        if self.per_user is not None and user_id:
            own = self._add(operation, platform, user_id)
            if own > self.per_user:
                standing.retry_after = wait
                standing.remaining = 0
        return standing

    def table(self, operations: Iterable[str], platform: str, now: float) -> dict[str, object]:
        """LimitInfoResponse by operation, for GET /rate_limits."""
        reset = int((now // WINDOW + 1) * WINDOW)
        listed: dict[str, object] = {}
        for operation in operations:
            limit = self.limits.get(operation, self.default)
            used = self._counts.get((operation, platform, ""), 0)
            listed[operation] = {
                "limit": limit,
                "remaining": max(0, limit - used),
                "reset": reset,
            }
        return listed

    def _add(self, operation: str, platform: str, user_id: str) -> int:
        key = (operation, platform, user_id)
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]


def platform_of(client: str, server: bool) -> str:
    """The platform a request counts for, from X-Stream-Client."""
    if server:
        return "server_side"
    lowered = client.lower()
    for name in ("android", "ios", "unity", "flutter"):
        if name in lowered:
            return "android" if name == "flutter" else name
    return "web"
