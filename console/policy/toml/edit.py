"""One value of a TOML text changed; comments, order and spelling of everything else stay.

Every change is checked: the new text must read as the old one with just that change, else the
edit is refused.
"""

import copy
import tomllib
from collections.abc import Callable
from typing import Any

from console.base.toml_map import Path
from console.policy.toml import change
from console.policy.toml.text import TomlLayout

_ELSEWHERE = "This cannot be changed in the form; change it in the text."


class EditError(ValueError):
    """An edit that cannot be done; ``str()`` is a sentence. The text stays as it was."""


def set_value(text: str, path: Path, value: Any) -> str:
    """``text`` with ``value`` at ``path``, whether or not there was one.

    Raises:
        EditError: the text is not TOML, or ``path`` leads nowhere.
    """
    return _checked(text, path, value, change.put, _set_in)


def remove_value(text: str, path: Path) -> str:
    """``text`` without what is at ``path``: a pair, an item of a list, or a whole table.

    Raises:
        EditError: the text is not TOML, or there is nothing at ``path``.
    """
    return _checked(text, path, None, change.take_away, _remove_in)


def append_value(text: str, path: Path, value: Any) -> str:
    """``text`` with ``value`` added to the list at ``path``, which may be missing.

    Raises:
        EditError: the text is not TOML, or there is something else at ``path``.
    """
    return _checked(text, path, value, change.add, _append_in)


def _checked(
    text: str,
    path: Path,
    value: Any,
    rewrite: Callable[[TomlLayout, Path, Any], str],
    change_data: Callable[[Any, Path, Any], None],
) -> str:
    if not path:
        raise EditError("An edit needs to say where.")
    if _has_null(value):
        raise EditError("A policy has no word for “nothing”.")
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditError("The text has an error; correct it first.") from error
    wanted = copy.deepcopy(before)
    try:
        change_data(wanted, path, value)
        after = rewrite(TomlLayout(text), path, value)
        if _same(tomllib.loads(after), wanted, path):
            return after
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise EditError(
            f"There is no such place in the policy: {'.'.join(map(str, path))}."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise EditError(_ELSEWHERE) from error
    raise EditError(_ELSEWHERE)


def _has_null(value: Any) -> bool:
    match value:
        case None:
            return False  # removing has no value at all
        case dict():
            return any(each is None or _has_null(each) for each in value.values())
        case list() | tuple():
            return any(each is None or _has_null(each) for each in value)
        case _:
            return False


def _same(found: Any, wanted: Any, path: Path) -> bool:
    """Whether they are equal; without its last ``[[table]]`` a list of tables is not there."""
    if found == wanted:
        return True
    if not isinstance(path[-1], int) or _at(wanted, path[:-1]) != []:
        return False
    del _at(wanted, path[:-2])[path[-2]]
    return bool(found == wanted)


# -- what the change means


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _made(data: Any, path: Path) -> Any:
    """What is at ``path``; tables that are missing on the way are made."""
    for step in path:
        if isinstance(data, dict):
            data.setdefault(step, {})
        data = data[step]
    return data


def _set_in(data: Any, path: Path, value: Any) -> None:
    _made(data, path[:-1])[path[-1]] = value


def _remove_in(data: Any, path: Path, _: Any) -> None:
    del _at(data, path[:-1])[path[-1]]


def _append_in(data: Any, path: Path, value: Any) -> None:
    _made(data, path[:-1]).setdefault(path[-1], []).append(value)
