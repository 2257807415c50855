"""When to try again, and when not to: the socket (STREAM.md 2.4), acts and checks. Pure."""

import random

from msgspec import Struct

from console.base.plain_text import visible
from console.engine.wire.refusal_words import OWN_EXPIRED
from console.engine.wire.refusals import EXPIRED, RateLimitedError, StreamRefusedError

SOONEST_CONNECT_S = 0.25
LATEST_CONNECT_S = 5.0

# STREAM.md 1.6: wrong key, failed authentication, wrongly signed token, suspended app.
_FINAL = {
    2: ("Stream does not know this API key.", "Check the key and the base URL."),
    3: ("Stream refused the sign-in.", "Check the key and the secret or token."),
    5: ("Stream refused the sign-in.", "Check the key and the secret or token."),
    40: ("The token has expired.", "Sign in with a new one."),
    43: ("Stream does not accept this signature.", "The secret or token is of another app."),
    17: ("Stream does not allow this user to connect.", "Is the user deactivated or banned?"),
    99: ("Stream has suspended this app.", "Ask Stream's support."),
}

NOT_ALLOWED = 17
UNKNOWN_CONNECTION = 46
"""Stream has forgotten the socket: only another one helps."""
CLOCK_CODES = (41, 42)
"""A token that is not valid yet, or was made in the future: true only until a clock is set."""


class Refusal(Struct, frozen=True):
    """Stream will not let us in; trying again would change nothing."""

    code: int
    sentence: str
    advice: str


def final_refusal(code: int, *, renewable: bool, own: bool = False) -> Refusal | None:
    """Why error ``code`` ends the sign-in, or None when another attempt makes sense.

    ``renewable``: a fresh token can be made, so an expired one is no end. ``own``: the token was
    made here, just now, of an app secret, so that another one helps as little.
    """
    if code not in _FINAL or (code == EXPIRED and renewable):
        return None
    return Refusal(code, *(OWN_EXPIRED if own and code == EXPIRED else _FINAL[code]))


def passing_refusal(code: int, message: str) -> str:
    """What to say of a refusal that may pass by itself. ``message`` is Stream's, and hostile."""
    if code in CLOCK_CODES:
        return "Stream finds the token too new. Is this machine's clock right?"
    return f"Stream refused the connection: {visible(message)[:300]}"


def delay_before_connecting(attempt: int, chance: random.Random) -> float:
    """Seconds before attempt ``attempt`` (1 is the first after a failure), as Stream's own client.

    Random within a window that grows to 5 seconds, so that a thousand consoles do not come back
    in the same instant.
    """
    low = min(max(SOONEST_CONNECT_S, 2.0 * (attempt - 1)), LATEST_CONNECT_S)
    high = min(0.5 + 2.0 * attempt, LATEST_CONNECT_S)
    return chance.uniform(low, high)


PATIENCE = 60.0
"""Seconds from the first attempt after which an act that cannot get through has failed."""

SHORTEST_RETRY_S = 0.25
LONGEST_RETRY_S = 8.0


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
        delay = error.retry_after + chance * SHORTEST_RETRY_S
    else:
        ceiling = min(LONGEST_RETRY_S, 2 * SHORTEST_RETRY_S * 2.0 ** min(attempt, 10))
        delay = SHORTEST_RETRY_S + chance * (ceiling - SHORTEST_RETRY_S)
    return delay if elapsed + delay <= PATIENCE else None


SHORTEST_CHECK_S = 0.5
LONGEST_CHECK_S = 30.0
LONGEST_HOLD_S = 5.0
TOLERATED = 3
"""Failures in a row that are blamed on single lines; from the next on everything is held back."""


class Pace:
    """How many checks may run at once, and when the next may begin; times are monotonic seconds.

    Additive increase, multiplicative decrease: what Stream can take is found by asking a little
    more after each success and half as much after each 429.

    Attributes:
        limit: checks that may run at once now.
        held_until: nothing may begin before.
        limited_until: until when Stream itself asked us to hold back.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = float(most)
        self._failures = 0
        self.held_until = 0.0
        self.limited_until = 0.0

    @property
    def limit(self) -> int:
        return max(1, int(self._room))

    def worked(self) -> None:
        """A check was answered."""
        self._failures = 0
        self._room = min(float(self._most), self._room + 1.0 / self._room)

    def failed(self, error: StreamRefusedError, attempt: int, now: float, chance: float) -> float:
        """A check may be tried again: the seconds after which this line may be.

        Args:
            attempt: how often this line was asked, 1 or more.
            chance: 0.0 to 1.0, for jitter.
        """
        if isinstance(error, RateLimitedError):
            # Those already under way will be refused, too: that is one decrease, not sixteen.
            if now >= self.limited_until:
                self._room = max(1.0, self._room / 2)
            self.limited_until = max(self.limited_until, now + error.retry_after)
            self.held_until = max(self.held_until, self.limited_until)
            return error.retry_after + chance * SHORTEST_CHECK_S
        self._failures += 1
        if self._failures > TOLERATED:
            hold = min(
                LONGEST_HOLD_S, SHORTEST_CHECK_S * 2.0 ** min(self._failures - TOLERATED, 10)
            )
            self._room = max(1.0, self._room / 2)
            self.held_until = max(self.held_until, now + hold * (0.5 + chance / 2))
        ceiling = min(LONGEST_CHECK_S, SHORTEST_CHECK_S * 2.0 ** min(attempt, 10))
        return SHORTEST_CHECK_S + chance * (ceiling - SHORTEST_CHECK_S)
