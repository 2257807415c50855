"""Handles API requests: finds the operation, checks who asks, answers in Stream's formats."""

import asyncio
import logging
import re
import time
from collections.abc import Iterable

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from console.base.plain_text import visible
from console.sandbox import api_errors
from console.sandbox.api_errors import ApiError, not_allowed
from console.sandbox.faults import Fault, Faults
from console.sandbox.operation import Asked, Operation
from console.sandbox.rate_limits import RateLimits, Standing, platform_of
from console.sandbox.sockets import Sockets
from console.sandbox.timestamps import Form, encode
from console.sandbox.tokens import AppKeys, Identity, check_key, identify, refuse_revoked
from console.sandbox.world import World

log = logging.getLogger(__name__)

MAX_BODY = 2_000_000
_CREATED = {"POST": 201, "PUT": 201}


class _Cut(Response):
    """An answer that breaks off: its headers announce more bytes than are sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


class RequestHandler:
    """Serves every operation under its path family."""

    def __init__(
        self,
        world: World,
        sockets: Sockets,
        keys: AppKeys,
        limits: RateLimits,
        operations: Iterable[Operation],
    ) -> None:
        self._world = world
        self._sockets = sockets
        self._keys = keys
        self._limits = limits
        self._unknown: set[str] = set()
        self.operations = list(operations)
        self._plain: dict[tuple[str, str], Operation] = {}
        self._patterns: list[tuple[str, re.Pattern[str], Operation]] = []
        for operation in self.operations:
            for root in ROOTS[operation.family]:
                self._add(root + operation.path, operation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = Request(scope, receive)
        response = await self._answer(request, started)
        await response(scope, receive, send)

    async def _answer(self, request: Request, started: float) -> Response:
        path = request.url.path
        form = Form.NANOSECONDS if path.startswith("/api/v2/") else Form.RFC3339
        found = self._find(request.method, path)
        if found is None:
            return self._refuse(self._not_served(request), "", form, None, started)
        operation, parts = found
        standing: Standing | None = None
        fault = self._world.state.faults.take(
            path, watching="connection_id" in request.query_params
        )
        try:
            if fault is not None and not fault.after:
                await apply_fault(fault)
            asked = await self._asked(request, operation, parts, form)
            standing = self._limits.count(
                operation.name,
                platform_of(request.headers.get("x-stream-client", ""), asked.who.server),
                asked.who.user_id,
                self._world.state.now(),
            )
            _enough(standing)
            self._admit(operation, asked)
            answer = await operation.answer(asked)
            if fault is not None and fault.after:
                await apply_fault(fault)
        except ApiError as error:
            return self._refuse(error, operation.name, form, standing, started)
        except Exception:
            log.exception("%s failed", operation.name)
            broken = ApiError(-1, 500, "internal error")
            return self._refuse(broken, operation.name, form, standing, started)
        self._world.state.counters.requests[operation.name] += 1
        if fault is not None and fault.kind == "disconnect":
            return _Cut()
        answer.setdefault("duration", _duration(started))
        content = encode(answer, form.of_server() if asked.who.server else form)
        if fault is not None:
            content = _broken(fault, content)
        headers = standing.headers() if standing else {}
        return Response(content, _CREATED.get(request.method, 200), headers, "application/json")

    async def _asked(
        self, request: Request, operation: Operation, parts: dict[str, str], form: Form
    ) -> Asked:
        query = dict(request.query_params)
        check_key(self._keys, query.get("api_key", ""))
        who = self._who(request, operation)
        base_url = str(request.base_url).rstrip("/")
        self._world.state.base_url = self._world.state.base_url or base_url
        raw = await request.body()
        if len(raw) > MAX_BODY:
            raise ApiError(22, 413, "payload too large")
        return Asked(
            self._world,
            self._sockets,
            who,
            form,
            parts,
            query,
            raw,
            self._keys,
            base_url,
            address_of(request),
            self._rate_limit_table,
        )

    def _rate_limit_table(self, platform: str) -> dict[str, object]:
        names = [operation.name for operation in self.operations]
        return self._limits.table(names, platform, self._world.state.now())

    def _who(self, request: Request, operation: Operation) -> Identity:
        if operation.side == "public":
            return Identity()
        if request.headers.get("stream-auth-type") == "anonymous":
            return Identity(user_id="!anon")
        token = request.headers.get("authorization", "")
        return identify(self._keys, token, self._world.state.now())

    def _admit(self, operation: Operation, asked: Asked) -> None:
        if operation.side == "server" and not asked.who.server:
            raise not_allowed("this endpoint is only available for server-side clients")
        if operation.side == "client" and asked.who.server:
            raise api_errors.input_error("this endpoint is only available for client-side clients")
        user_id = asked.who.user_id
        if user_id:
            user = self._world.state.users.get(user_id)
            # A token may belong to a user who never connected (?); the user is created here.
            if user is None:
                role = "anonymous" if user_id == "!anon" else "user"
                user = self._world.add_user(user_id, role=role)
            if user.deactivated_at:
                raise not_allowed(f"user {user_id} is deactivated")
            if user_id != "!anon":
                refuse_revoked(asked.who, user.tokens_from, self._world.state.tokens_from)
            user.address = asked.address or user.address
        if operation.capability:
            asked.need(operation.capability)
        if operation.staff:
            asked.need_staff(operation.staff)

    def _refuse(
        self,
        error: ApiError,
        name: str,
        form: Form,
        standing: Standing | None,
        started: float,
    ) -> Response:
        headers = standing.headers() if standing else {}
        if error.retry_after:
            headers["Retry-After"] = str(error.retry_after)
        document = api_errors.body(error, name, _duration(started))
        return Response(encode(document, form), error.status, headers, "application/json")

    def _not_served(self, request: Request) -> ApiError:
        self._world.state.counters.unknown += 1
        what = f"{request.method} {visible(request.url.path)[:200]}"
        if what not in self._unknown and len(self._unknown) < 1000:
            self._unknown.add(what)
            log.warning("nothing is served at %s", what)
        return api_errors.not_found(f"endpoint {what} does not exist")

    def _add(self, template: str, operation: Operation) -> None:
        if "{" not in template:
            self._plain[operation.method, template] = operation
            return
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
        self._patterns.append((operation.method, re.compile(pattern), operation))

    def _find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        plain = self._plain.get((method, path))
        if plain is not None:
            return plain, {}
        for wanted, pattern, operation in self._patterns:
            if wanted == method and (match := pattern.fullmatch(path)):
                return operation, match.groupdict()
        return None


ROOTS = {
    "video": ("/video", "/api/v2/video"),
    "v2": ("/api/v2",),
    "chat": ("", "/api/v2/chat"),
    "both": ("/video", "/api/v2", "/api/v2/video"),
}


def address_of(connection: HTTPConnection) -> str:
    """The IP address a client comes from by its X-Forwarded-For; empty without one."""
    return connection.headers.get("x-forwarded-for", "").partition(",")[0].strip()[:45]


def _enough(standing: Standing) -> None:
    if standing.retry_after:
        raise ApiError(9, 429, "Too many requests", retry_after=standing.retry_after)


async def apply_fault(fault: Fault) -> None:
    """Apply ``fault`` to one request, as far as it acts before the answer.

    Raises:
        ApiError: what the client gets as its answer.
    """
    match fault.kind:
        case "rate_limit":
            raise ApiError(9, 429, "Too many requests", retry_after=fault.retry_after)
        case "error":
            raise ApiError(-1, fault.status, "internal error")
        case "hang":
            await Faults.hold(fault)
            raise ApiError(-1, 500, "internal error")
        case "expired_token":
            raise ApiError(40, 401, "token is expired")
        case "stale_connection":
            raise ApiError(46, 400, "connection id not found")
        case "slow":
            await asyncio.sleep(fault.seconds)
        case _:
            return


def _broken(fault: Fault, content: bytes) -> bytes:
    if fault.kind == "malformed":
        return b'{"calls": [}, <html>'
    return content[: len(content) // 2] if fault.kind == "truncated" else content


def _duration(started: float) -> str:
    return f"{(time.perf_counter() - started) * 1000:.2f}ms"
