"""How Stream says no, in three forms a caller can act on. No SDK in here."""

from console.base.errors import WorldError


class StreamRefusedError(WorldError):
    """A request did not succeed.

    Attributes:
        retryable: the same request may succeed later.
    """

    def __init__(self, sentence: str, advice: str = "", *, retryable: bool) -> None:
        super().__init__(sentence, advice)
        self.retryable = retryable


class RateLimitedError(StreamRefusedError):
    """429: too many requests.

    Attributes:
        retry_after: seconds to hold back; 1.0 when Stream named none.
    """

    def __init__(self, retry_after: float = 1.0) -> None:
        super().__init__("Stream asked us to slow down.", retryable=True)
        self.retry_after = retry_after


class RefusedError(StreamRefusedError):
    """Stream answered with an error (STREAM.md 1.6).

    Attributes:
        code: Stream's own code, 0 when the answer had none.
        status: the HTTP status.
    """

    def __init__(self, code: int, status: int, sentence: str, *, retryable: bool) -> None:
        super().__init__(sentence, retryable=retryable)
        self.code = code
        self.status = status


class UnreachableError(StreamRefusedError):
    """No usable answer: no route, a timeout, a broken connection."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "Is the network up?", retryable=True)
