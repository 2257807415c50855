"""What works without a network makes no connection, and writes only below its own folder."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patient

ROOT = Path(__file__).resolve().parents[2]
BY_MEANING = ROOT / "resources" / "policies" / "by-meaning.toml"
UNSHARE = ["unshare", "--map-root-user", "--net", "--mount"]
FONTS = Path(".cache/fontconfig")
"""The system's own list of its fonts, which any program that draws text makes anew."""


def can_be_alone():
    if not all(shutil.which(name) for name in ("unshare", "ip")):
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def alone(tmp_path):
    """Runs a program on a network that leads nowhere: its exit, and how many packets left."""
    if not can_be_alone():
        if os.environ.get("REQUIRE_NETNS"):
            pytest.fail("a network of one's own cannot be made (Debian: iproute2, util-linux)")
        pytest.skip("a network of one's own cannot be made here")
    names, counted, home = tmp_path / "resolv.conf", tmp_path / "packets", tmp_path / "user"
    names.write_text("nameserver 192.0.2.53\n", encoding="ascii")
    home.mkdir()
    left_out = ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}

    def run(*arguments):
        script = Path(__file__).with_name("no_way_out.sh")
        done = subprocess.run(
            [*UNSHARE, "sh", script, names, counted, sys.executable, *arguments],
            env={**kept, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            timeout=patient(90),
            check=False,
        )
        return done, int(counted.read_text(encoding="ascii"))

    return run


def written(tmp_path):
    files = (path.relative_to(tmp_path / "user") for path in (tmp_path / "user").rglob("*"))
    return [str(path) for path in files if path.suffix and FONTS not in path.parents]


def test_a_packet_that_leaves_is_counted(alone):
    send = "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.53', 53))"
    done, packets = alone("-c", send)
    assert (done.returncode, packets) == (0, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["policy", "lint", str(BY_MEANING)],
        ["policy", "run", str(BY_MEANING), "--input", "{lines}", "--output", "{results}"],
        ["doctor", "--json"],
        ["demo", "--headless", "--json", "--for", "8", "--clock-speed", "4"],
    ],
    ids=lambda arguments: "-".join(arguments[:2]),
)
def test_a_command(alone, tmp_path, arguments):
    files = {"lines": tmp_path / "lines.txt", "results": tmp_path / "results.csv"}
    files["lines"].write_text("I will find you and hurt you\n", encoding="utf-8")
    filled = [argument.format(**files) for argument in arguments]
    done, packets = alone("-m", "console", "--home", str(tmp_path / "home"), *filled)
    assert done.returncode in ((0, 1) if arguments[0] == "doctor" else (0,)), done.stderr
    assert "Traceback" not in done.stderr
    assert packets == 0
    assert written(tmp_path) == []


ENDED_BY_ITSELF = """
import runpy, signal, sys, threading
sys.argv = ["moderator-console", "--home", sys.argv[1], *sys.argv[2:]]
signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
signal.alarm(6)
runpy.run_module("console", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("command", [[], ["lab", str(BY_MEANING)]], ids=["window", "lab"])
def test_a_window(alone, tmp_path, command):
    done, packets = alone("-c", ENDED_BY_ITSELF, str(tmp_path / "home"), *command)
    assert done.returncode in (0, 128 + signal.SIGINT), done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "home").is_dir()
    assert packets == 0
    assert written(tmp_path) == []
