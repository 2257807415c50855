"""The only module that talks to Stream's SDK. Import it late, because that takes seconds.

Why, with figures: docs/decisions/sdk-behind-one-module.md.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any

import aiohttp
import httpx
import msgspec
from getstream.stream import AsyncStream
from httpx_aiohttp import AiohttpTransport

from console.domain.sign_in import Profile, video_url
from console.engine.wire.answer import Answer, read_object, refusal_of, task_of
from console.engine.wire.body import ACCEPTED_ENCODING, read_body
from console.engine.wire.check import CheckAnswer, CheckRequest, read_check
from console.engine.wire.decode import MalformedAnswerError, read_users
from console.engine.wire.events import User
from console.engine.wire.limits import (
    MAX_ANSWER_BYTES,
    MAX_PAGE_BYTES,
    MAX_SHORT_ANSWER_BYTES,
    REQUEST_LIMIT_S,
    WHOLE_REQUEST_LIMIT_S,
)
from console.engine.wire.paths import USERS, call_path
from console.engine.wire.refusals import (
    ABOUT_TIME,
    RefusedError,
    UnreadableAnswerError,
    of_own_token,
)
from console.engine.wire.retry_after import time_told
from console.engine.wire.sign_in_token import Credentials, made_token
from console.engine.wire.unreachable import unreachable
from console.engine.wire.way_out import proxy_for, trusted

DEFAULT_CONFIG_KEY = "custom:captions"

_NO_ANSWER = (
    httpx.HTTPError,
    httpx.StreamError,
    httpx.InvalidURL,
    aiohttp.ClientError,  # the transport passes on what it does not know, as headers too long
    TimeoutError,
    OSError,
)


class Gateway:
    """Stream's REST API in the words of this program.

    Every method raises a StreamRefusedError; see its subclasses. Nothing is retried in here.

    With an app secret there are two clients on one transport: the server's for checks and acts,
    and the user's for watching, which only user tokens may do (STREAM.md 1.5). With a user token
    there is one.
    """

    def __init__(
        self,
        profile: Profile,
        credentials: Credentials,
        transport: Any = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        video = video_url(profile)
        transport = transport or _transport(profile.base_url)
        common: dict[str, Any] = {
            "api_key": profile.api_key,
            "base_url": profile.base_url,
            "request_timeout": REQUEST_LIMIT_S,
            "transport": transport,
        }
        at_video = common
        if video != profile.base_url:
            at_video = common | {"base_url": video, "transport": _transport(video)}
        self._user = AsyncStream(token=credentials.token, **common)
        # A watch belongs to a socket, so it is asked for at the host the socket is on.
        self._watching = AsyncStream(token=credentials.token, **at_video)
        self._server = (
            AsyncStream(api_secret=credentials.secret, **common) if credentials.secret else None
        )
        self._acting = self._server or self._user
        self._secret = credentials.secret
        self.user_id = credentials.user_id
        self.actor = credentials.user_id if self._server else ""
        """Whom requests have to name as who acts; empty with a user token."""
        self.config_key = profile.config_key or DEFAULT_CONFIG_KEY

    def use_token(self, token: str) -> None:
        """Watch and ask with this token of the user from now on."""
        for client in (self._user, self._watching):
            client.client.headers["Authorization"] = token

    def _make_tokens_anew(self, stream_now: float) -> None:
        self.use_token(made_token(self._secret, stream_now, user_id=self.user_id))
        if self._server is not None:
            token = made_token(self._secret, stream_now)
            self._server.client.headers["Authorization"] = token

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
        path = "/api/v2/video/calls"
        answer = await self._request(self._watching, "POST", path, query, body, MAX_PAGE_BYTES)
        if not answer.whole:
            raise UnreadableAnswerError("Stream's page of calls was too large and was not read.")
        return answer.body

    async def participants(
        self, cid: str, filter_conditions: dict[str, Any], *, limit: int = 100
    ) -> dict[str, Any]:
        """The raw answer of the participants query (STREAM.md 4.3)."""
        path = call_path(cid, "participants")
        body = {"filter_conditions": filter_conditions}
        return await self.ask("POST", path, body, {"limit": str(limit)})

    async def find_user(self, user_id: str) -> User | None:
        """The user, deactivated or not; None when Stream knows none of this id."""
        return next(iter(await self.find_users((user_id,))), None)

    async def find_users(self, user_ids: Collection[str]) -> list[User]:
        """Those of up to 100 users that Stream knows, deactivated or not."""
        wanted = {"$in": sorted(user_ids)} if len(user_ids) > 1 else {"$eq": next(iter(user_ids))}
        payload = {
            "filter_conditions": {"id": wanted},
            "include_deactivated_users": True,
            "limit": len(user_ids),
        }
        query = {"payload": msgspec.json.encode(payload).decode()}
        answer = await self.ask("GET", USERS, query=query)
        try:
            return read_users(answer)
        except MalformedAnswerError as error:
            raise UnreadableAnswerError(f"Stream's answer could not be read: {error}.") from error

    async def start_captions(self, cid: str, language: str = "") -> None:
        """Turn closed captions on."""
        body = {"language": language} if language else {}
        await self.act(call_path(cid, "start_closed_captions"), body)

    # -- judging

    async def check(self, request: CheckRequest, config_key: str = "") -> CheckAnswer:
        """Stream's verdict on one item. Server tokens only (STREAM.md 1.5).

        A key that the request itself names goes before ``config_key``.
        """
        key = request.config_key or config_key or self.config_key
        body = msgspec.to_builtins(request) | {"config_key": key}
        path = "/api/v2/moderation/check"
        answer = await self.ask("POST", path, body)
        try:
            return read_check(answer)
        except MalformedAnswerError as error:
            raise UnreadableAnswerError(f"Stream's verdict could not be read: {error}.") from error

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
        return read_object(await self._request(client, method, path, query, body))

    async def act(
        self,
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        *,
        method: str = "POST",
    ) -> str:
        """One request that changes something; it is done when the status of the answer says so.

        What else the answer holds is not needed: an unreadable body does not undo what was done.
        Where it can be read, and names a task that does it, the task's id is returned; else "".
        """
        limit = MAX_SHORT_ANSWER_BYTES
        return task_of(await self._request(self._acting, method, path, query, body, limit))

    async def _request(
        self,
        client: AsyncStream,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        most: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        """A successful answer, through the SDK's client but not through its parsers.

        Those walk an answer twice in Python, take time and memory that grow with the square of
        what is nested in it, and raise what is no error of Stream's.

        A token that was made here and is refused for its time is made anew by Stream's clock, once.
        """
        answer = await self._answer(client, method, path, query, body, most)
        refusal = refusal_of(answer, self._now())
        if self._secret and isinstance(refusal, RefusedError) and refusal.code in ABOUT_TIME:
            self._make_tokens_anew(time_told(answer.date) or self._now())
            answer = await self._answer(client, method, path, query, body, most)
            refusal = of_own_token(refusal_of(answer, self._now()))
        if refusal is not None:
            raise refusal
        return answer

    async def _answer(
        self,
        client: AsyncStream,
        method: str,
        path: str,
        query: dict[str, str] | None,
        body: dict[str, Any] | None,
        most: int,
    ) -> Answer:
        try:
            async with asyncio.timeout(WHOLE_REQUEST_LIMIT_S):
                return await self._ask(client, method, path, query, body, most)
        except _NO_ANSWER as error:
            raise unreachable(error) from error

    async def _ask(
        self,
        client: AsyncStream,
        method: str,
        path: str,
        query: dict[str, str] | None,
        body: dict[str, Any] | None,
        most: int,
    ) -> Answer:
        headers = {
            "x-client-request-id": str(uuid.uuid4()),
            "accept-encoding": ACCEPTED_ENCODING,
        }
        async with client.client.stream(
            method, path, params=query, json=body, headers=headers
        ) as response:
            limit = most if response.is_success else MAX_SHORT_ANSWER_BYTES
            content, whole = await read_body(response, limit)
            return Answer(
                status=response.status_code,
                body=content,
                whole=whole,
                content_type=response.headers.get("content-type", ""),
                retry_after=response.headers.get("retry-after", ""),
                date=response.headers.get("date", ""),
            )


def _transport(url: str) -> AiohttpTransport:
    """Connections to the host of ``url``. Raises WorldError."""
    proxy = proxy_for(url)
    return AiohttpTransport(verify=trusted(), proxy=httpx.Proxy(proxy) if proxy else None)
