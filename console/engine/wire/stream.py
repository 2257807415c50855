"""The only module that talks to Stream's SDK. Import it late, because that takes seconds.

Why, with figures: docs/decisions/sdk-behind-one-module.md.
"""

import asyncio
import socket
import ssl
import uuid
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

import httpx
import msgspec
from getstream.exceptions import (
    StreamApiException,
    StreamRateLimitException,
    StreamTransportException,
    build_api_exception,
)
from getstream.stream import AsyncStream
from httpx_aiohttp import AiohttpTransport

from console.base.plain_text import visible
from console.domain.sign_in import Profile, video_url
from console.engine.wire.check import CheckAnswer, CheckRequest, read_check
from console.engine.wire.decode import MalformedAnswerError, read_user
from console.engine.wire.events import User
from console.engine.wire.paths import USERS, call_path
from console.engine.wire.refusals import RateLimitedError, RefusedError, UnreachableError
from console.engine.wire.sign_in_token import Credentials

REQUEST_LIMIT_S = 10.0
"""Longest wait for each step of a request; the whole of it may take a little more."""

DEFAULT_CONFIG_KEY = "custom:captions"

T = TypeVar("T")


class Gateway:
    """Stream's REST API in the words of this program.

    Every method raises a StreamRefusedError: RateLimitedError, RefusedError or UnreachableError.
    Nothing is retried in here.

    With an app secret there are two clients on one transport: the server's for checks and acts,
    and the user's for watching, which only user tokens may do (STREAM.md 1.5). With a user token
    there is one.
    """

    def __init__(self, profile: Profile, credentials: Credentials, transport: Any = None) -> None:
        transport = transport or AiohttpTransport()
        common: dict[str, Any] = {
            "api_key": profile.api_key,
            "base_url": profile.base_url,
            "request_timeout": REQUEST_LIMIT_S,
            "transport": transport,
        }
        self._user = AsyncStream(token=credentials.token, **common)
        # A watch belongs to a socket, so it is asked for at the host the socket is on.
        self._watching = AsyncStream(
            token=credentials.token, **(common | {"base_url": video_url(profile)})
        )
        self._server = (
            AsyncStream(api_secret=credentials.secret, **common) if credentials.secret else None
        )
        self._acting = self._server or self._user
        self.user_id = credentials.user_id
        self.actor = credentials.user_id if self._server else ""
        """Whom requests have to name as who acts; empty with a user token."""
        self.config_key = profile.config_key or DEFAULT_CONFIG_KEY

    @property
    def may_check(self) -> bool:
        """Whether Stream's verdicts can be asked for: only with an app secret."""
        return self._server is not None

    async def close(self) -> None:
        """Close both clients and their transport."""
        for client in (self._user, self._watching, self._server):
            if client is not None:
                await client.aclose()  # type: ignore[no-untyped-call]  # the SDK's

    # -- watching

    async def watch_page(
        self,
        filter_conditions: dict[str, Any],
        *,
        limit: int,
        next_page: str = "",
        connection_id: str = "",
        sort: Sequence[dict[str, Any]] = (),
    ) -> bytes:
        """One raw page of calls; with a ``connection_id`` their events come on that socket too.

        The SDK's own query_calls cannot watch (STREAM.md 1.5), so this posts the request itself.
        """
        body: dict[str, Any] = {"filter_conditions": filter_conditions, "limit": limit}
        if sort:
            body["sort"] = list(sort)
        if next_page:
            body["next"] = next_page
        query: dict[str, str] = {}
        if connection_id:
            body["watch"] = True
            query["connection_id"] = connection_id
        return await self._raw(self._watching, "POST", "/api/v2/video/calls", query, body)

    async def participants(
        self, cid: str, filter_conditions: dict[str, Any], *, limit: int = 100
    ) -> dict[str, Any]:
        """The raw answer of the participants query (STREAM.md 4.3)."""
        path = call_path(cid, "participants")
        body = {"filter_conditions": filter_conditions}
        return await self.ask("POST", path, body, {"limit": str(limit)})

    async def find_user(self, user_id: str) -> User | None:
        """The user, deactivated or not; None when Stream knows none of this id."""
        payload = {
            "filter_conditions": {"id": {"$eq": user_id}},
            "include_deactivated_users": True,
            "limit": 1,
        }
        query = {"payload": msgspec.json.encode(payload).decode()}
        answer = await self.ask("GET", USERS, query=query)
        try:
            return read_user(answer)
        except MalformedAnswerError as error:
            raise UnreachableError(f"Stream's answer could not be read: {error}.") from error

    async def start_captions(self, cid: str, language: str = "") -> None:
        """Turn closed captions on."""
        body = {"language": language} if language else {}
        await self.ask("POST", call_path(cid, "start_closed_captions"), body)

    # -- judging

    async def check(self, request: CheckRequest, config_key: str = "") -> CheckAnswer:
        """Stream's verdict on one item. Server tokens only (STREAM.md 1.5)."""
        body = msgspec.to_builtins(request) | {"config_key": config_key or self.config_key}
        path = "/api/v2/moderation/check"
        answer = await self.ask("POST", path, body)
        try:
            return read_check(answer)
        except MalformedAnswerError as error:
            raise UnreachableError(f"Stream's verdict could not be read: {error}.") from error

    # -- acts, policies

    async def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        *,
        as_user: bool = False,
    ) -> dict[str, Any]:
        """One request with the token that acts, or the user's; the answer as it came."""
        client = self._user if as_user else self._acting
        content = await self._raw(client, method, path, query, body)
        if not content:
            return {}
        try:
            return msgspec.json.decode(content, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreachableError("Stream's answer could not be read.") from error

    async def _raw(
        self,
        client: AsyncStream,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> bytes:
        """An answer as it came, through the SDK's client but not through its parsers.

        Those walk an answer twice in Python: 0.1 s of a standing loop for a page of a hundred
        calls, and they refuse what they do not know.
        """

        async def request() -> bytes:
            response = await client.client.request(
                method,
                path,
                params=query,
                json=body,
                headers={"x-client-request-id": str(uuid.uuid4())},
            )
            if response.status_code >= 399:
                raise build_api_exception(response)
            return bytes(response.content)

        return await self._guarded(request())

    async def _guarded(self, request: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(REQUEST_LIMIT_S + 2):
                return await request
        except StreamRateLimitException as error:
            after = error.retry_after
            raise RateLimitedError(after.total_seconds() if after else 1.0) from error
        except StreamApiException as error:
            raise _refused(error) from error
        except (httpx.RequestError, StreamTransportException) as error:
            raise UnreachableError(_unreachable(error)) from error
        except TimeoutError as error:
            raise UnreachableError(_TOO_LONG.format(REQUEST_LIMIT_S)) from error
        except OSError as error:
            raise UnreachableError(_unreachable(error)) from error


def _refused(error: StreamApiException) -> RefusedError | UnreachableError:
    status = error.status_code
    if status < 400:  # a success whose body is no JSON
        return UnreachableError("Stream's answer could not be read.")
    if error.code or status < 500:
        sentence = visible(error.message or "")[:300] or f"Stream answered with status {status}"
    else:
        sentence = f"Stream's server failed with status {status}"
    retryable = (status >= 500 or status in (408, 425)) and not error.unrecoverable
    return RefusedError(error.code, status, sentence.rstrip(".") + ".", retryable=retryable)


_TOO_LONG = "Stream did not answer within {:.0f} seconds."


def _unreachable(error: BaseException) -> str:
    """Why, found in what caused ``error``: the transport calls every failed connect a timeout."""
    cause: BaseException | None = error
    timeout = False
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "No secure connection to Stream could be made."
        if isinstance(cause, socket.gaierror):
            return "Stream's address could not be found."
        if isinstance(cause, ConnectionError):
            return "Stream could not be reached."
        timeout = timeout or isinstance(cause, TimeoutError | httpx.TimeoutException)
        cause = cause.__cause__ or cause.__context__
    return _TOO_LONG.format(REQUEST_LIMIT_S) if timeout else "Stream could not be reached."
