"""Opens a socket to Stream, or says who answered in its place."""

from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    InvalidHandshake,
    InvalidStatus,
    ProxyError,
    WebSocketException,
)

from console.engine.wire.answer import Answer, refusal_of
from console.engine.wire.limits import MAX_FRAME_BYTES, SIGN_IN_LIMIT_S
from console.engine.wire.refusals import NotStreamError, RefusedError, StreamRefusedError
from console.engine.wire.unreachable import unreachable
from console.engine.wire.way_out import proxy_for, trusted


class _Connect(connect):
    """Follows no redirect: the token that is sent first belongs to nobody but Stream."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_socket(url: str, now: float) -> ClientConnection:
    """A socket on which nothing was said yet.

    ``now``: unix seconds, for an answer that asks to wait until a date.

    Raises:
        RefusedError: Stream itself refused, with its own code.
        StreamRefusedError: anything else went wrong, which another attempt may not meet.
        InvalidURI: ``url`` is none.
        WorldError: the proxy that is named for it cannot be used.
    """
    proxy = proxy_for(url)
    connecting = _Connect(
        url,
        open_timeout=SIGN_IN_LIMIT_S,
        close_timeout=1.0,
        ping_interval=None,  # health checks do this, and tell more
        max_size=MAX_FRAME_BYTES,
        compression=None,
        proxy=proxy,
        **_secure(url, proxy),
    )
    try:
        return await connecting
    except InvalidStatus as error:
        raise _of_answer(error, now) from error
    except ProxyError as error:
        raise unreachable(error) from error
    except InvalidHandshake as error:
        sentence = "What answered at this address is no Stream server."
        raise NotStreamError(sentence, may_be_done=False) from error
    except UnicodeError as error:  # a host's name that DNS has no form for
        raise unreachable(error) from error
    except (OSError, WebSocketException) as error:
        raise unreachable(error) from error


def _secure(url: str, proxy: str | None) -> dict[str, Any]:
    contexts: dict[str, Any] = {}
    if urlsplit(url).scheme == "wss":
        contexts["ssl"] = trusted()
    if proxy is not None and urlsplit(proxy).scheme == "https":
        contexts["proxy_ssl"] = trusted()
    return contexts


def _of_answer(error: InvalidStatus, now: float) -> StreamRefusedError:
    response = error.response
    answer = Answer(
        status=response.status_code,
        body=bytes(response.body or b""),
        retry_after=response.headers.get("Retry-After", ""),
        date=response.headers.get("Date", ""),
    )
    refusal = refusal_of(answer, now)
    if isinstance(refusal, RefusedError):
        return refusal
    if refusal is None:  # a page where a socket was asked for
        sentence = "What answered at this address is no Stream server"
        return NotStreamError(f"{sentence} (status {answer.status}).", may_be_done=False)
    return refusal
