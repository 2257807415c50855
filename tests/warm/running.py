"""The warm server as long as it is wanted, and what starts programs through it."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@contextlib.contextmanager
def warm_python(folder: Path) -> Iterator[str]:
    """What to start ``-m console ...`` with, instead of the interpreter; kept in ``folder``."""
    if sys.platform != "linux":  # elsewhere a process that is forked may not go on
        yield sys.executable
        return
    address, python = folder / "server", folder / "python"
    text = Path(__file__).with_name("client.py").read_text(encoding="utf-8")
    text = text.format(python=sys.executable, address=address)
    python.write_text(f"#!{sys.executable} -IS\n{text}", encoding="utf-8")
    python.chmod(0o700)
    command = [sys.executable, "-m", "tests.warm.server", str(address), str(python)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield str(python)
        server.communicate()
