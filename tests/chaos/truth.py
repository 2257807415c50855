"""What really happened: every line that was said, every request that the sandbox carried out."""

import re
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote

import msgspec
from msgspec import Struct
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.domain.names import neutral_name


class Said(Struct, frozen=True):
    """One captioned line. ``number`` stands in its text; ``at``: unix seconds, the real clock."""

    number: int
    cid: str
    at: float


class Done(Struct, frozen=True):
    """One request that changed the sandbox. ``target`` is empty where it is the whole call."""

    what: str
    cid: str
    target: str
    at: float


_CALL = re.compile(r"/api/v2/video/call/([^/]+)/([^/]+)/(\w+)")
_USER = re.compile(r"/api/v2/users/([^/]+)/(deactivate|reactivate)")
_TRACKS = ("audio", "video", "screenshare", "screenshare_audio")
_CALL_ACTS = ("mute_users", "kick", "block", "unblock", "user_permissions", "mark_ended")
_TOLD = {
    "moderation_warning": "warn",
    "moderation_blur": "blur_video",
    "moderation_name_request": "ask_name",
}


def done_by(path: str, query: str, raw: bytes, at: float) -> list[Done]:
    """What a request that was carried out has done, for each person it was about. Pure."""
    body = msgspec.json.decode(raw) if raw else {}
    if path == "/api/v2/users":
        return [Done(_appearance(user), "", user["id"], at) for user in body["users"]]
    if match := _USER.fullmatch(path):
        return [Done(match[2], "", unquote(match[1]), at)]
    if path == "/api/v2/moderation/ban":
        return [Done("ban", "", body["target_user_id"], at)]
    if path == "/api/v2/moderation/unban":
        return [Done("unban", "", parse_qs(query)["target_user_id"][0], at)]
    if path == "/api/v2/moderation/submit_action" and body.get("action_type") == "unban":
        return [Done("unban", "", body["unban"]["target_user_id"], at)]
    if path == "/api/v2/moderation/flag":
        return [Done("flag", "", body["entity_creator_id"], at)]
    match = _CALL.fullmatch(path)
    if match is not None and match[3] == "event":
        told = body["custom"]
        cid = f"{unquote(match[1])}:{unquote(match[2])}"
        return [Done(_TOLD[told["type"]], cid, told["user_id"], at)]
    if match is None or match[3] not in _CALL_ACTS:
        return []
    cid = f"{unquote(match[1])}:{unquote(match[2])}"
    if match[3] == "user_permissions":
        verbs = [verb for verb in ("grant", "revoke") if body.get(f"{verb}_permissions")]
        names = [(verb, name) for verb in verbs for name in body[f"{verb}_permissions"]]
        return [Done(f"{verb} {name}", cid, body["user_id"], at) for verb, name in names]
    if match[3] == "mute_users":
        tracks = [name for name in _TRACKS if body.get(name)]
        whom = [""] if body.get("mute_all_users") else body.get("user_ids", [])
        return [Done(f"mute {track}", cid, user, at) for track in tracks for user in whom]
    return [Done(match[3], cid, body.get("user_id", ""), at)]


def _appearance(change: dict[str, Any]) -> str:
    """What a change of a user is: of the name or of the picture, taken away or put back."""
    given = change.get("set", {})
    if "name" in given:
        return "reset_name" if given["name"] == neutral_name(change["id"]) else "restore_name"
    return "restore_picture" if "image" in given else "remove_picture"


class Truth:
    """The log. Written by the sandbox's thread, read by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: list[Said] = []
        self._done: list[Done] = []
        self._contrary: list[Done] = []
        self._refused: list[Done] = []
        self.on_done: Callable[[Done], None] = lambda _: None

    def say(self, number: int, cid: str) -> None:
        with self._lock:
            self._said.append(Said(number, cid, time.time()))

    def do(self, done: list[Done]) -> None:
        with self._lock:
            self._done += done
        for each in done:
            self.on_done(each)

    def refuse(self, wanted: list[Done]) -> None:
        """The sandbox itself refused it."""
        with self._lock:
            self._refused += wanted

    def undo(self, what: str, cid: str, target: str) -> None:
        """Somebody else put back what ``what`` did: a repeat of it would now harm."""
        with self._lock:
            self._contrary.append(Done(what, cid, target, time.time()))

    @property
    def said(self) -> list[Said]:
        with self._lock:
            return list(self._said)

    @property
    def done(self) -> list[Done]:
        with self._lock:
            return list(self._done)

    @property
    def refused(self) -> list[Done]:
        with self._lock:
            return list(self._refused)

    @property
    def contrary(self) -> list[Done]:
        with self._lock:
            return list(self._contrary)


class Recorder:
    """Stands before the sandbox and notes each request that it carried out."""

    def __init__(self, app: ASGIApp, truth: Truth) -> None:
        self._app = app
        self._truth = truth

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PATCH"):
            await self._app(scope, receive, send)
            return
        raw = bytearray()

        async def listen() -> Message:
            message = await receive()
            raw.extend(message.get("body", b""))
            return message

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                query = scope["query_string"].decode()
                done = done_by(scope["path"], query, bytes(raw), time.time())
                self._truth.do(done) if message["status"] < 300 else self._truth.refuse(done)
            await send(message)

        await self._app(scope, listen, tell)
