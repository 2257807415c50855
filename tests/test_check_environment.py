"""A damaged environment is seen before anybody meets it as a traceback."""

import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.patience import patient

ROOT = Path(__file__).resolve().parent.parent
NAME = "iniconfig"


@pytest.fixture
def site(tmp_path):
    """A folder of packages that holds one."""
    package = metadata.distribution(NAME)
    assert package.files is not None
    for file in package.files:
        target = tmp_path / "site" / file
        if "__pycache__" not in file.parts:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), target)
    return tmp_path / "site"


def check(site, lock):
    file = site.parent / "lock"
    file.write_text(lock, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", RUN, str(site), str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=patient(30),
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.strip()


RUN = f"""
import runpy, sys
sys.path[:0] = ["left out", sys.argv[1], {str(ROOT)!r}]
sys.argv[:] = ["check_environment.py", sys.argv[2]]
runpy.run_path({str(ROOT / "packaging" / "check_environment.py")!r}, run_name="__main__")
"""
VERSION = metadata.version(NAME)
PIN = f"{NAME}=={VERSION} \\\n    --hash=sha256:0\n"


def test_a_whole_one_has_nothing_to_say(site):
    assert check(site, PIN) == ""
    elsewhere = f"{NAME}==0.0.1 ; python_version < '3' \\\n    --hash=sha256:0\n"
    assert check(site, elsewhere + PIN) == ""
    assert check(site, "pywin32==1 ; sys_platform == 'win32' \\\n" + PIN) == ""


def test_damage_is_named(site):
    assert check(site, "nowhere==1\n" + PIN) == "nowhere is missing"
    assert check(site, PIN.replace(VERSION, "0.1")) == f"{NAME} is {VERSION} and not 0.1"
    module = site / NAME / "exceptions.py"
    module.write_text("", encoding="utf-8")
    assert check(site, PIN) == f"{NAME} has a damaged exceptions.py"
    module.unlink()
    assert check(site, PIN) == f"{NAME} has lost exceptions.py"
    os.truncate(next(site.glob("*.dist-info/RECORD")), 0)
    assert check(site, PIN) == f"{NAME} has lost its list of files"
