"""An engine and a sandbox in one process, speaking real HTTP and WebSocket over loopback."""

import asyncio
import contextlib
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from console.base.clock import Clock, SystemClock
from console.base.paths import Paths
from console.domain.act import Act
from console.domain.call import Call, Participant
from console.domain.item import Item
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.domain.verdict import Verdict
from console.engine.engine import Engine
from console.engine.router import Router
from console.engine.webhooks.listen_at import ListenAt
from console.engine.window_channel import WindowChannel
from console.protocol import to_window as told
from console.protocol.acts import ActsChanged, RequestAct
from console.protocol.codec import window_reader
from console.protocol.connection import SignIn
from console.protocol.to_engine import Focus
from console.sandbox.app import create_app
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from tests.patience import patient

WAIT_S = 10.0

T = TypeVar("T")


class Between:
    """Something on the way to Stream, which answers some requests in its place.

    ``answers``: for a part of method and path, what is answered instead: status, headers, body;
    each is used once. ``after``: Stream has carried the request out before. ``held``: for a part of
    the path, what a request waits for.
    """

    def __init__(self, app) -> None:
        self._app = app
        self.answers: list[tuple[str, int, dict[str, str], bytes]] = []
        self.after = False
        self.held: dict[str, asyncio.Event] = {}
        self.passed: Counter[str] = Counter()
        """How often something on each path was asked of the sandbox and answered."""

    def add(self, path: str, status: int, body: bytes = b"", times: int = 1, **headers) -> None:
        self.answers += [(path, status, headers, body)] * times

    async def __call__(self, scope, receive, send) -> None:
        for part, let_go in self.held.items():
            if scope["type"] == "http" and part in scope.get("path", ""):
                await let_go.wait()
        asked = f"{scope.get('method', '')} {scope.get('path', '')}"
        found = next((a for a in self.answers if a[0] in asked), None)
        if scope["type"] != "http" or found is None:
            await self._app(scope, receive, send)
            self.passed[scope.get("path", "")] += 1
            return
        self.answers.remove(found)
        if self.after:
            await self._app(scope, receive, _nowhere)
        _, status, headers, body = found
        raw = [(k.replace("_", "-").encode(), v.encode("latin-1")) for k, v in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body})


async def _nowhere(_message) -> None:
    """Where an answer goes that nobody is to see."""


class Sandbox:
    """A served sandbox; start it with :meth:`up`, cut it off with :meth:`down`."""

    def __init__(self, clock: Clock) -> None:
        self.world = World(clock)
        self.world.add_user(MODERATOR_ID, "Moderator", role="moderator")
        self.keys = AppKeys("key", "secret-that-is-long-enough-for-hs256")
        self.sockets = Sockets(self.world)
        self._app = create_app(self.world, self.keys, sockets=self.sockets)
        self.between = Between(self._app)
        self._serving = contextlib.AsyncExitStack()
        self.port = 0
        self._said = itertools.count()

    async def up(self) -> None:
        address = await self._serving.enter_async_context(serving(self.between, port=self.port))
        self.port = address.port

    async def down(self) -> None:
        await self._serving.aclose()

    def profile(self, method: Method = Method.SECRET) -> Profile:
        return Profile(
            name="sandbox",
            api_key=self.keys.api_key,
            method=method,
            user_id=MODERATOR_ID,
            base_url=f"http://127.0.0.1:{self.port}",
        )

    def sign_in(self, method: Method = Method.SECRET) -> SignIn:
        token = self.keys.user_token(MODERATOR_ID)
        secret = self.keys.api_secret if method is Method.SECRET else token
        return SignIn(profile=self.profile(method), secret=secret)

    def call(self, call_id: str, *people: str, kind: str = "default") -> list[Presence]:
        """A call with these people in it, their microphones on."""
        cid = f"{kind}:{call_id}"
        self.world.add_user("host", "Host", role="admin")
        if cid not in self.world.state.calls:
            self.world.control.create(kind, call_id, created_by="host", name=f"Call {call_id}")
        return [self.join(cid, user_id) for user_id in people]

    def join(self, cid: str, user_id: str) -> Presence:
        if user_id not in self.world.state.users:
            self.world.add_user(user_id, user_id.title())
        presence = self.world.attendance.join(cid, user_id)
        assert isinstance(presence, Presence)
        self.world.attendance.publish(cid, presence.user_session_id, "audio")
        return presence

    def say(self, presence: Presence, text: str) -> None:
        now = self.world.state.now() + next(self._said) * 1e-6
        outcome = self.world.speech.speak(
            presence.cid, presence.user_session_id, text, start=now - 0.1, end=now
        )
        assert outcome.captioned, outcome


