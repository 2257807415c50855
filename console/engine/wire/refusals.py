"""How Stream says no, or nothing at all, in forms a caller can act on. No SDK in here."""

from console.base.errors import WorldError
from console.engine.wire.limits import LONGEST_RETRY_AFTER_S
from console.engine.wire.refusal_words import OWN_EXPIRED, plain_refusal

EXPIRED = 40
ABOUT_TIME = (EXPIRED, 41, 42)
"""Refusals of a token for its times (STREAM.md 1.6): expired, not valid yet, made in the future."""


class StreamRefusedError(WorldError):
    """A request did not succeed.

    Attributes:
        retryable: the same request may succeed later.
        may_be_done: Stream may have carried it out all the same.
    """

    def __init__(
        self, sentence: str, advice: str = "", *, retryable: bool, may_be_done: bool
    ) -> None:
        super().__init__(sentence, advice)
        self.retryable = retryable
        self.may_be_done = may_be_done


class RateLimitedError(StreamRefusedError):
    """429: too many requests.

    Attributes:
        retry_after: seconds to hold back; 1.0 when Stream named none.
        shortened: we were asked to hold back for longer, and are not going to.
    """

    def __init__(self, retry_after: float = 1.0, *, shortened: bool = False) -> None:
        sentence = "Stream asked us to slow down."
        if shortened:
            sentence = (
                f"Stream asked us to wait for more than {LONGEST_RETRY_AFTER_S:.0f} seconds;"
                f" it is asked again every {LONGEST_RETRY_AFTER_S:.0f}."
            )
        super().__init__(sentence, retryable=True, may_be_done=False)
        self.retry_after = retry_after
        self.shortened = shortened


class RefusedError(StreamRefusedError):
    """Stream itself answered with an error (STREAM.md 1.6).

    Attributes:
        code: Stream's own code. status: the HTTP status. details: Stream's message.
    """

    def __init__(self, code: int, status: int, message: str, *, retryable: bool) -> None:
        may_be_done = status >= 500 or status == 408
        super().__init__(plain_refusal(code, status), retryable=retryable, may_be_done=may_be_done)
        self.code = code
        self.status = status
        self.details = message


class OwnTokenExpiredError(RefusedError):
    """Code 40 for a token that was made of an app secret just now."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(EXPIRED, status, message, retryable=False)
        self.sentence = " ".join(OWN_EXPIRED)


def of_own_token(error: StreamRefusedError | None) -> StreamRefusedError | None:
    """``error`` as it is to be told of a token that was made here just now."""
    if isinstance(error, RefusedError) and error.code == EXPIRED:
        return OwnTokenExpiredError(error.status, error.details)
    return error


class NotStreamError(StreamRefusedError):
    """Something on the way answered in Stream's place: a gateway, a proxy, a sign-in page.

    It knows nothing of what Stream would say, so nothing it says is final.
    """

    def __init__(self, sentence: str, *, may_be_done: bool) -> None:
        advice = "Does this network want a sign-in, or a proxy?"
        super().__init__(sentence, advice, retryable=True, may_be_done=may_be_done)


class UnreachableError(StreamRefusedError):
    """No usable answer: no route, a timeout, a broken connection."""

    def __init__(
        self, sentence: str, advice: str = "Is the network up?", *, may_be_done: bool = True
    ) -> None:
        super().__init__(sentence, advice, retryable=True, may_be_done=may_be_done)


class UnreadableAnswerError(UnreachableError):
    """Stream answered that it succeeded, and what else it said cannot be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "")
