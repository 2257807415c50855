"""The text of one change, written as the text around it is. ``edit`` checks it."""

from collections.abc import Mapping
from typing import Any

from console.base.toml_map import Path, Span
from console.policy.toml.text import TomlLayout, toml_key, toml_pairs, toml_value

_WIDTH = 96
_MOST_STEPS = 50
"""Items taken out and added one by one; with more the list is written anew."""


def put(layout: TomlLayout, path: Path, value: Any) -> str:
    """``value`` at ``path``, in place of what is there or in addition.

    Raises:
        KeyError: nothing can stand at ``path``.
    """
    if path in layout.values:
        items = layout.items(path)
        if isinstance(value, list | tuple) and items and all(isinstance(v, str) for v in value):
            return _put_items(layout, path, value)
        return _replaced(layout.text, layout.values[path], toml_value(value))
    if path in layout.headers:
        raise KeyError(path)
    return _put_new(layout, path, value)


def add(layout: TomlLayout, path: Path, value: Any) -> str:
    """``value`` as the last item of the list at ``path``."""
    if path in layout.counts:
        last = (*path, layout.counts[path])
        return _after_line(layout.text, _section_end(layout, last), _table(path, value, many=True))
    if path in layout.values:
        return _add_item(layout, path, toml_value(value))
    return _put_new(layout, path, [value])


def take_away(layout: TomlLayout, path: Path, _: Any = None) -> str:
    """Without the pair, the item, the table or all tables of the list at ``path``.

    Raises:
        KeyError: there is nothing.
    """
    if path in layout.headers:
        return _without_table(layout, path)
    if path in layout.counts:
        text = layout.text
        for at in reversed(range(layout.counts[path] + 1)):
            text = _without_table(TomlLayout(text), (*path, at))
        return text
    if path in layout.pairs and path not in layout.inline:
        return _without_line(layout.text, layout.pairs[path])
    if path in layout.pairs:
        siblings = [layout.pairs[each] for each in layout.members(path[:-1])]
        return _without_item(layout.text, siblings, siblings.index(layout.pairs[path]))
    if path in layout.values and isinstance(path[-1], int):
        return _without_item(layout.text, layout.items(path[:-1]), path[-1])
    raise KeyError(path)


# -- new things


def _put_new(layout: TomlLayout, path: Path, value: Any) -> str:
    above, name = path[:-1], path[-1]
    if not isinstance(name, str):
        raise KeyError(path)
    pair = toml_pairs({name: value})[0]
    if above in layout.values:
        return _add_member(layout, above, pair)
    if above in layout.headers:
        return _after_line(layout.text, layout.ends[above], f"\n{pair}")
    if above:
        return put(layout, above, {name: value})
    if isinstance(value, Mapping):
        return _at_end(layout.text, _table(path, value))
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return _at_end(layout.text, "".join(_table(path, each, many=True) for each in value))
    if () in layout.ends:
        return _after_line(layout.text, layout.ends[()], f"\n{pair}")
    return f"{pair}\n{layout.text}"


def _table(path: Path, value: Mapping[str, Any], *, many: bool = False) -> str:
    # A number is not written: a header is about the last table of the list above it.
    name = ".".join(toml_key(step) for step in path if isinstance(step, str))
    header = f"[[{name}]]" if many else f"[{name}]"
    return "\n".join(("\n", header, *toml_pairs(value)))


def _at_end(text: str, table: str) -> str:
    return f"{text.rstrip()}{table}\n".lstrip("\n")


def _add_member(layout: TomlLayout, path: Path, pair: str) -> str:
    whole = layout.values[path]
    if layout.text[whole.start] != "{":
        raise KeyError(path)
    members = layout.members(path)
    if not members:
        return _replaced(layout.text, whole, f"{{ {pair} }}")
    return _inserted(layout.text, layout.pairs[members[-1]].end, f", {pair}")


# -- items of lists


def _put_items(layout: TomlLayout, path: Path, wanted: "list[Any] | tuple[Any, ...]") -> str:
    """Only what differs is touched where items were just taken out and added at the end."""
    items = layout.items(path)
    written = [toml_value(each) for each in wanted]
    had = [layout.text[each.start : each.end] for each in items]
    kept: list[int] = []
    for at, each in enumerate(had):
        if len(kept) < len(written) and each == written[len(kept)]:
            kept.append(at)
    if not kept or len(items) + len(written) - 2 * len(kept) > _MOST_STEPS:
        return _replaced(layout.text, layout.values[path], toml_value(wanted))
    text, keep = layout.text, set(kept)
    for at in reversed(range(len(items))):
        if at not in keep:
            text = _without_item(text, items, at)
            layout = TomlLayout(text)
            items = layout.items(path)
    for each in written[len(kept) :]:
        text = _add_item(layout, path, each)
        layout = TomlLayout(text)
    return text


def _add_item(layout: TomlLayout, path: Path, written: str) -> str:
    whole = layout.values[path]
    text = layout.text
    if text[whole.start] != "[":
        raise KeyError(path)
    items = layout.items(path)
    if not items:
        return _replaced(text, whole, f"[{written}]")
    last = items[-1]
    line = text.rfind("\n", 0, last.start) + 1
    if line <= whole.start:  # the whole list is on one line
        return _inserted(text, last.end, f", {written}")
    indent = text[line : len(text) - len(text[line:].lstrip(" \t"))]
    rest = text.find("\n", last.end)
    fits = (rest if rest >= 0 else len(text)) - line + len(written) + 2 <= _WIDTH
    many_a_line = len(items) > 1 and items[-2].start >= line
    gap = " " if many_a_line and fits and not written.startswith("{") else f"\n{indent}"
    comma = text[last.end : whole.end].lstrip()
    if gap != " " and comma.startswith(",") and "\n" in comma:  # after the comma and its comment
        end = text.index("\n", last.end)
        return _inserted(text, end, f"{gap}{written},")
    return _inserted(text, last.end, f",{gap}{written}")


def _without_item(text: str, items: list[Span], at: int) -> str:
    if at + 1 < len(items):
        return text[: items[at].start] + text[items[at + 1].start :]
    if at > 0:
        return text[: items[at - 1].end] + text[items[at].end :]
    end = items[at].end
    after = text[end:].lstrip()
    if after.startswith(","):
        end = len(text) - len(after) + 1
    return text[: items[at].start] + text[end:]


# -- lines and tables


def _without_line(text: str, pair: Span) -> str:
    start = text.rfind("\n", 0, pair.start) + 1
    end = text.find("\n", pair.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _section_end(layout: TomlLayout, path: Path) -> int:
    """The end of the last pair of a table or of a table below it."""
    return max(end for each, end in layout.ends.items() if each[: len(path)] == path)


def _without_table(layout: TomlLayout, path: Path) -> str:
    """With the comment right above the header, which is about it."""
    text = layout.text
    start = text.rfind("\n", 0, layout.headers[path].start) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    end = text.find("\n", _section_end(layout, path))
    rest = text[end + 1 :].lstrip("\n") if end >= 0 else ""
    return text[:start] + rest


def _replaced(text: str, stretch: Span, new: str) -> str:
    return text[: stretch.start] + new + text[stretch.end :]


def _inserted(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at:]


def _after_line(text: str, at: int, new: str) -> str:
    """After the line of ``at``, whose comment stays with it."""
    end = text.find("\n", at)
    return _inserted(text, end if end >= 0 else len(text), new)
