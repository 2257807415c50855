"""Errors as Stream answers them (STREAM.md 1.6)."""

from typing import Any

_MORE_INFO = "https://getstream.io/video/docs/api/errors/"


class ApiError(Exception):
    """A request that is refused.

    Attributes:
        code: Stream's error code. status: of HTTP. reason: one sentence.
    """

    def __init__(self, code: int, status: int, reason: str, *, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.code = code
        self.status = status
        self.reason = reason
        self.retry_after = retry_after


def input_error(reason: str) -> ApiError:
    return ApiError(4, 400, reason)


def not_found(reason: str) -> ApiError:
    return ApiError(16, 404, reason)


def not_allowed(reason: str) -> ApiError:
    return ApiError(17, 403, reason)


def body(error: ApiError, operation: str, duration: str = "0.00ms") -> dict[str, Any]:
    """The APIError document for ``error`` of ``operation`` (empty when none was reached)."""
    message = f'{operation} failed with error: "{error.reason}"' if operation else error.reason
    return {
        "code": error.code,
        "message": message,
        "StatusCode": error.status,
        "duration": duration,
        "more_info": _MORE_INFO,
        "details": [],
        "exception_fields": {},
        "unrecoverable": False,
    }
