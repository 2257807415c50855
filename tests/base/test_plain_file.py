import os
from pathlib import Path

import pytest

from console.base.errors import WorldError
from console.base.plain_file import read_bytes


def test_a_file_within_its_limit_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a", 5) == b"12345"
    with pytest.raises(WorldError, match="is larger than 4 bytes"):
        read_bytes(tmp_path / "a", 4)


def test_nothing_that_may_never_end_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/dev/full")):
        with pytest.raises(WorldError, match="not a file"):
            read_bytes(path, 1 << 20)
