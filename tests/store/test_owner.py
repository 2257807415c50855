"""One process owns a store; its death frees it."""

import os
import subprocess
import sys

import pytest

from console.base.errors import WorldError
from console.store.owner import Owner
from console.store.store import Store

HOLD = """
import sys
from pathlib import Path
from console.store.owner import Owner
owner = Owner.of(Path(sys.argv[1]))
sys.stdout.write("held\\n")
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Another process that owns the store."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "console.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        yield process
        process.kill()


async def test_a_second_console_is_refused_with_a_sentence(tmp_path, other):
    with pytest.raises(WorldError, match="Another console is using the store") as refused:
        await Store.open(tmp_path / "console.db", patience=0.1)

    assert "--home" in refused.value.advice


async def test_a_killed_owner_frees_the_store(tmp_path, other):
    other.kill()

    store = await Store.open(tmp_path / "console.db", patience=5.0)

    await store.close()


def test_a_closed_owner_frees_the_store(tmp_path):
    Owner.of(tmp_path / "a.db").close()

    Owner.of(tmp_path / "a.db", patience=0.0).close()


async def test_a_store_that_cannot_be_opened_is_not_owned(tmp_path):
    path = tmp_path / "console.db"
    path.write_bytes(b"no database " * 100)
    with pytest.raises(WorldError):
        await Store.open(path)
    path.unlink()

    store = await Store.open(path, patience=0.0)

    await store.close()
