"""Why there was no answer, found in an exception and in what caused it: sockets and REST alike."""

import socket
import ssl
from collections.abc import Iterator

import aiohttp
import httpx
from websockets.exceptions import InvalidProxy, ProxyError

from console.base.plain_text import visible
from console.engine.wire.limits import REQUEST_LIMIT_S
from console.engine.wire.refusals import UnreachableError

TOO_LONG = f"Stream did not answer within {REQUEST_LIMIT_S:.0f} seconds."

_CERTIFICATE_ADVICE = (
    "A company's network may use a certificate of its own: it belongs into this system's store."
)
_PROXY_ADVICE = "Check HTTPS_PROXY and NO_PROXY, or the proxy in the system's settings."


def unreachable(error: BaseException) -> UnreachableError:
    """What is told of ``error``; the transport itself calls every failed connect a timeout.

    It also says whether the request may have been carried out: not where none was sent.
    """
    timeout = False
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = visible(getattr(cause, "verify_message", "") or str(cause))[:200].rstrip(".")
            sentence = f"The certificate of Stream's address is not trusted: {why}."
            return UnreachableError(sentence, _CERTIFICATE_ADVICE, may_be_done=False)
        if isinstance(cause, _OF_PROXIES):
            sentence = f"The proxy did not let us through to Stream{_status(cause)}."
            return UnreachableError(sentence, _PROXY_ADVICE, may_be_done=False)
        if isinstance(cause, ssl.SSLError):
            sentence = "No secure connection to Stream could be made."
            return UnreachableError(sentence, may_be_done=False)
        if isinstance(cause, socket.gaierror):
            sentence = "Stream's address could not be found."
            return UnreachableError(sentence, may_be_done=False)
        if isinstance(cause, ConnectionRefusedError):
            return UnreachableError("Stream could not be reached.", may_be_done=False)
        if isinstance(cause, ConnectionError):
            return UnreachableError("Stream could not be reached.")
        timeout = timeout or isinstance(cause, TimeoutError | httpx.TimeoutException)
    return UnreachableError(TOO_LONG if timeout else "Stream could not be reached.")


_OF_PROXIES = (
    aiohttp.ClientHttpProxyError,
    aiohttp.ClientProxyConnectionError,
    httpx.ProxyError,
    InvalidProxy,
    ProxyError,
)


def _status(error: BaseException) -> str:
    for cause in _causes(error):
        response = getattr(cause, "response", None)
        for status in (getattr(cause, "status", None), getattr(response, "status_code", None)):
            if isinstance(status, int) and status:
                return f" (status {status})"
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        certificate = getattr(cause, "certificate_error", None)  # aiohttp's own holds the one
        yield certificate if isinstance(certificate, BaseException) else cause
        cause = cause.__cause__ or cause.__context__
