"""When to try again, and when not to: pure decisions of the coordinator socket (STREAM.md 2.4)."""

import random

from msgspec import Struct

FASTEST_S = 0.25
SLOWEST_S = 5.0

# STREAM.md 1.6: wrong key, failed authentication, early or wrongly signed token, suspended app.
_FINAL = {
    2: ("Stream does not know this API key.", "Check the key and the base URL."),
    3: ("Stream refused the sign-in.", "Check the key and the secret or token."),
    5: ("Stream refused the sign-in.", "Check the key and the secret or token."),
    40: ("The token has expired.", "Sign in with a new one."),
    41: ("The token is not valid yet.", "Is this machine's clock right?"),
    42: ("The token was made in the future.", "Is this machine's clock right?"),
    43: ("Stream does not accept this signature.", "The secret or token is of another app."),
    17: ("Stream does not allow this user to connect.", "Is the user deactivated or banned?"),
    99: ("Stream has suspended this app.", "Ask Stream's support."),
}

EXPIRED = 40


class Refusal(Struct, frozen=True):
    """Stream will not let us in; trying again would change nothing."""

    code: int
    sentence: str
    advice: str


def final_refusal(code: int, *, renewable: bool) -> Refusal | None:
    """Why error ``code`` ends the sign-in, or None when another attempt makes sense.

    ``renewable``: a fresh token can be made, so an expired one is no end.
    """
    if code not in _FINAL or (code == EXPIRED and renewable):
        return None
    return Refusal(code, *_FINAL[code])


def delay(attempt: int, chance: random.Random) -> float:
    """Seconds before attempt ``attempt`` (1 is the first after a failure), as Stream's own client.

    Random within a window that grows to 5 seconds, so that a thousand consoles do not come back
    in the same instant.
    """
    low = min(max(FASTEST_S, 2.0 * (attempt - 1)), SLOWEST_S)
    high = min(0.5 + 2.0 * attempt, SLOWEST_S)
    return chance.uniform(low, high)
