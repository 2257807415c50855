import os

import pytest

from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.private_folder import make_private


def mode(path):
    return path.stat().st_mode & 0o777


def test_folders_are_made_for_their_owner_alone(tmp_path):
    Paths.under(tmp_path / "home").create()
    assert {mode(tmp_path / "home" / name) for name in ("config", "data", "logs")} == {0o700}


@pytest.mark.parametrize("open_to", [0o777, 0o755, 0o701, 0o2770])
def test_a_folder_that_is_open_to_others_is_closed(tmp_path, open_to):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(open_to)
    make_private(folder)
    assert mode(folder) == 0o700


def test_a_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(WorldError, match="belongs to another user"):
        make_private(folder)
    assert mode(folder) == 0o755


def test_a_disk_that_knows_no_owner_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o777)
    monkeypatch.setattr(type(folder), "chmod", lambda *_: None)
    with pytest.raises(WorldError, match="Other users may look into the folder"):
        make_private(folder)
