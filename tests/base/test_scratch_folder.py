"""Folders of runs that were killed, as they are left in the system's temporary folder."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from console.base.scratch_folder import LOCK, UNLOCKED_FOR_S, scratch_folder

HOLD = """
import sys
from console.base.scratch_folder import scratch_folder
with scratch_folder("x-demo-") as folder:
    (folder / "console.db").write_text("lines")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def held():
    """A process that holds a folder, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_is_gone_afterwards_also_after_an_error():
    with pytest.raises(RuntimeError), scratch_folder("x-demo-") as folder:  # noqa: PT012
        (folder / "a").write_text("b", "utf-8")
        raise RuntimeError
    assert not folder.exists()


def test_what_a_killed_run_left_goes_and_what_another_run_holds_stays(tmp_path):
    living, used = held()
    killed, left = held()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.is_dir()
    other = tmp_path / "x-other"
    other.mkdir()
    with scratch_folder("x-demo-"):
        assert used.is_dir()
        assert other.is_dir()
        assert not left.exists()
    living.communicate("")
    assert not used.exists()


def test_a_folder_without_a_lock_goes_only_when_it_is_old_and_links_never(tmp_path):
    young, old, elsewhere = (tmp_path / name for name in ("x-demo-young", "x-demo-old", "e"))
    for each in (young, old, elsewhere):
        each.mkdir()
    (elsewhere / LOCK).touch()
    (tmp_path / "x-demo-link").symlink_to(elsewhere)
    before = old.stat().st_mtime - UNLOCKED_FOR_S - 1
    os.utime(old, (before, before))
    with scratch_folder("x-demo-"):
        assert [each.exists() for each in (young, old, elsewhere)] == [True, False, True]
