"""A small run of chaos, so that the suite sees each of its parts work."""

import subprocess
import sys

import pytest

from tests.patience import patient


@pytest.mark.system
def test_fifty_faults_break_no_promise():
    arguments = "--seed 2 --episode 0 --faults 50 --acts 8 --clock-speed 4"
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *arguments.split()],
        capture_output=True,
        text=True,
        timeout=patient(60),
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 silently lost, 0 doubled, 0 harmful repeat, 0 stuck, 0 told wrongly" in run.stdout
