"""Forks the program's processes from one that has done their imports, which take 1 to 2 s each.

``python -m tests.warm.server SOCKET CLIENT`` serves until its input closes. Each connection
is one process: the client sends module, arguments, environment and folder as JSON, with its own
three standard files, then numbers of signals; it is sent the exit status. What a client leaves
behind when it is killed is killed too, as the process that it stands for would be.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import traceback
from typing import Any, NoReturn

IMPORTED = (
    "console.__main__",
    "console.engine.cli",
    "console.engine.session",
    "console.engine.services.lab.run_worker",
    "console.sandbox.cli",
    "getstream.models",
)


def main() -> None:
    address, client = sys.argv[1:]
    sys.executable = client  # what these processes start is forked too
    for name in IMPORTED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        wanted = _serve(listener)
    if wanted is not None:
        _become(wanted)


def _serve(listener: socket.socket) -> dict[str, Any] | None:
    """None at the end; in a forked process what it shall become."""
    started: dict[socket.socket, tuple[int, int]] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(listener, selectors.EVENT_READ)
        ready.register(0, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fileobj is listener:
                    connection, _ = listener.accept()
                    wanted, files = _read(connection)
                    pid = os.fork()
                    if not pid:
                        for file, number in zip(files, range(3), strict=True):
                            os.dup2(file, number)
                    for file in files:
                        os.close(file)
                    if not pid:
                        connection.close()
                        for other, (_, ended) in started.items():
                            other.close()
                            os.close(ended)
                        return wanted
                    ended = os.pidfd_open(pid)
                    started[connection] = pid, ended
                    ready.register(connection, selectors.EVENT_READ)
                    ready.register(ended, selectors.EVENT_READ, connection)
                elif key.fileobj == 0:
                    for pid, _ in started.values():
                        os.kill(pid, signal.SIGKILL)
                    return None
                elif key.data is not None:
                    _conclude(ready, key, *started.pop(key.data))
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in started:
                    request = key.fileobj.recv(1)
                    os.kill(started[key.fileobj][0], request[0] if request else signal.SIGKILL)
                    if not request:
                        ready.unregister(key.fileobj)


def _conclude(
    ready: selectors.BaseSelector, key: selectors.SelectorKey, pid: int, ended: int
) -> None:
    """Tell the client how its process ended."""
    _, status = os.waitpid(pid, 0)
    ready.unregister(ended)
    os.close(ended)
    connection: socket.socket = key.data
    with contextlib.suppress(KeyError):
        ready.unregister(connection)
    with contextlib.suppress(OSError), connection:
        connection.sendall(b"%d" % os.waitstatus_to_exitcode(status))


def _read(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    size = int(connection.recv(10))
    text, files, _, _ = socket.recv_fds(connection, size, 3)
    while len(text) < size:
        text += connection.recv(size - len(text))
    return json.loads(text), files


def _become(wanted: dict[str, Any]) -> NoReturn:
    """Run the module as ``python -m`` would."""
    os.setsid()
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    module, *sys.argv[1:] = wanted["arguments"]
    name = "console.__main__" if module == "console" else module
    sys.modules.pop(name, None)  # to be run, not to be used as it was imported
    code: object = 1
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    main()
