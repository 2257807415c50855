"""Reads scenarios from TOML: every mistake of a file at once, each with its place and key.

A scenario may say ``uses = ["shared/names.toml"]``: those files, beside it, add names and pools,
and a policy where it has none of its own.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from console.base.errors import WorldError
from console.base.paths import resources
from console.sandbox.direction.scenario import (
    CallPlan,
    Cast,
    Chatter,
    Exchanges,
    Happening,
    Line,
    Names,
    Person,
    Pool,
    Scenario,
    ServerPolicy,
)
from console.sandbox.direction.scenario_check import contradictions

_LISTS: dict[str, type[msgspec.Struct]] = {
    "users": Person,
    "casts": Cast,
    "names": Names,
    "calls": CallPlan,
    "pools": Pool,
    "lines": Line,
    "chatter": Chatter,
    "exchanges": Exchanges,
    "events": Happening,
}
_VALUES: dict[str, type] = {
    "title": str,
    "description": str,
    "seed": int,
    "speed": float,
    "caption_lag": float,
}
_SHARED = ("names", "pools")
_SHOWN_MISTAKES = 20


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
    parts = dict(_values(path, raw, mistakes))
    lists: dict[str, list[Any]] = {key: [] for key in _LISTS}
    for used in _used(path, raw, mistakes):
        shared = _table(used)
        _collect(used, shared, lists, _SHARED, mistakes)
        if "policy" not in raw:
            parts.update(_policy(used, shared, mistakes))
    _collect(path, raw, lists, tuple(_LISTS), mistakes)
    known = {*_LISTS, *_VALUES, "policy", "uses"}
    mistakes.extend(f"{path.name}: {key}: is not a key of a scenario" for key in raw.keys() - known)
    parts.update({key: tuple(items) for key, items in lists.items()})
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
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorldError(f"{path} could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WorldError(f"{path} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"{path.name} is not TOML: {error}.") from error


def _values(path: Path, raw: Mapping[str, Any], mistakes: list[str]) -> Iterator[tuple[str, Any]]:
    for key, kind in _VALUES.items():
        if key in raw:
            try:
                yield key, msgspec.convert(raw[key], kind)
            except msgspec.ValidationError as error:
                mistakes.append(f"{path.name}: {key}: {error}")
        elif key in ("title", "description"):
            mistakes.append(f"{path.name}: {key}: is missing")
    yield from _policy(path, raw, mistakes).items()


def _policy(path: Path, raw: Mapping[str, Any], mistakes: list[str]) -> dict[str, ServerPolicy]:
    if "policy" not in raw:
        return {}
    try:
        return {"policy": msgspec.convert(raw["policy"], ServerPolicy)}
    except msgspec.ValidationError as error:
        mistakes.append(f"{path.name}: {_placed('policy', error)}")
        return {}


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


def _collect(
    path: Path,
    raw: Mapping[str, Any],
    lists: dict[str, list[Any]],
    keys: tuple[str, ...],
    mistakes: list[str],
) -> None:
    for key in keys:
        items = raw.get(key, [])
        if not isinstance(items, list):
            mistakes.append(f"{path.name}: {key}: is not a list of tables ([[{key}]])")
            continue
        for number, item in enumerate(items):
            try:
                lists[key].append(msgspec.convert(item, _LISTS[key]))
            except msgspec.ValidationError as error:
                mistakes.append(f"{path.name}: {_placed(f'{key}[{number}]', error)}")


def _placed(place: str, error: msgspec.ValidationError) -> str:
    """msgspec's message with its ``$`` path under ``place``."""
    sentence, separator, where = str(error).partition(" - at `$")
    return f"{place}{where.rstrip('`') if separator else ''}: {sentence}"
