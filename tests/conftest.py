"""What every test stands on: no display, no leaked task, no unexpected error in the log."""

import asyncio
import gc
import inspect
import logging
import os
from collections.abc import Generator, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import keyring
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from keyring.backends.fail import Keyring as NoKeyring

from tests.patience import patient
from tests.warm import running

# A run of the suite draws the same examples each time, and no limit of time: a busy machine is no
# failure. `make fuzz` draws new ones and many of them.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("test", _PATIENT, max_examples=50, derandomize=True, database=None)
settings.register_profile("fuzz", _PATIENT, max_examples=2_000, print_blob=True)
settings.load_profile("test")

# Never the keyring of whoever runs this, nor one that a test defines: keyring offers itself every
# backend that a module defines, whichever module was read first.
keyring.set_keyring(NoKeyring())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two processes a core: half of the time tests wait for something."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From here on garbage is collected between tests: never in a worker thread of one.

    There it might destroy Qt objects that an earlier test left, and Qt's loop crashes later.
    """
    gc.collect()
    gc.freeze()  # what was imported and collected is no garbage
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    gc.collect(1)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test that hangs is ended: the limit of pyproject.toml, stretched like all others."""
    if item.config.getoption("timeout") is None and not item.get_closest_marker("timeout"):
        item.add_marker(pytest.mark.timeout(patient(float(item.config.getini("timeout")))))
    return (yield)


class _ErrorRecords(logging.Handler):
    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_logged_errors(request: pytest.FixtureRequest):
    """A test fails when our own code logs an error; ``expects_errors`` says it should."""
    handler = _ErrorRecords()
    logging.getLogger("console").addHandler(handler)
    yield
    logging.getLogger("console").removeHandler(handler)
    expected = request.node.get_closest_marker("expects_errors") is not None
    if handler.records and not expected:
        pytest.fail("logged: " + "; ".join(r.getMessage() for r in handler.records))
    if expected and not handler.records:
        pytest.fail("marked expects_errors, but nothing was logged")


@pytest_asyncio.fixture
async def _watched_tasks():
    before = asyncio.all_tasks()
    yield
    leaked = asyncio.all_tasks() - before - {asyncio.current_task()}
    if leaked:  # what is cancelled needs some turns of the loop to end
        _, leaked = await asyncio.wait(leaked, timeout=patient(2))
    if not leaked:
        return
    pytest.fail("leaked tasks: " + ", ".join(sorted(task.get_name() for task in leaked)))


@pytest.fixture(autouse=True)
def _no_leaked_tasks(request: pytest.FixtureRequest):
    """An async test fails when a task outlives it."""
    if inspect.iscoroutinefunction(getattr(request, "function", None)):
        request.getfixturevalue("_watched_tasks")


@pytest.fixture(scope="session")
def warm_python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What to start ``-m console ...`` with where a test is not about how a process starts."""
    with running.warm_python(tmp_path_factory.mktemp("warm")) as python:
        yield python