class Window:
    """Everything an engine told, kept as a window would see it."""

    def __init__(self) -> None:
        self._reader = window_reader()
        self._news = asyncio.Event()
        self.messages: list[told.ToWindow] = []
        self.pending = 0
        self.calls: dict[str, Call] = {}
        self.people: dict[str, Participant] = {}
        self.lines: list[Item] = []
        self.replayed: list[Item] = []
        self.verdicts: list[Verdict] = []

    def write(self, data: bytes) -> None:
        for message in self._reader.feed(data):
            assert not isinstance(message, ValueError), message
            self.messages.append(message)
            self._fold(message)
        self._news.set()

    def _fold(self, message: told.ToWindow) -> None:
        match message:
            case told.CallsChanged():
                if message.whole:
                    self.calls.clear()
                for cid in message.removed:
                    self.calls.pop(cid, None)
                self.calls |= {call.cid: call for call in message.changed}
            case told.ParticipantsChanged():
                if message.whole:
                    self.people.clear()
                for key in message.left:
                    self.people.pop(key, None)
                self.people |= {person.key: person for person in message.changed}
            case told.Heard():
                lines = self.replayed if message.replay else self.lines
                for judged in message.items:
                    lines.append(judged.item)
                    self.verdicts += judged.verdicts
            case told.Judged():
                self.verdicts += message.verdicts

    def of(self, kind: type[T]) -> list[T]:
        return [message for message in self.messages if isinstance(message, kind)]

    @property
    def state(self) -> told.EngineState:
        signed_out = told.EngineState(phase=Phase.SIGNED_OUT)
        return next(reversed(self.of(told.EngineState)), signed_out)

    @property
    def pulse(self) -> told.Pulse:
        return next(reversed(self.of(told.Pulse)), told.Pulse(at=0.0))

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    @property
    def notices(self) -> list[told.Notice]:
        return [notice for noticed in self.of(told.Noticed) for notice in noticed.notices]

    def person(self, user_id: str) -> Participant | None:
        return next((p for p in self.people.values() if p.user_id == user_id), None)

    async def until(self, condition: Callable[[], object], timeout: float = WAIT_S) -> None:
        """Return as soon as a message made ``condition`` true."""
        try:
            async with asyncio.timeout(patient(timeout)):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            kinds = [m for m in self.messages if not isinstance(m, told.Pulse)][-8:]
            pytest.fail(f"never became true; last messages: {kinds}")

    async def live(self, *cids: str) -> None:
        """Signed in, all calls read, and these among them heard."""
        await self.until(
            lambda: (
                self.state.phase is Phase.LIVE
                and self.state.directory_complete
                and all(cid in self.calls and self.calls[cid].captioning for cid in cids)
            )
        )

    def receipt(self, act_id: str):
        found = [p.receipt for m in self.of(ActsChanged) for p in m.acts]
        return next((r for r in reversed(found) if r.act_id == act_id), None)


class Console(Window):
    """An engine in this process, and what it told."""

    def __init__(self, home: Path, clock: Clock, *, webhooks_at: ListenAt | None = None) -> None:
        super().__init__()
        self.channel = WindowChannel(self, clock)
        self.engine = Engine(Paths.under(home), self.channel, clock, webhooks_at=webhooks_at)
        self.router = Router(self.engine, self.channel, clock, leave=lambda: None)

    def focus(self, cid: str) -> None:
        self.router.answer(Focus(cid=cid))

    def act(self, kind: str, cid: str, *user_ids: str, requested_at=0.0, **more) -> str:
        act_id = f"act-{len(self.messages)}-{kind}-{'-'.join(user_ids)}"
        act = Act(
            act_id=act_id,
            kind=kind,
            cid=cid,
            requested_at=requested_at,
            session_id=self.calls[cid].session_id,
            user_ids=user_ids,
            names=user_ids,
            by=MODERATOR_ID,
            **more,
        )
        self.router.answer(RequestAct(act=act))
        return act_id

    async def close(self) -> None:
        await self.router.close()
        await self.engine.close()
        self.channel.flush()


@pytest.fixture
def shared_clock(request: pytest.FixtureRequest) -> Clock:
    """The time of sandbox and engine; ``@pytest.mark.clock_speed(5)`` lets it run faster."""
    marker = request.node.get_closest_marker("clock_speed")
    return SystemClock(marker.args[0], time.time()) if marker else SystemClock()


@pytest.fixture
async def sandbox(shared_clock: Clock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(shared_clock)
    await sandbox.up()
    yield sandbox
    await sandbox.down()


@pytest.fixture
async def console(tmp_path: Path, shared_clock: Clock) -> AsyncIterator[Console]:
    console = Console(tmp_path, shared_clock)
    console.engine.start()
    yield console
    await console.close()


@pytest.fixture
def ask(console: Console) -> Callable[..., Any]:
    """Puts a question of this kind, with its fields, and gives the answer of the other kind."""
    numbers = itertools.count()

    async def asked(answer: type[T], kind: Callable[..., Any], *fields: Any, **named: Any) -> T:
        request_id = f"q{next(numbers)}"
        console.router.answer(kind(request_id, *fields, **named))

        def found() -> list[Any]:
            messages: list[Any] = console.of(answer)
            return [each for each in messages if each.request_id == request_id]

        await console.until(found)
        answered: T = found()[0]
        return answered

    return asked


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def second_window() -> Window:
    return Window()
