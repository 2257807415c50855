"""Reads scenarios from TOML: every mistake of a file at once, each with its place and key.

A scenario may say ``uses = ["shared/names.toml"]``: those files, beside it, add names and pools,
and a policy where it has none of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.base.toml_text import TomlRefusedError, toml_data
from console.sandbox.direction.scenario import Scenario
from console.sandbox.direction.scenario_check import contradictions

_FIELDS = {field.name: field for field in msgspec.structs.fields(Scenario) if field.name != "name"}
_SHARED = ("names", "pools", "policy")
_SHOWN_MISTAKES = 20
MAX_BYTES = 16 << 20


def scenario_names() -> tuple[str, ...]:
    """The scenarios the program came with, by name."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def find_scenario(name: str) -> Path:
    """The file of a scenario given by name or by path.

    Raises:
        WorldError: there is no such scenario.
    """
    path = Path(name)
    if path.suffix == ".toml":
        if path.is_file():
            return path
        raise WorldError(f"There is no scenario file {name}.")
    path = _folder() / f"{name}.toml"
    if name in scenario_names():
        return path
    raise WorldError(
        f"There is no scenario called {name}.", f"Choose one of {', '.join(scenario_names())}."
    )


def read_scenario(path: Path) -> Scenario:
    """The scenario in the file at ``path``.

    Raises:
        WorldError: it cannot be read, or holds mistakes; the sentence lists them, one a line.
    """
    mistakes: list[str] = []
    raw = _table(path)
    parts: dict[str, Any] = {}
    for used in _used(path, raw, mistakes):
        shared = _table(used)
        _read(used, {key: shared[key] for key in _SHARED if key in shared}, parts, mistakes)
    for key, field in _FIELDS.items():
        if field.required and key not in raw:
            mistakes.append(f"{path.name}: {key}: is missing")
    _read(path, raw, parts, mistakes)
    known = {*_FIELDS, "uses"}
    mistakes.extend(f"{path.name}: {key}: is not a key of a scenario" for key in raw.keys() - known)
    if not mistakes:
        scenario = Scenario(name=path.stem, **parts)
        mistakes.extend(f"{path.name}: {sentence}" for sentence in contradictions(scenario))
        if not mistakes:
            return scenario
    shown = mistakes[:_SHOWN_MISTAKES]
    if len(mistakes) > len(shown):
        shown.append(f"and {len(mistakes) - len(shown)} more")
    raise WorldError(f"{path.name} is not a scenario that can be played:\n" + "\n".join(shown))


def _folder() -> Path:
    return resources() / "scenarios"


def _table(path: Path) -> dict[str, Any]:
    try:
        return toml_data(read_bytes(path, MAX_BYTES).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise WorldError(f"{path} is not UTF-8 text.") from error
    except TomlRefusedError as error:
        raise WorldError(f"{path.name} is not TOML: line {error.line}: {error}") from error


def _used(path: Path, raw: Mapping[str, Any], mistakes: list[str]) -> list[Path]:
    try:
        names = msgspec.convert(raw.get("uses", []), list[str])
    except msgspec.ValidationError as error:
        mistakes.append(f"{path.name}: {_placed('uses', error)}")
        return []
    files = [path.parent / name for name in names]
    mistakes.extend(
        f"{path.name}: uses: there is no file {file.name} beside it"
        for file in files
        if not file.is_file()
    )
    return [file for file in files if file.is_file()]


def _read(path: Path, raw: Mapping[str, Any], parts: dict[str, Any], mistakes: list[str]) -> None:
    """Convert what ``raw`` holds of a scenario; lists are added to those in ``parts``."""
    for key, field in _FIELDS.items():
        if key not in raw:
            continue
        if get_origin(field.type) is not tuple:
            for each in _converted(path, key, raw[key], field.type, mistakes):
                parts[key] = each
        elif not isinstance(raw[key], list):
            mistakes.append(f"{path.name}: {key}: is not a list of tables ([[{key}]])")
        else:
            kind = get_args(field.type)[0]
            for number, item in enumerate(raw[key]):
                read = _converted(path, f"{key}[{number}]", item, kind, mistakes)
                parts[key] = (*parts.get(key, ()), *read)


def _converted(
    path: Path, place: str, value: object, kind: Any, mistakes: list[str]
) -> tuple[Any, ...]:
    """The value as ``kind``; nothing, and one more mistake, where it is none."""
    try:
        return (msgspec.convert(value, kind),)
    except msgspec.ValidationError as error:
        mistakes.append(f"{path.name}: {_placed(place, error)}")
        return ()


def _placed(place: str, error: msgspec.ValidationError) -> str:
    """msgspec's message with its ``$`` path under ``place``."""
    sentence, separator, where = str(error).partition(" - at `$")
    return f"{place}{where.rstrip('`') if separator else ''}: {sentence}"
