"""One value of a TOML text changed; comments, order and spelling of everything else stay.

Every change is checked: the new text must read as the old one with just that change, else the
edit is refused.
"""

from collections.abc import Callable
from typing import Any

from tomlkit.exceptions import TOMLKitError

from console.base.toml_map import Path
from console.base.toml_text import TomlRefusedError, toml_data
from console.policy.toml.change import add_table, at_path, put, take_away

_ELSEWHERE = "This cannot be changed in the form; change it in the text."


class EditError(ValueError):
    """An edit that cannot be done; ``str()`` is a sentence. The text stays as it was."""


def set_value(text: str, path: Path, value: Any) -> str:
    """``text`` with ``value`` at ``path``, whether or not there was one.

    Raises:
        EditError: the text is not TOML, or ``path`` leads nowhere.
    """

    def change(data: Any) -> str:
        _set_in(data, path, value)
        return put(text, path, value)

    return _checked(text, path, change)


def remove_value(text: str, path: Path) -> str:
    """``text`` without what is at ``path``: a pair, an item of a list, or a whole table.

    Raises:
        EditError: the text is not TOML, or there is nothing at ``path``.
    """

    def change(data: Any) -> str:
        del at_path(data, path[:-1])[path[-1]]
        return take_away(text, path)

    return _checked(text, path, change)


def append_value(text: str, path: Path, value: Any) -> str:
    """``text`` with ``value`` added to the list at ``path``, which may be missing.

    Raises:
        EditError: the text is not TOML, or there is something else at ``path``.
    """

    def change(data: Any) -> str:
        items = _made(data, path[:-1]).setdefault(path[-1], [])
        items.append(value)
        return add_table(text, path, value) or put(text, path, items)

    return _checked(text, path, change)


def _checked(text: str, path: Path, change: Callable[[Any], str]) -> str:
    """What ``change`` gives, which also makes the same change in the data that it takes."""
    try:
        data = toml_data(text)
    except TomlRefusedError as error:
        raise EditError("The text has an error; correct it first.") from error
    try:
        after = change(data)
        found = toml_data(after)
        if found != data and isinstance(path[-1], int):
            _set_in(found, path[:-1], [])  # which went with the last of its [[tables]]
    except (LookupError, TypeError, AttributeError) as error:
        place = ".".join(map(str, path))
        raise EditError(f"There is no such place in the policy: {place}.") from error
    except (TomlRefusedError, TOMLKitError) as error:
        raise EditError(_ELSEWHERE) from error
    if found != data:
        raise EditError(_ELSEWHERE)
    return after


def _set_in(data: Any, path: Path, value: Any) -> None:
    _made(data, path[:-1])[path[-1]] = value


def _made(data: Any, path: Path) -> Any:
    """What is at ``path``; tables that are missing on the way are made."""
    for step in path:
        if isinstance(data, dict):
            data.setdefault(step, {})
        data = data[step]
    return data
