"""Real processes: a sandbox and an engine, each stopped by its own id."""

import asyncio
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest
import pytest_asyncio

from console.base.tasks import Tasks
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import AVATAR, NAME, Item
from console.domain.raised import RaisedItem
from console.domain.sign_in import Method, Profile
from console.domain.verdict import Verdict
from console.protocol import codec
from console.protocol import to_window as messages
from console.protocol.acts import ActsChanged, RequestAct
from console.protocol.connection import SignIn
from console.protocol.raised import Decided, RaisedChanged
from console.protocol.requests import RequestsChanged
from console.protocol.to_engine import Focus, ToEngine
from console.ui.demo.sandbox_process import SandboxAddress, SandboxProcess
from console.ui.state.permission_requests import OpenRequests
from tests.patience import patient

T = TypeVar("T")
LIMIT = 45.0


async def until(
    condition: Callable[[], T | Literal[False] | None],
    *,
    what: str,
    changed: asyncio.Event,
    limit: float = LIMIT,
) -> T:
    """Wait until ``condition`` gives something true; it is asked whenever ``changed`` is set."""
    end = time.monotonic() + patient(limit)
    while True:
        found = condition()
        if found:
            return found
        left = end - time.monotonic()
        if left <= 0:
            raise AssertionError(f"not in time: {what}")
        changed.clear()
        try:
            await asyncio.wait_for(changed.wait(), left)
        except TimeoutError:
            continue


OF_PEOPLE = (NAME, AVATAR)
"""What is judged of people, and is no line."""


