"""House rules that no linter knows: sizes, names, and what locks may hold."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "console").rglob("*.py"))
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


def test_a_file_does_one_thing():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}
    vague = [path for path in SOURCES if VAGUE & {path.stem, path.parent.name}]
    assert vague == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


@pytest.mark.parametrize("lock", sorted((ROOT / "packaging").glob("*.lock")), ids=lambda p: p.name)
def test_a_lock_holds_names_versions_and_hashes_only(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [p.split()[0] for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("requirements.lock", "requirements-test.lock"),
        ("requirements-test.lock", "requirements-bench.lock"),
    ],
)
def test_a_lock_is_part_of_the_next(part, whole):
    def pins(name: str) -> set[str]:
        # Without markers: what a further package asks for may be wanted on more platforms.
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9][^\\\n; ]*==[^\\\n; ]*", text, re.MULTILINE))

    assert pins(part) <= pins(whole)
