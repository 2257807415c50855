"""Whether the extra ``media`` is installed, for tests that need a part of it."""

import importlib.util
import os

import pytest


def need_media(*modules: str) -> None:
    """Skip the test where one of these modules is missing; REQUIRE_MEDIA makes that a failure.

    The extra has no wheels for some machines. CI sets REQUIRE_MEDIA where it has all of them.
    """
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if not missing:
        return
    reason = f"the extra media is not installed: no {', '.join(missing)}"
    if os.environ.get("REQUIRE_MEDIA"):
        pytest.fail(reason)
    pytest.skip(reason)