class EngineChild:
    """An engine process and everything it said, folded as a window would.

    ``options`` follow ``moderator-console engine``; ``python`` runs it.
    """

    def __init__(self, home: Path, *options: str, python: str = sys.executable) -> None:
        self.home = home
        self._python = python
        self._options = options
        self.changed = asyncio.Event()
        self.pid = 0
        self.state: messages.EngineState | None = None
        self.calls: dict[str, Any] = {}
        self.people: dict[str, Any] = {}
        self.heard: list[Item] = []
        self.replayed: list[Item] = []
        self.verdicts: dict[str, Verdict] = {}
        self.of_people: set[str] = set()
        self.gaps: list[messages.Gap] = []
        self.notices: list[messages.Notice] = []
        self.receipts: dict[str, Receipt] = {}
        self.requests = OpenRequests()
        self.raised: dict[str, RaisedItem] = {}
        self.decided_about: dict[str, Decided] = {}
        self.problems: list[messages.Problem] = []
        self.pulse: messages.Pulse | None = None
        self.refused: list[str] = []
        self._tasks = Tasks()
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            self._python,
            "-m",
            "console",
            "--home",
            str(self.home),
            "engine",
            *self._options,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._tasks.spawn(self._read(), name="engine child output")

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        reader = codec.window_reader()
        while data := await self._process.stdout.read(65536):
            for message in reader.feed(data):
                self._fold(message)
            self.changed.set()

    def _fold(self, message: object) -> None:
        match message:
            case messages.Hello():
                self.pid = message.pid
            case messages.EngineState():
                self.state = message
            case messages.CallsChanged():
                if message.whole:
                    self.calls.clear()
                self.calls.update({call.cid: call for call in message.changed})
                for cid in message.removed:
                    self.calls.pop(cid, None)
            case messages.ParticipantsChanged():
                if message.whole:
                    self.people.clear()
                self.people.update({p.user_session_id or p.user_id: p for p in message.changed})
                for key in message.left:
                    self.people.pop(key, None)
            case messages.Heard():
                lines = self.replayed if message.replay else self.heard
                for judged in message.items:
                    if judged.item.kind in OF_PEOPLE:
                        self.of_people.add(judged.item.item_id)
                        continue
                    lines.append(judged.item)
                    self.verdicts.update({v.item_id: v for v in judged.verdicts})
            case messages.Judged():
                told = {v.item_id: v for v in message.verdicts}
                self.verdicts.update({k: v for k, v in told.items() if k not in self.of_people})
            case messages.Gap():
                self.gaps.append(message)
            case messages.Noticed():
                self.notices.extend(message.notices)
            case ActsChanged():
                self.receipts.update({p.act.act_id: p.receipt for p in message.acts})
            case RaisedChanged():
                if message.whole:
                    self.raised.clear()
                self.raised.update({one.item_id: one for one in message.changed})
            case Decided():
                self.decided_about[message.request_id] = message
            case RequestsChanged():
                self.requests.apply(message)
            case messages.Problem():
                self.problems.append(message)
            case messages.Pulse():
                self.pulse = message
            case codec.LineRefusedError():
                self.refused.append(str(message))

    def send(self, message: ToEngine) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(codec.encode(message))

    async def sign_in(
        self, address: SandboxAddress, method: Method = Method.SECRET
    ) -> messages.EngineState:
        profile = Profile(
            name="sandbox",
            api_key=address.api_key,
            method=method,
            user_id=address.user_id,
            base_url=address.base_url,
            ws_url=address.ws_url,
        )
        secret = address.api_secret if method is Method.SECRET else address.token
        self.send(SignIn(profile, secret))
        return await until(
            lambda: self.state if self.state and self.state.directory_complete else None,
            what="signed in and the directory complete",
            changed=self.changed,
        )

    async def focus(self, cid: str) -> None:
        self.send(Focus(cid))
        await until(lambda: self.people, what=f"people of {cid}", changed=self.changed)

    async def act(self, kind: str, cid: str, user_id: str = "", **details: Any) -> Receipt:
        """Request an act and wait for its end."""
        act = Act(
            act_id=uuid.uuid4().hex,
            kind=kind,
            cid=cid,
            requested_at=time.time(),
            user_ids=(user_id,) if user_id else (),
            **details,
        )
        self.send(RequestAct(act))
        return await self.settled(act.act_id)

    async def settled(self, act_id: str) -> Receipt:
        ends = (ReceiptState.SEEN, ReceiptState.FAILED)
        return await until(
            lambda: (r := self.receipts.get(act_id)) and r.state in ends and r,
            what="a receipt that is settled",
            changed=self.changed,
        )

    async def reaches(self, act_id: str, state: ReceiptState) -> Receipt:
        """The receipt of an act, once it is in ``state``."""
        return await until(
            lambda: (r := self.receipts.get(act_id)) and r.state is state and r,
            what=f"a receipt that is {state.value}",
            changed=self.changed,
        )

    def decided(self, source: str = "stream") -> set[str]:
        return {key for key, verdict in self.verdicts.items() if verdict.source == source}

    async def close_stdin(self) -> int:
        """End it as a window's death would; gives its exit code."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        return await asyncio.wait_for(self._process.wait(), patient(20))

    async def kill(self) -> None:
        """End it as a crash would."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await asyncio.wait_for(self._process.wait(), patient(20))
        await self._tasks.close()

    async def restart(self) -> None:
        await self.kill()
        self.state = None
        await self.start()


@pytest_asyncio.fixture
async def start_sandbox(tmp_path, warm_python):
    """Starts sandboxes: ``await start_sandbox("town-hall", "--speed", "4")``."""
    started: list[SandboxProcess] = []

    async def start(scenario: str, *arguments: str) -> SandboxProcess:
        process = SandboxProcess(
            ["--scenario", scenario, "--paused", *arguments],
            tmp_path / "sandbox.log",
            home=tmp_path / "sandbox",
            python=warm_python,
        )
        await process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        await process.stop()


@pytest_asyncio.fixture
async def engine(tmp_path, warm_python):
    """A running engine that is not signed in yet."""
    child = EngineChild(tmp_path / "home", python=warm_python)
    await child.start()
    yield child
    await child.kill()


@pytest.fixture(autouse=True)
def _system_marker(request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.system)
