"""How the programs end when somebody ends them: no traceback, and nothing left running."""

import signal
import sys
from pathlib import Path

import msgspec
import pytest

from console.base import child_end
from console.domain.sign_in import Method, Profile
from console.engine import cli
from console.media import process
from console.ui.state import aio, engine_client
from tests.system.program import Program

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals"),
]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["sandbox", "--scenario", "quiet"], ["engine"]])
async def test_a_program_without_a_window(tmp_path, command, number):
    program = await Program.start(tmp_path, *command)
    assert await program.end(number) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_the_demo_ends_its_engine_and_its_sandbox(tmp_path, number):
    program = await Program.start(tmp_path, "demo", "--headless", children=2)
    assert await program.end(number, group=True) == (0, "")


async def test_a_killed_demo_leaves_nothing_running(tmp_path):
    program = await Program.start(tmp_path, "demo", "--headless", children=2)
    assert await program.end(signal.SIGKILL) == (-signal.SIGKILL, "")


def test_whoever_waits_for_another_waits_longer_than_that_one_takes():
    limits = [
        process.CLOSE_LIMIT_S,
        child_end.END_LIMIT_S,
        cli.CLOSE_LIMIT_S,
        engine_client.STOP_MS / 1000,
        aio.CLOSE_SECONDS,
    ]
    assert limits == sorted(set(limits))


async def test_the_window_ends_its_engine(tmp_path):
    program = await Program.start(tmp_path, children=1)
    assert await program.end(signal.SIGINT, group=True) == (0, "")


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="how far it has come is read there"
)
@pytest.mark.parametrize("loaded", ["QtCore.abi3", "libqoffscreen"])
@pytest.mark.parametrize(
    "command", [[], ["lab"], ["demo", "--headless"]], ids=lambda each: each[:1]
)
async def test_ctrl_c_while_it_starts(tmp_path, command, loaded):
    program = await Program.start(tmp_path, *command, loaded=loaded)
    assert await program.end(signal.SIGINT) == (0, "")


async def test_a_keyring_that_waits_does_not_hold_the_window(tmp_path):
    config = tmp_path / "config"
    config.mkdir()
    profile = Profile(name="main", api_key="key", method=Method.SECRET)
    (config / "profiles.json").write_bytes(msgspec.json.encode([profile]))
    (config / "settings.json").write_text('{"profile": "main"}', encoding="utf-8")
    waiting = {"PYTHON_KEYRING_BACKEND": "tests.system.waiting_keyring.WaitingKeyring"}
    program = await Program.start(tmp_path, children=1, environment=waiting)
    assert await program.end(signal.SIGINT, group=True) == (0, "")
