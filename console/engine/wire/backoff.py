"""When a refused act may be sent again. Pure."""

from console.engine.wire.refusals import RateLimitedError, StreamRefusedError

PATIENCE = 60.0
"""Seconds from the first attempt after which an act that cannot get through has failed."""

SHORTEST = 0.25
LONGEST = 8.0


def delay_before_retry(
    error: StreamRefusedError, attempt: int, elapsed: float, chance: float
) -> float | None:
    """Seconds to wait before the next attempt, or None when there is none.

    Args:
        attempt: how many attempts were made, 1 or more.
        elapsed: seconds since the first.
        chance: 0.0 to 1.0; spreads consoles that failed at the same moment ("full jitter").
    """
    if not error.retryable:
        return None
    if isinstance(error, RateLimitedError):
        delay = error.retry_after + chance * SHORTEST
    else:
        ceiling = min(LONGEST, 2 * SHORTEST * 2.0 ** min(attempt, 10))
        delay = SHORTEST + chance * (ceiling - SHORTEST)
    return delay if elapsed + delay <= PATIENCE else None
