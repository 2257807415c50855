"""The engine as a process of its own: standard input and output, kill and restart."""

import asyncio
import contextlib
import os
import sys

import pytest

from console.base import documents
from console.base.errors import WorldError
from console.base.paths import Paths
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.domain.verdict import Source
from console.engine.cli import stored_sign_in
from console.protocol.codec import encode, window_reader
from console.protocol.to_engine import Shutdown
from console.protocol.to_window import VERSION, Gap, Heard, Hello, Problem, Pulse
from tests.patience import patient

pytestmark = pytest.mark.system

CID = "default:one"


class Child:
    """``console engine`` below ``home``; what it says is folded by a Window."""

    def __init__(self, window, home, python) -> None:
        self.window = window
        self._python = python
        self._home = home
        self._reader = window_reader()

    async def __aenter__(self) -> "Child":
        self.process = await asyncio.create_subprocess_exec(
            *(self._python, "-m", "console", "--home", str(self._home), "engine"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.get_running_loop().create_task(self._read())
        return self

    async def __aexit__(self, *_) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self._reading
        await self.process.wait()
        self.process._transport.close()  # type: ignore[attr-defined]  # asyncio's own

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while data := await self.process.stdout.read(65_536):
            self.window.write(data)

    @property
    def stdin(self) -> asyncio.StreamWriter:
        assert self.process.stdin is not None
        return self.process.stdin

    def send(self, message) -> None:
        self.stdin.write(encode(message))


async def test_says_hello_at_once_and_ends_when_stdin_closes(window, tmp_path):
    async with Child(window, tmp_path, sys.executable) as child:
        await window.until(lambda: window.of(Hello))
        hello = window.messages[0]
        assert hello == Hello(version=VERSION, pid=child.process.pid)

        child.stdin.close()
        assert await asyncio.wait_for(child.process.wait(), patient(10)) == 0
    log = tmp_path / "logs" / "engine.log"
    assert log.stat().st_mode & 0o777 == 0o600


async def test_shutdown_ends_it_with_0(window, tmp_path, warm_python):
    async with Child(window, tmp_path, warm_python) as child:
        child.send(Shutdown())
        assert await asyncio.wait_for(child.process.wait(), patient(10)) == 0


async def test_a_line_that_is_no_message_is_a_problem_and_the_rest_goes_on(
    window, tmp_path, warm_python
):
    async with Child(window, tmp_path, warm_python) as child:
        child.stdin.write(b'\xff\xfe nonsense\n{"type":"launch"}\n\n[]\n')
        await window.until(lambda: sum(p.count for p in window.of(Problem)) >= 3)
        await window.until(lambda: window.of(Pulse))
        child.send(Shutdown())
        assert await asyncio.wait_for(child.process.wait(), patient(10)) == 0


async def test_an_unknown_profile_is_a_sentence(tmp_path, warm_python):
    process = await asyncio.create_subprocess_exec(
        *(warm_python, "-m", "console", "--home", str(tmp_path), "engine"),
        *("--profile", "nobody"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), patient(10))
    assert (process.returncode, out) == (1, b"")
    assert err.decode() == "There is no profile called 'nobody'. Known: none.\n"


def test_a_profile_without_its_secret_is_a_sentence(tmp_path):
    paths = Paths.under(tmp_path)
    paths.create()
    profile = Profile(name="work", api_key="key", method=Method.SECRET)
    documents.save(paths.config / "profiles.json", [profile])
    with pytest.raises(WorldError, match="holds no secret for 'work'"):
        stored_sign_in(paths, "work")


async def test_killed_and_restarted_nothing_is_lost_or_doubled(
    sandbox, tmp_path, window, second_window, warm_python
):
    (ann,) = sandbox.call("one", "ann")
    async with Child(window, tmp_path, warm_python) as child:
        child.send(sandbox.sign_in())
        await window.live(CID)
        sandbox.world.state.faults.add("error", "/moderation/check", times=1000)
        for number in range(20):
            sandbox.say(ann, f"line {number}")
        await window.until(lambda: len(window.lines) == 20)
        child.process.kill()

    said = [f"line {number}" for number in range(20)]
    assert window.texts == said
    sandbox.world.state.faults.clear()
    async with Child(second_window, tmp_path, warm_python) as child:
        child.send(sandbox.sign_in())
        await second_window.live(CID)
        sandbox.say(ann, "after the restart")
        await second_window.until(lambda: second_window.texts == ["after the restart"])
        await second_window.until(
            lambda: (
                len({v.item_id for v in second_window.verdicts if v.source is Source.STREAM}) == 21
            )
        )
        assert [line.text for line in second_window.replayed] == said
        order = [message.replay for message in second_window.of(Heard)]
        assert order == [True, False]
        child.stdin.close()
        assert await asyncio.wait_for(child.process.wait(), patient(10)) == 0
    assert os.stat(tmp_path / "data" / "console.db").st_mode & 0o777 == 0o600
    assert not second_window.of(Gap) or second_window.of(Gap)[0].cids == (CID,)
    assert second_window.state.phase is Phase.LIVE
