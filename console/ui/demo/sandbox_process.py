"""The sandbox as a child process, and its control endpoint. Blocking calls run in threads."""

import asyncio
import json
import logging
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct, ValidationError, convert

from console.base.errors import WorldError
from console.base.plain_text import visible

log = logging.getLogger(__name__)

START_SECONDS = 60.0
CALL_SECONDS = 10.0
STOP_SECONDS = 5.0


class SandboxAddress(Struct, frozen=True):
    """What a sandbox prints when it listens (README.md, Commands)."""

    base_url: str
    ws_url: str
    api_key: str
    api_secret: str
    token: str
    user_id: str


class SandboxProcess:
    """One sandbox, stopped by its own id.

    ``arguments`` follow ``moderator-console sandbox``; JSON output and ending with this process
    are added. It keeps its files below ``home``. ``python`` runs it.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        log_file: Path,
        *,
        home: Path,
        python: str = sys.executable,
    ) -> None:
        self._command = [python, "-m", "console", "--home", str(home), "sandbox", *arguments]
        self._log_file = log_file
        self._process: subprocess.Popen[bytes] | None = None
        # A proxy in the environment must not see what is meant for this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.address: SandboxAddress | None = None

    async def start(self) -> SandboxAddress:
        """Start it and wait until it listens.

        Raises:
            WorldError: it ended or did not answer within START_SECONDS.
        """
        command = [*self._command, "--json", "--control", "--until-stdin-closes"]
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("wb") as errors:
            self._process = await asyncio.to_thread(_start, command, errors)
        stdout = self._process.stdout
        if stdout is None:
            raise AssertionError("the sandbox was started without a pipe")
        try:
            line = await asyncio.wait_for(asyncio.to_thread(stdout.readline), START_SECONDS)
            self.address = convert(json.loads(line), SandboxAddress)
        except (TimeoutError, ValueError, ValidationError) as error:
            await self.stop()
            raise WorldError(f"The sandbox did not start. {self._last_words()}".strip()) from error
        return self.address

    async def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the control endpoint: POST when there is a ``body``, else GET.

        Raises:
            WorldError: it did not answer, or with an error.
        """
        return await asyncio.to_thread(self._ask, path, body)

    def _ask(self, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        if self.address is None:
            raise AssertionError("the sandbox has not been started")
        request = urllib.request.Request(
            f"{self.address.base_url}/sandbox{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=CALL_SECONDS) as answer:
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
        except (OSError, ValueError) as error:
            raise WorldError(f"The sandbox did not answer {path}: {error}.") from error
        return found

    def _last_words(self) -> str:
        lines = self._log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return visible(lines[-1]) if lines else ""

    async def stop(self) -> None:
        """Let it end by itself; else end it."""
        process, self._process = self._process, None
        if process is not None:
            await asyncio.to_thread(_stop, process)


def _start(command: list[str], errors: BinaryIO) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl+C in a terminal is for the window, which then ends its children.
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        log.warning("the sandbox did not end by itself and is killed")
        process.kill()
        process.wait(STOP_SECONDS)
    if process.stdout is not None:
        process.stdout.close()
