"""Stream's own clients, each in its own runtime, against a sandbox that is its own process."""

import asyncio
import hashlib
import inspect
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import pytest
import pytest_asyncio
from filelock import FileLock

from console.sandbox.tokens import AppKeys
from console.ui.demo.sandbox_process import SandboxProcess
from tests.patience import patient

HERE = Path(__file__).parent
STAMP = HERE / "node_modules" / ".installed"
OLDEST_NODE = 18
INSTALL_SECONDS = 240.0
SCRIPT_SECONDS = 60.0

RunClient = Callable[[str, str], Awaitable[dict[str, Any]]]
Drive = Callable[[str], Awaitable[dict[str, Any]]]


class Sandbox(SandboxProcess):
    """A sandbox playing ``stage.toml``, paused: nothing happens but what a test does."""

    def __init__(self, log_file: Path, python: str, *options: str) -> None:
        stage = str(HERE / "stage.toml")
        arguments = ["--scenario", stage, "--paused", *options]
        super().__init__(arguments, log_file, home=log_file.parent, python=python)

    @property
    def keys(self) -> AppKeys:
        assert self.address is not None
        return AppKeys(self.address.api_key, self.address.api_secret)

    def token(self, user_id: str) -> str:
        return self.keys.user_token(user_id)

    def post(self, path: str) -> tuple[int, dict[str, Any]]:
        """One raw request, for what no client sends. Blocks."""
        assert self.address is not None
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(self.address.base_url + path, data=b"")
        try:
            with opener.open(request, timeout=patient(10)) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    async def status(self) -> dict[str, Any]:
        return await self.control("/status")

    async def person(self, cid: str, user_id: str) -> dict[str, Any]:
        rows = (await self.control(f"/people/{cid}?user_id={user_id}"))["people"]
        return rows[0] if rows else {}


@pytest_asyncio.fixture
async def sandbox(request, tmp_path, warm_python):
    """A started :class:`Sandbox`; with the marker ``no_media`` one as without the extra."""
    options = ("--no-media",) if request.node.get_closest_marker("no_media") else ()
    process = Sandbox(tmp_path / "sandbox.log", warm_python, *options)
    await process.start()
    yield process
    await process.stop()


@pytest.fixture(scope="session")
def node() -> str:
    """The ``node`` to run scripts with, its packages installed beside them.

    Without node, npm or a registry the tests are skipped; REQUIRE_NODE makes that a failure.
    """
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        _missing("node and npm are not installed")
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, timeout=patient(20)
    )
    if int(version.stdout.strip().lstrip("v").partition(".")[0] or 0) < OLDEST_NODE:
        _missing(f"node is older than {OLDEST_NODE}")
    with FileLock(HERE / ".installing"):  # the workers of a parallel run share the folder
        _install_packages(npm)
    return program


def _install_packages(npm: str) -> None:
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    try:
        subprocess.run(
            [npm, "ci", "--fetch-retries=1", "--loglevel=error"],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        _missing(f"npm ci did not end within {INSTALL_SECONDS:.0f} s")
    except subprocess.CalledProcessError as error:
        _missing(f"npm ci failed: {' '.join(error.stderr.split())[:200]}")
    STAMP.write_text(wanted)


def _missing(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_NODE"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture
async def run_client(sandbox) -> RunClient:
    """``await run_client(program, script)``: the JSON that the script printed.

    The script finds in SANDBOX the address, a token for each user, and two bad ones of Ana's.
    """

    async def run(program: str, script: str) -> dict[str, Any]:
        address = msgspec.to_builtins(sandbox.address)
        address["tokens"] = {
            name: sandbox.token(name) for name in ("ana", "bo", "cy", "dora", "moderator")
        }
        address["expired_token"] = sandbox.keys.user_token("ana", lasts=-60)
        address["forged_token"] = AppKeys.generate().user_token("ana")
        process = await asyncio.create_subprocess_exec(
            program,
            script,
            cwd=HERE,
            env={
                **_plain_environment(),
                "PYTHONPATH": str(HERE.parents[1]),
                "SANDBOX": json.dumps(address),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            out, errors = await asyncio.wait_for(process.communicate(), patient(SCRIPT_SECONDS))
        except TimeoutError:
            process.kill()
            out, errors = await process.communicate()
            pytest.fail(f"{script} did not end: {errors.decode()[-2000:]}")
        assert process.returncode == 0, errors.decode()[-4000:]
        result: dict[str, Any] = json.loads(out)
        return result

    return run


@pytest.fixture
def drive(node, run_client) -> Drive:
    """``await drive("video_client_watch.mjs")``: the JSON that the script printed."""
    return partial(run_client, node)


class PythonClient:
    """Stream's Python SDK, synchronous or not, behind one way to call it."""

    def __init__(self, sdk: Any) -> None:
        self.sdk, self.video, self.moderation = sdk, sdk.video, sdk.moderation

    async def __call__(self, method, *arguments, **options):
        """The data that a method of the SDK answers with."""
        if inspect.iscoroutinefunction(inspect.unwrap(method)):
            return (await method(*arguments, **options)).data
        return (await asyncio.to_thread(method, *arguments, **options)).data

    async def close(self) -> None:
        if hasattr(self.sdk, "aclose"):
            await self.sdk.aclose()
        else:
            await asyncio.to_thread(self.sdk.close)


@pytest_asyncio.fixture(params=["Stream", "AsyncStream"])
async def sign_in(request, sandbox):
    """``sign_in()`` with the app's secret, ``sign_in("ana")`` with a user's token."""
    from getstream import stream  # takes seconds, which the other tests need not wait

    opened = []

    def open_one(user_id: str = "") -> PythonClient:
        how = {"token": sandbox.token(user_id)} if user_id else None
        how = how or {"api_secret": sandbox.keys.api_secret}
        where = {"api_key": sandbox.keys.api_key, "base_url": sandbox.address.base_url}
        opened.append(PythonClient(getattr(stream, request.param)(**where, **how)))
        return opened[-1]

    yield open_one
    for client in opened:
        await client.close()


def _plain_environment() -> dict[str, str]:
    """Without what would lead loopback requests elsewhere or make node talkative."""
    unwanted = ("NODE_OPTIONS", "NODE_DEBUG")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.lower().endswith("_proxy")
    }


@pytest.fixture(autouse=True)
def _system_marker(request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.system)
