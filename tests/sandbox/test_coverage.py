"""The list of endpoints and the page about them."""

import re
from pathlib import Path

import console.sandbox
from console.sandbox.coverage import NOT_SERVED, gaps, lines
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
