"""Whether the extra ``media`` is installed, for tests that need a part of it."""

import importlib.util
import os
import shutil
from typing import NoReturn

import pytest


def need_media(*modules: str) -> None:
    """Skip the test where one of these modules is missing; REQUIRE_MEDIA makes that a failure.

    The extra has no wheels for some machines. CI sets REQUIRE_MEDIA where it has all of them.
    """
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if not missing:
        return
    _miss(f"the extra media is not installed: no {', '.join(missing)}")


def need_voices() -> None:
    """The same where people of the sandbox have no voices."""
    if shutil.which("espeak-ng") is None:
        _miss("espeak-ng is not installed: nobody has a voice")


def need_chromium() -> str:
    """The program of a Chromium; the test is skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or _miss("chromium is not installed")


def _miss(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_MEDIA"):
        pytest.fail(reason)
    pytest.skip(reason)
