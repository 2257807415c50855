"""Only what may succeed later is sent again, and not for ever."""

from console.engine.wire.refusals import RateLimitedError, RefusedError, UnreachableError
from console.engine.wire.retry import PATIENCE, delay_before_retry

down = UnreachableError("No.")


def test_a_definite_refusal_is_never_sent_again():
    refused = RefusedError(17, 403, "Not allowed.", retryable=False)

    assert delay_before_retry(refused, 1, 0.0, 0.5) is None


def test_delays_grow_and_are_spread():
    longest = [delay_before_retry(down, attempt, 0.0, 1.0) for attempt in (1, 2, 3, 4, 5, 50)]

    assert longest == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert delay_before_retry(down, 5, 0.0, 0.0) == 0.25


def test_a_limit_is_respected():
    assert delay_before_retry(RateLimitedError(7.0), 1, 0.0, 0.0) == 7.0


def test_patience_ends():
    assert delay_before_retry(down, 9, PATIENCE - 8.0, 1.0) == 8.0
    assert delay_before_retry(down, 9, PATIENCE - 7.9, 1.0) is None
    assert delay_before_retry(RateLimitedError(61.0), 1, 0.0, 0.0) is None
