"""Stands before a sandbox: counts what acts carried out there, and holds requests and answers."""

import asyncio
import re
from collections import Counter
from enum import Enum, auto
from urllib.parse import parse_qs

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPERATIONS = frozenset(
    {
        "mute_users",
        "user_permissions",
        "kick",
        "block",
        "unblock",
        "ban",
        "unban",
        "deactivate",
        "reactivate",
        "mark_ended",
        "event",
        "flag",
        "mute",
        "unmute",
        "undelete",
    }
)
"""Of these the last part of the path says what is done, of the others below the whole of it."""

_BY_PATH = (
    ("PATCH", re.compile(r"/call/[^/]+/[^/]+"), "settings"),
    ("POST", re.compile(r"/call/[^/]+/[^/]+/members"), "list"),
    ("PATCH", re.compile(r"/users"), "fields"),
    ("POST", re.compile(r"/channels/[^/]+/[^/]+"), "cooldown"),
    ("DELETE", re.compile(r"/messages/[^/]+"), "delete"),
)
_PREFIX = re.compile(r"/api/v2(?:/video|/chat)?")


def act_path(method: str, path: str) -> str:
    """The path of an act with what it does as its last part; "" for anything else."""
    if path.rpartition("/")[2] in OPERATIONS:
        return path
    rest = _PREFIX.sub("", path, count=1)
    return next(
        (
            f"{path}/{what}"
            for verb, form, what in _BY_PATH
            if verb == method and form.fullmatch(rest)
        ),
        "",
    )


class Hold(Enum):
    """What happens to an act's request."""

    NOTHING = auto()
    BEFORE = auto()
    """It is never carried out, nor answered."""
    ANSWER = auto()
    """It is carried out, and answered only when :meth:`ActGate.release` is called."""


class ActGate:
    """An ASGI app around the sandbox's.

    Attributes:
        done: how often each request (path and whom it names) was carried out.
        reached: how many requests of acts came in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.hold = Hold.NOTHING
        self.done: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.changed = asyncio.Event()
        self._released = asyncio.Event()

    def release(self) -> None:
        """Answer what was carried out and waits, and everything from now on."""
        self.hold = Hold.NOTHING
        self._released.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = act_path(scope["method"], scope["path"]) if scope["type"] == "http" else ""
        if not path:
            await self._app(scope, receive, send)
            return
        body = (await receive()).get("body", b"")
        what = _named(path, scope["query_string"], body)
        self.reached[what] += 1
        self.changed.set()
        hold = self.hold
        if hold is Hold.BEFORE:
            await _until_gone(receive)
            return
        answer: list[Message] = []
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def once() -> Message:
            return next(given, None) or await receive()

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, once, keep)
        if answer[0]["status"] < 300:
            self.done[what] += 1
            self.changed.set()
        if hold is Hold.ANSWER:
            await self._released.wait()
        for message in answer:
            await send(message)


async def _until_gone(receive: Receive) -> None:
    """Return when whoever asked is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _named(path: str, query: bytes, body: bytes) -> str:
    fields = msgspec.json.decode(body) if body else {}
    asked = {name: values[0] for name, values in parse_qs(query.decode()).items()}
    users = [user["id"] for user in fields.get("users", ())]
    named = [*users, *fields.get("target_ids", ()), fields.get("entity_creator_id")]
    named += [(fields | asked).get("target_user_id"), fields.get("user_id")]
    target = next(filter(None, named), "")
    return f"{path} {target}"
