"""Stands for ``python``: what it should run as ``-m console...`` is forked by the warm server.

Written to a file of its own with the two names below filled in; any other program runs in the real
interpreter. Signals are passed on, and it ends as the process that it stands for.
"""

import json
import os
import signal
import socket
import sys

WARM = ("console", "tests")
"""The packages whose programs are forked."""

PYTHON, ADDRESS = "{python}", "{address}"


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] != ["-m"] or arguments[1].partition(".")[0] not in WARM:
        os.execv(PYTHON, [PYTHON, *arguments])
    server = socket.socket(socket.AF_UNIX)
    server.connect(ADDRESS)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: server.send(bytes([number])))
    names = ("arguments", "environment", "folder")
    wanted = dict(zip(names, (arguments[1:], dict(os.environ), os.getcwd()), strict=True))
    text = json.dumps(wanted).encode()
    server.send(b"%10d" % len(text))
    socket.send_fds(server, [text], [0, 1, 2])
    # Its standard files are the other process's now: nobody may wait for this one to close them.
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    code = int(server.recv(16) or b"1")
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    os._exit(code)


main()
