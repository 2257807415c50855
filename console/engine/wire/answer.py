"""What came back for a request: judged by its status first, then read within limits. Pure.

Only an error in Stream's own form is Stream's. What anything else says, a gateway, a proxy, the
sign-in page of a hotel, is no reason to give up.
"""

from typing import Any

import msgspec
from msgspec import Struct

from console.base.plain_text import visible
from console.engine.wire.bounded import Id
from console.engine.wire.json_depth import made_shallow
from console.engine.wire.limits import LONGEST_RETRY_AFTER_S
from console.engine.wire.refusals import (
    NotStreamError,
    RateLimitedError,
    RefusedError,
    StreamRefusedError,
    UnreadableAnswerError,
)
from console.engine.wire.retry_after import bounded, seconds_asked

LONGEST_MESSAGE = 300


class Answer(Struct, frozen=True, kw_only=True):
    """One HTTP answer, whoever gave it.

    Attributes:
        body: unpacked, as far as it was read. whole: it was read to its end, and unpacked.
        content_type, retry_after, date: the headers of these names; empty when they are missing.
    """

    status: int
    body: bytes = b""
    whole: bool = True
    content_type: str = ""
    retry_after: str = ""
    date: str = ""

    @property
    def is_success(self) -> bool:
        """2xx. A redirect is none: nothing that is sent to Stream belongs anywhere else."""
        return 200 <= self.status < 300


class _StreamError(Struct):
    """APIError (STREAM.md 1.6), with just what tells it from errors of other makers."""

    code: int
    message: str
    status: int = msgspec.field(name="StatusCode")
    unrecoverable: Any = False


_stream_error = msgspec.json.Decoder(_StreamError)


def refusal_of(answer: Answer, now: float) -> StreamRefusedError | None:
    """Why the request did not succeed, or None when its status says that it did.

    ``now``: unix seconds, for a Retry-After that is a date.
    """
    if answer.is_success:
        return None
    if answer.status == 429:
        asked = seconds_asked(answer.retry_after, answer.date, now)
        return RateLimitedError(bounded(asked), shortened=asked > LONGEST_RETRY_AFTER_S)
    error = _error_of_stream(answer.body)
    if error is None:
        return _not_stream(answer.status)
    status = answer.status
    message = visible(error.message[:LONGEST_MESSAGE]) or f"status {status}"
    retryable = (status >= 500 or status in (408, 425)) and error.unrecoverable is not True
    return RefusedError(error.code, status, message, retryable=retryable)


def read_object(answer: Answer) -> dict[str, Any]:
    """The JSON object that a successful answer is; an empty answer is an empty one.

    Raises:
        StreamRefusedError: it is none.
    """
    if not answer.body and not _is_page(answer):
        return {}
    if not answer.whole:
        raise UnreadableAnswerError("Stream's answer was too large, or could not be unpacked.")
    try:
        return msgspec.json.decode(made_shallow(answer.body)[0], type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _is_page(answer):
            raise _page() from error
        raise UnreadableAnswerError("Stream's answer could not be read.") from error


def accept(answer: Answer) -> None:
    """A successful answer to an act, whose body says nothing more: its status stands.

    Raises:
        StreamRefusedError: it is a page of something else, or nothing that Stream would say; then
            Stream may have said yes all the same, and something spoiled it on its way.
    """
    if _is_page(answer):
        raise _page()
    if (
        answer.body.lstrip()[:1] != b"{"
    ):  # every body of Stream carries its duration (STREAM.md 1.4)
        raise UnreadableAnswerError("Stream's answer could not be read.")


class _Task(Struct):
    task_id: Id = ""


_task = msgspec.json.Decoder(_Task)


def task_of(answer: Answer) -> str:
    """The id of the task that does what an act asked for; "" where it is done, or none is named.

    Raises:
        StreamRefusedError: see :func:`accept`.
    """
    accept(answer)
    try:
        return _task.decode(answer.body).task_id if answer.body.strip() else ""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def _error_of_stream(body: bytes) -> _StreamError | None:
    try:
        return _stream_error.decode(made_shallow(body)[0])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _is_page(answer: Answer) -> bool:
    """Whether it is the HTML of a portal or a gateway, which never passed the request on."""
    start = answer.body.lstrip()[:1]
    return start == b"<" or (not start and "html" in answer.content_type.lower())


def _not_stream(status: int) -> NotStreamError:
    if status >= 500:
        sentence = f"Stream, or something on the way to it, failed with status {status}."
        return NotStreamError(sentence, may_be_done=True)
    if 300 <= status < 400:
        sentence = "Something on the way to Stream wants to send us elsewhere"
        return NotStreamError(f"{sentence} (status {status}).", may_be_done=False)
    sentence = f"Something on the way to Stream answered in its place (status {status})."
    return NotStreamError(sentence, may_be_done=status == 408)


def _page() -> NotStreamError:
    sentence = "Something on the way to Stream answered in its place, with no answer of Stream's."
    return NotStreamError(sentence, may_be_done=False)
