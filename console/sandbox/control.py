"""The control endpoint: how tests, the demo and drills query and steer a sandbox.

Not part of Stream's API. Served below ``/sandbox`` to programs on the same machine only: other
peers are refused, and so are web pages, whose requests carry an Origin.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import get_annotations
from ipaddress import ip_address
from typing import Any, TypeVar

import msgspec
import psutil
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from console.sandbox.api_errors import ApiError, input_error, not_allowed, not_found
from console.sandbox.chat import channel_cid
from console.sandbox.control_requests import (
    ActBody,
    AddressBody,
    DropBody,
    FramesBody,
    HookBody,
    RawBody,
    SayBody,
    SeedsBody,
    SwitchesBody,
    WriteBody,
)
from console.sandbox.direction.director import Director
from console.sandbox.direction.wording import spoken_seconds
from console.sandbox.events import WorldEvent
from console.sandbox.faults import Fault
from console.sandbox.fidelity.webhooks import Webhooks
from console.sandbox.people import people_of
from console.sandbox.records import Presence, Refusal
from console.sandbox.rendering import fields
from console.sandbox.sockets import Sockets
from console.sandbox.world import World

CAPTIONS_AT_ONCE = 20_000

B = TypeVar("B")
Answer = Callable[["Control", Any], Awaitable[dict[str, Any]]]
"""Takes the request, or its body as the type that it names."""
Endpoint = Callable[[Request], Awaitable[Response]]


class Control:
    """Answers ``/sandbox/...`` for one world; ``director`` is None when no scenario plays."""

    def __init__(
        self,
        world: World,
        sockets: Sockets,
        director: Director | None = None,
        webhooks: Webhooks | None = None,
    ) -> None:
        self._world = world
        self._sockets = sockets
        self._director = director
        self._webhooks = webhooks
        self._lines: Counter[str] = Counter()
        self._process = psutil.Process()  # type: ignore[no-untyped-call] # psutil has no types
        world.state.events.listen(self._count)

    def mount(self) -> Mount:
        """The routes, to be put into an application."""
        table: tuple[tuple[str, str, Answer], ...] = (
            ("GET", "/status", Control.status),
            ("GET", "/spoken", Control.spoken),
            ("GET", "/people/{cid}", Control.people),
            ("GET", "/messages/{hook_id}", Control.messages),
            ("POST", "/start", Control.start),
            ("POST", "/pause", Control.pause),
            ("POST", "/say", Control.say),
            ("POST", "/write", Control.write),
            ("POST", "/act", Control.act),
            ("POST", "/address", Control.address),
            ("POST", "/faults", Control.faults),
            ("POST", "/frames", Control.frames),
            ("POST", "/hook", Control.hook),
            ("POST", "/seeds", Control.seeds),
            ("POST", "/switches", Control.switches),
            ("POST", "/drop", Control.drop),
            ("POST", "/raw", Control.raw),
        )
        return Mount(
            "/sandbox",
            routes=[
                Route(path, self._endpoint(answer), methods=[method])
                for method, path, answer in table
            ],
        )

    async def status(self, request: Request) -> dict[str, Any]:
        """Counters since the sandbox began; ``spoken`` counts what was not captioned too."""
        counters, director = self._world.state.counters, self._director
        running = [call.running for call in self._world.state.calls.values() if not call.deleted_at]
        sessions = [session for session in running if session is not None]
        return {
            "started": director is not None and director.started,
            "scenario": director.scenario.name if director else "",
            "scenario_time": round(director.scenario_time, 3) if director else 0.0,
            "seed": director.seed if director else 0,
            **fields(counters),
            "lines_by_call": dict(self._lines),
            "calls": len(sessions),
            "participants": sum(len(session.presences) for session in sessions),
            "rss_mb": round(self._process.memory_info().rss / 1e6, 1),
        }

    async def spoken(self, request: Request) -> dict[str, Any]:
        """Captions produced, from the ``since``-th on; ``next`` is what to ask for next time."""
        since = request.query_params.get("since", "0")
        if not since.isdecimal():
            raise input_error("since must be a number")
        kept, total = self._world.state.captions, self._world.state.counters.captioned
        first = total - len(kept)
        start = max(int(since), first)
        end = min(total, start + CAPTIONS_AT_ONCE)
        return {
            "captions": [
                {
                    "id": caption.id,
                    "cid": caption.cid,
                    "speaker": caption.speaker_id,
                    "start_time_ns": caption.start_time_ns,
                    "language": caption.language,
                    "text": caption.text,
                }
                for caption in (kept[index - first] for index in range(start, end))
            ],
            "next": max(end, start),
            "forgotten": first,
        }

    async def people(self, request: Request) -> dict[str, Any]:
        """Everyone in a call, or ever acted on there; ``user_id`` in the query picks one."""
        call = self._world.state.call(request.path_params["cid"])
        only = request.query_params.get("user_id", "")
        return {"people": people_of(self._world, call, only)}

    async def messages(self, request: Request) -> dict[str, Any]:
        """What waits in the queue of an SQS hook, or was published by an SNS hook; taken away."""
        kept = self._webhooks.messages if self._webhooks else {}
        return {"Messages": list(kept.pop(request.path_params["hook_id"], ()))}

    async def start(self, request: Request) -> dict[str, Any]:
        """Let the scenario run."""
        self._scenario().start()
        return await self.status(request)

    async def pause(self, request: Request) -> dict[str, Any]:
        """Hold the scenario."""
        self._scenario().pause()
        return await self.status(request)

    async def say(self, body: SayBody) -> dict[str, Any]:
        """Have somebody who is in a call say something now."""
        presence = self._presence(body.cid, body.user_id)
        end = self._world.state.now()
        language = body.language or presence.user.language
        self._world.speech.begin(body.cid, presence.user_session_id, body.text, language)
        outcome = self._world.speech.speak(
            body.cid,
            presence.user_session_id,
            body.text,
            start=end - spoken_seconds(body.text),
            end=end,
            language=language,
        )
        caption = outcome.caption
        return {
            "captioned": outcome.captioned,
            "reason": outcome.reason,
            "id": caption.id if caption else "",
            "start_time_ns": caption.start_time_ns if caption else 0,
        }

    async def write(self, body: WriteBody) -> dict[str, Any]:
        """Have somebody write a chat message, or change one; they need not be in the call."""
        chat, user = self._world.chat, self._world.state.users[body.user_id]
        if body.message_id:
            return {"id": chat.edit(body.message_id, body.text, user).id}
        cid = channel_cid(self._world.state.call(body.cid).cid)
        return {"id": chat.write(cid, user.id, body.text).id}

    async def act(self, body: ActBody) -> dict[str, Any]:
        """Have somebody join, leave, publish, unpublish or ask; ``done`` says if they could."""
        world = self._world
        world.state.call(body.cid)
        world.state.users[body.user_id]
        match body.kind:
            case "join":
                joined = world.attendance.join(body.cid, body.user_id)
                if isinstance(joined, Refusal):
                    return {"done": False, "reason": joined.reason}
                return {"done": True, "user_session_id": joined.user_session_id}
            case "ask":
                return {"done": world.sanctions.ask(body.cid, body.user_id, body.permissions)}
        session, done = self._presence(body.cid, body.user_id).user_session_id, True
        match body.kind:
            case "leave":
                world.attendance.leave(body.cid, session)
            case "publish":
                done = world.attendance.publish(body.cid, session, body.track)
            case _:
                world.attendance.unpublish(body.cid, session, body.track)
        return {"done": done}

    async def address(self, body: AddressBody) -> dict[str, Any]:
        """Let somebody come from an IP address, which a ban may forbid."""
        self._world.state.users[body.user_id].address = body.address
        return {}

    async def faults(self, fault: Fault) -> dict[str, Any]:
        """Have coming requests go wrong; ``clear`` forgets those still to come."""
        faults = self._world.state.faults
        try:
            if fault.kind == "clear":
                faults.clear()
            else:
                faults.plan(fault)
        except ValueError as error:
            raise input_error(str(error)) from error
        return {"happened": faults.happened}

    async def frames(self, body: FramesBody) -> dict[str, Any]:
        """Take frames of a call now, whether or not it records any; or change what one shows."""
        if body.user_id:
            self._world.state.users[body.user_id]
            self._world.frames.show(body.cid, body.user_id, body.labels)
        return {"taken": 0 if body.user_id else self._world.frames.capture(body.cid)}

    async def hook(self, body: HookBody) -> dict[str, Any]:
        """Send webhooks to an address of this machine from now on; an empty one ends that."""
        self._world.hooks.update(
            {
                "webhook_url": body.url,
                "webhook_events": body.event_types,
                "enable_hook_payload_compression": body.packed,
            }
        )
        return {"sent": dict(self._world.state.counters.webhooks)}

    async def seeds(self, body: SeedsBody) -> dict[str, Any]:
        """Give a semantic filter its phrases."""
        self._world.judging.put_seeds(body.name, body.phrases)
        return {}

    async def switches(self, body: SwitchesBody) -> dict[str, Any]:
        """Switch behaviour of Stream that is not documented; answers with all switches."""
        sockets, sanctions = self._sockets, self._world.sanctions
        owners: dict[str, object] = {
            "frames": sockets,
            "literal": sockets,
            "ban_ejects": sanctions,
            "revokes_end_on_leaving": self._world.attendance,
            "mute_all_includes_caller": sanctions,
            "shadow_bans_end": sanctions,
        }
        for name, owner in owners.items():
            if getattr(body, name) is not None:
                setattr(owner, name, getattr(body, name))
        return {name: getattr(owner, name) for name, owner in owners.items()}

    async def drop(self, body: DropBody) -> dict[str, Any]:
        """Close sockets, all or one user's, with a close code."""
        return {"dropped": self._sockets.drop(body.code, body.user_id or None)}

    async def raw(self, body: RawBody) -> dict[str, Any]:
        """Put any text on sockets, all or one user's."""
        return {"sent": self._sockets.send_raw(body.text, body.user_id or None)}

    def _count(self, event: WorldEvent) -> None:
        if event.type == "call.closed_caption":
            self._lines[event.cid] += 1

    def _scenario(self) -> Director:
        if self._director is None:
            raise not_found("no scenario plays here")
        return self._director

    def _presence(self, cid: str, user_id: str) -> Presence:
        session = self._world.state.call(cid).running
        found = session.of_user(user_id) if session else []
        if not found:
            raise not_found(f"{user_id} is not in {cid}")
        return found[0]

    def _endpoint(self, answer: Answer) -> Endpoint:
        kind = next(iter(get_annotations(answer).values()))

        @wraps(answer)
        async def endpoint(request: Request) -> Response:
            try:
                _refuse_strangers(request)
                what = request if kind is Request else await _body(request, kind)
                document, status = await answer(self, what), 200
            except ApiError as error:
                document, status = {"error": error.reason}, error.status
            return Response(
                msgspec.json.encode(document), status_code=status, media_type="application/json"
            )

        return endpoint


def _refuse_strangers(request: Request) -> None:
    host = request.client.host if request.client else ""
    try:
        near = ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near or "origin" in request.headers:
        raise not_allowed("the control endpoint serves programs on this machine only")


async def _body(request: Request, kind: type[B]) -> B:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise input_error(str(error)) from error
