"""A process that is forked does what the one that it stands for would."""

import os
import signal
import subprocess

import msgspec
import psutil
import pytest

from tests.patience import patient

pytestmark = pytest.mark.system


def run(python, *arguments):
    return subprocess.run(
        [python, *arguments], capture_output=True, text=True, timeout=patient(20), check=False
    )


@pytest.fixture
def engine(warm_python, tmp_path):
    command = [warm_python, "-m", "console", "--home", str(tmp_path), "engine"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


def pid_of(engine):
    return msgspec.json.decode(engine.stdout.readline())["pid"]


def test_arguments_output_and_code_are_passed_on(warm_python):
    refused = run(warm_python, "-m", "console", "nonsense")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "invalid choice: 'nonsense'" in refused.stderr
    assert run(warm_python, "-m", "console", "--version").stdout.startswith("moderator-console ")
    assert run(warm_python, "-c", "print(3)").stdout == "3\n"


def test_it_ends_with_its_input_or_a_signal(engine):
    psutil.Process(pid_of(engine))
    engine.stdin.close()
    engine.stdin = None
    assert engine.wait(patient(10)) == 0


def test_killed_from_either_side(engine):
    forked = psutil.Process(pid_of(engine))
    os.kill(forked.pid, signal.SIGKILL)
    assert engine.wait(patient(10)) == -signal.SIGKILL
    engine.stdout.read()  # what it said before it was killed
    assert engine.stdout.read() == b""


def test_what_stands_for_it_takes_it_along(engine):
    forked = psutil.Process(pid_of(engine))
    engine.kill()
    forked.wait(patient(10))
    assert not forked.is_running()
