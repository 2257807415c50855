import pytest

from console.engine.services.lab import run_worker_process


@pytest.fixture(autouse=True)
def _runs_are_forked(monkeypatch, warm_python):
    program = (warm_python, *run_worker_process.PROGRAM[1:])
    monkeypatch.setattr(run_worker_process, "PROGRAM", program)
