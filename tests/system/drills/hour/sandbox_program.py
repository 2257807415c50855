"""The sandbox with a second moderator, a log of what it was asked to do, and its state to read.

``python -m tests.system.drills.hour.sandbox_program sandbox`` takes what ``moderator-console
sandbox`` takes. Below ``/sandbox/desk`` it says what is held on people, and which items are locked.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.__main__ import main
from console.sandbox import cli
from console.sandbox.app import create_app
from console.sandbox.world import MODERATOR_ID, World

LOG_VARIABLE = "HOUR_LOG"
"""Names the file of the log in the environment: one JSON object a line."""

SECOND_MODERATOR = "moderator-2"
CHANNEL = ":".join(cli.TEAM_CHANNEL)


class Noted:
    """Stands before the sandbox and notes each request that changes something."""

    def __init__(self, app: ASGIApp, world: World, log: TextIO) -> None:
        self._app = app
        self._world = world
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        noted = scope["type"] == "http" and scope["method"] == "POST"
        if not noted or scope["path"].startswith("/sandbox"):
            await self._app(scope, receive, send)
            return
        raw = bytearray()
        arrived = self._world.state.now()

        async def listen() -> Message:
            message = await receive()
            raw.extend(message.get("body", b""))
            return message

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and _changes(scope["path"]):
                row = {
                    "at": arrived,
                    "path": scope["path"],
                    "query": scope["query_string"].decode(),
                    "body": raw.decode("utf-8", "replace"),
                    "status": message["status"],
                }
                self._log.write(json.dumps(row) + "\n")
            await send(message)

        await self._app(scope, listen, tell)


def _changes(path: str) -> bool:
    about_moderation = path.startswith("/api/v2/moderation/")
    named = ("/ban", "/unban", "/flag", "/submit_action")
    about_call = path.startswith("/api/v2/video/call/") and not path.endswith("/event")
    return about_call or (about_moderation and path.endswith(named))


def state_of(world: World) -> dict[str, Any]:
    """What is held on people, which items of the queue somebody has, and what each is about."""
    calls, users = world.state.calls.values(), world.state.users.values()
    now = world.state.now()
    return {
        "now": now,
        "blocked": [(call.cid, user) for call in calls for user in call.blocked_user_ids],
        "revoked": [
            (call.cid, user)
            for call in calls
            for user, names in call.revokes.items()
            if "send-audio" in names
        ],
        "banned": [user.id for user in users if user.banned],
        "locked": [
            item.id
            for item in world.judging.items.values()
            if item.locked_by is not None and item.locked_until > now
        ],
        "reviewed_of": {item.id: item.entity_id for item in world.judging.items.values()},
    }


def _create_app(world: World, *arguments: Any, control: Any = (), **named: Any) -> ASGIApp:
    second = world.add_user(SECOND_MODERATOR, "Second moderator", role="moderator")
    world.chat.make(*cli.TEAM_CHANNEL, world.state.users[MODERATOR_ID], [second.id])

    async def desk(_request: Request) -> JSONResponse:
        return JSONResponse(state_of(world))

    route = Route("/sandbox/desk", desk)
    app = create_app(world, *arguments, control=[route, *control], **named)
    log = Path(os.environ[LOG_VARIABLE]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 # as long as the process
    return Noted(app, world, log)


if __name__ == "__main__":
    vars(cli)["create_app"] = _create_app
    raise SystemExit(main(sys.argv[1:]))
