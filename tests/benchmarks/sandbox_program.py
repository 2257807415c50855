"""A sandbox of a benchmark's own as a process: how it says where it is, and how it is run."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from console.sandbox.server import Address
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID
from console.ui.demo.sandbox_process import SandboxAddress


def announce(address: Address, keys: AppKeys) -> None:
    """Print the address as one JSON line, in the process of the sandbox."""
    said = SandboxAddress(
        base_url=address.base_url,
        ws_url=address.ws_url,
        api_key=keys.api_key,
        api_secret=keys.api_secret,
        token=keys.user_token(MODERATOR_ID),
        user_id=MODERATOR_ID,
    )
    sys.stdout.write(msgspec.json.encode(said).decode() + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def sandbox_program(module: str) -> Iterator[tuple[subprocess.Popen[str], SandboxAddress]]:
    """``module`` as a process and what it announced; its input is closed when the context ends.

    Raises:
        RuntimeError: it ended before it announced anything.
    """
    with subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("the sandbox did not start")
            yield process, msgspec.json.decode(line, type=SandboxAddress)
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
