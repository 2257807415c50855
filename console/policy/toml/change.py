"""The text of one change: tomlkit edits the pairs of one table, whole tables are moved as text.

tomlkit takes the comment above a header for the end of the table before it. Here such a comment
goes with its header. ``edit`` checks what comes of a change.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Array, InlineTable

from console.base.toml_map import Path, TomlMap
from console.policy.toml.text import toml_key, toml_pairs, toml_value

_MOST_STEPS = 50
"""Items taken out and added one by one; with more the list is written anew."""
_INDENT = re.compile(r"\n([ \t]*)")


class _Table(NamedTuple):
    """``head``: the comment above the header, and the header. ``body``: the pairs below it."""

    path: Path
    head: str
    body: str


def put(text: str, path: Path, value: Any) -> str:
    """``text`` with ``value`` at ``path``, in place of what is there or in addition.

    Raises:
        KeyError: nothing can stand at ``path``.
    """
    tables = _tables(text)
    at, document, inside = _holder(tables, path)
    if not inside:
        raise KeyError(path)
    if at == 0 and path[0] not in document:
        whole = _nested(path[1:], value)
        rows = whole if isinstance(whole, list) else [whole]
        if rows and all(isinstance(each, Mapping) for each in rows):
            written = (_written(path[:1], each, many=rows is whole) for each in rows)
            return f"{text.rstrip()}{''.join(written)}\n".lstrip("\n")
    _put_in(document, inside, value)
    return _joined(tables, at, document.as_string())


def add_table(text: str, path: Path, value: Mapping[str, Any]) -> str | None:
    """``text`` with one more table in the list of tables at ``path``; None without such a list."""
    tables = _tables(text)
    items = [at for at, each in enumerate(tables) if _is_below(each, path) and each.path != path]
    if not items:
        return None
    body = tables[items[-1]].body
    end = len(body.rstrip())
    return _joined(tables, items[-1], body[:end] + _written(path, value, many=True) + body[end:])


def take_away(text: str, path: Path) -> str:
    """``text`` without the pair, the item, the table or all tables of the list at ``path``.

    Raises:
        KeyError: there is nothing.
    """
    tables = _tables(text)
    kept = [each for each in tables if not _is_below(each, path)]
    if len(kept) < len(tables):
        return "".join(each.head + each.body for each in kept)
    at, document, inside = _holder(tables, path)
    *above, last = inside
    holder = at_path(document, above)
    del holder[last]
    if isinstance(holder, InlineTable):  # which keeps the spaces around what is gone
        at_path(document, above[:-1])[above[-1]] = _item(holder.unwrap())
    return _joined(tables, at, document.as_string())


def _tables(text: str) -> list[_Table]:
    """The tables in their order; the first is the beginning of the file, with an empty path."""
    found: list[_Table] = []
    path: Path = ()
    start = body = 0
    for next_path, header in TomlMap(text).headers.items():
        end = _with_comment(text, header.start)
        found.append(_Table(path, text[start:body], text[body:end]))
        path, start = next_path, end
        body = text.find("\n", header.end) + 1 or len(text)
    found.append(_Table(path, text[start:body], text[body:]))
    return found


def _with_comment(text: str, at: int) -> int:
    """Where the comment right above the line of ``at`` begins, or that line."""
    start = text.rfind("\n", 0, at) + 1
    above = text.rfind("\n", 0, max(0, start - 1)) + 1
    return _with_comment(text, above) if text[above:start].lstrip().startswith("#") else start


def _is_below(table: _Table, path: Path) -> bool:
    return table.path[: len(path)] == path


def _holder(tables: list[_Table], path: Path) -> tuple[int, TOMLDocument, Path]:
    """The table that holds ``path``: its number, its pairs, and the rest of the path."""
    holding = [at for at, each in enumerate(tables) if path[: len(each.path)] == each.path]
    at = max(holding, key=lambda at: len(tables[at].path))
    return at, tomlkit.parse(tables[at].body), path[len(tables[at].path) :]


def _joined(tables: list[_Table], at: int, body: str) -> str:
    """The whole text, with other pairs in one table."""
    tables[at] = tables[at]._replace(body=body)
    return "".join(each.head + each.body for each in tables)


def _written(path: Path, value: Mapping[str, Any], *, many: bool = False) -> str:
    # A number is not written: a header is about the last table of the list above it.
    name = ".".join(toml_key(step) for step in path if isinstance(step, str))
    header = f"[[{name}]]" if many else f"[{name}]"
    return "\n".join(("\n", header, *toml_pairs(value)))


# -- within one table


def at_path(data: Any, path: Iterable[str | int]) -> Any:
    """What is at ``path`` in tables and lists."""
    for step in path:
        data = data[step]
    return data


def _nested(path: Path, value: Any) -> Any:
    for step in reversed(path):
        value = {step: value}
    return value


def _put_in(data: Any, path: Path, value: Any) -> None:
    at = 0
    while at < len(path) - 1 and not (isinstance(data, Mapping) and path[at] not in data):
        data = data[path[at]]
        at += 1
    step, value = path[at], _nested(path[at + 1 :], value)
    old = data.get(step) if isinstance(data, Mapping) else None
    if isinstance(old, Array) and isinstance(value, list) and _changed_items(old, value):
        return
    new = _item(value)
    if isinstance(data, InlineTable) and step not in data and data.as_string().endswith(" }"):
        new.trivia.trail = " "
    data[step] = new


def _item(value: Any) -> Any:
    """``value`` as this program writes it."""
    return tomlkit.parse(f"x = {toml_value(value)}\n").item("x")


def _changed_items(array: Array, wanted: list[Any]) -> bool:
    """Touches only what differs, if items were just taken out and added at the end."""
    kept: list[int] = []
    for at, each in enumerate(array):
        if len(kept) < len(wanted) and each == wanted[len(kept)]:
            kept.append(at)
    if not kept or len(array) + len(wanted) - 2 * len(kept) > _MOST_STEPS:
        return False
    for at in sorted(set(range(len(array))) - set(kept), reverse=True):
        del array[at]
    indent = _INDENT.search(array.as_string())
    for each in wanted[len(kept) :]:
        if indent is None:
            array.append(_item(each))
        else:
            array.add_line(_item(each), indent=indent[1])
    return True
