"""The list of endpoints and the page about them."""

import re
from pathlib import Path

import getstream
import pytest

import console.sandbox
from console.sandbox.coverage import NOT_SERVED, gaps, lines
from console.sandbox.request_handler import ROOTS
from console.sandbox.routes.table import OPERATIONS


def _documented():
    page = (Path(console.sandbox.__file__).parent / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z][^|]*) \|", page, re.MULTILINE)
    return [name for row in rows for name in row.split(", ")]


def test_the_page_tells_of_every_operation_once():
    assert sorted(_documented()) == sorted({operation.name for operation in OPERATIONS})


def test_no_two_operations_answer_the_same_request():
    keys = [(operation.family, operation.method, operation.path) for operation in OPERATIONS]
    assert len(keys) == len(set(keys))


def test_every_operation_is_listed():
    listed = lines()
    assert len(listed) == len(OPERATIONS)
    muting = next(line for line in listed if line.startswith("MuteUsers "))
    assert muting.split()[1:4] == ["POST", "/call/{type}/{id}/mute_users", "any"]
    assert muting.endswith("/video /api/v2/video")


def test_nothing_that_is_served_is_called_a_gap():
    missing = [name for names in NOT_SERVED.values() for name in names]
    assert len(missing) == len(set(missing))
    assert not set(missing) & {operation.name for operation in OPERATIONS}
    assert len(gaps()) == len(NOT_SERVED)


def _asked_by_the_sdk(product):
    """(name, method, path) of each method of the Python SDK's client for a product."""
    source = (Path(getstream.__file__).parent / product / "rest_client.py").read_text("utf-8")
    found = re.findall(
        r'getstream\.api\.\w+\.(\w+)".*?self\.(get|post|put|patch|delete)\(\s*"([^"]+)"',
        source,
        re.DOTALL,
    )
    for name, method, path in found:
        yield name, method.upper(), re.sub(r"\{\w+\}", "{}", path)


@pytest.mark.parametrize("product", ["common", "moderation", "video"])
def test_what_the_sdk_can_ask_is_served_or_named_as_a_gap(product):
    served = {
        (one.method, re.sub(r"\{\w+\}", "{}", root + one.path))
        for one in OPERATIONS
        for root in ROOTS[one.family]
    }
    gap = {name.lower() for names in NOT_SERVED.values() for name in names}
    asked = list(_asked_by_the_sdk(product))
    assert len(asked) > 30
    unnamed = [
        name
        for name, method, path in asked
        if (method, path) not in served and name.replace("_", "") not in gap
    ]
    assert unnamed == []
    known = {name.replace("_", "") for name, method, path in asked if (method, path) in served}
    assert not known & gap
