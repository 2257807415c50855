"""What may be written at the cursor of a policy, whose text need not be valid TOML. Pure."""

import re
from collections.abc import Sequence

from msgspec import Struct

from console.domain.policy_form import KeyWords, Word
from console.protocol.lab import Vocabulary

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]?\]?\s*(?:#.*)?$")
_KEY_START = re.compile(r"^\s*[\w-]*$")
_HEAD_START = re.compile(r"^\s*(\[\[?)\s*([\w-]*)$")
_IN_STRING = re.compile(r'([\w-]+)\s*=\s*"([^"]*)$')
_IN_BARE = re.compile(r"([\w-]+)\s*=\s*([\w]*)$")
_IN_BRACE = re.compile(r"[{,]\s*([\w-]*)$")
_LIST_NAME = re.compile(r'^\s*name\s*=\s*"([^"\n]*)"', re.MULTILINE)
_COMMENT = re.compile(r'^(?:[^"\'#]|"[^"]*"|\'[^\']*\')*#')
_SIGNS = re.compile(r"""[\w-]+\s*=|"(?:[^"\\]|\\.)*"?|'[^']*'?|[\[\]{},#]""")
WORD_PART = 3
"""From this many characters on a word is also found by its middle."""


class Offer(Struct, frozen=True):
    """What fits. ``typed`` stands before the cursor already and is replaced."""

    typed: str = ""
    words: tuple[Word, ...] = ()


NOTHING = Offer()


def table_at(lines: Sequence[str]) -> str:
    """The table that the last of ``lines`` is in; empty before the first header."""
    for line in reversed(lines):
        match = _HEADER.match(line)
        if match:
            return match.group(1)
    return ""


def list_names(text: str, section: str) -> tuple[str, ...]:
    """The names of the lists of an unfinished text."""
    names = []
    for block in re.split(r"^(?=\s*\[)", text, flags=re.MULTILINE):
        head = _HEADER.match(block.partition("\n")[0])
        if head and head.group(1) == section:
            names += _LIST_NAME.findall(block)[:1]
    return tuple(names)


def offer(text: str, position: int, vocabulary: Vocabulary) -> Offer:
    """What may be written at ``position``."""
    before = text[:position]
    lines = before.split("\n")
    line = lines[-1]
    if _COMMENT.match(line) or before.count("'''") % 2 or before.count('"""') % 2:
        return NOTHING
    head = _HEAD_START.match(line)
    if head:
        return _heads(head.group(1), head.group(2), vocabulary)
    inside = open_tables(lines)
    table = ".".join(filter(None, (table_at(lines[:-1]), *inside)))
    keys = vocabulary.tables.get(table, ())
    return _value(line, keys, text) or _key(line, keys, vocabulary, inside=bool(inside))


def open_tables(lines: Sequence[str]) -> tuple[str, ...]:
    """The keys whose braces are open at the end of ``lines``, the outermost first.

    ``rules = [{ label = "A", severity_rules = [{`` gives rules and severity_rules.
    """
    first = next((at for at in range(len(lines) - 1, -1, -1) if _HEADER.match(lines[at])), -1)
    stack: list[tuple[str, str]] = []
    for line in lines[first + 1 :]:
        key = ""
        for sign in _SIGNS.finditer(line):
            match sign.group():
                case "[" | "{" as opening:
                    stack.append((opening, key or (stack[-1][1] if stack else "")))
                    key = ""
                case "]" | "}":
                    if stack:
                        stack.pop()
                    key = ""
                case ",":
                    key = ""
                case "#":
                    break
                case word if word.endswith("="):
                    key = word[:-1].strip(" \t\"'")
    if not stack or stack[-1][0] != "{":
        return ()
    return tuple(key for opening, key in stack if opening == "{")


def _fit(typed: str, words: Sequence[Word]) -> Offer:
    low = typed.lower()
    found = [word for word in words if word.name.lower().startswith(low)]
    if len(low) >= WORD_PART:
        found += [word for word in words if low in word.name.lower() and word not in found]
    if [word.name for word in found] == [typed]:
        found = []
    return Offer(typed, tuple(found))


def _heads(brackets: str, typed: str, vocabulary: Vocabulary) -> Offer:
    words = [each for each in vocabulary.heads if each.text.startswith(brackets)]
    return Offer(brackets + typed, _fit(typed, words).words)


def _key(line: str, keys: Sequence[KeyWords], vocabulary: Vocabulary, *, inside: bool) -> Offer:
    words = [each.word for each in keys]
    if inside:
        match = _IN_BRACE.search(line) or _KEY_START.match(line)
        return _fit(match.group().strip(" \t{,"), words) if match else NOTHING
    if not _KEY_START.match(line):
        return NOTHING
    typed = line.strip()
    heads = vocabulary.heads if typed and not line[:1].isspace() else ()
    return _fit(typed, (*words, *heads))


def _value(line: str, keys: Sequence[KeyWords], text: str) -> Offer | None:
    """What may stand after the last ``=`` of the line; None where there is none."""
    for pattern, quoted in ((_IN_STRING, True), (_IN_BARE, False)):
        found = pattern.search(line)
        if found is None:
            continue
        key = next((each for each in keys if each.word.name == found.group(1)), None)
        if key is None or key.quoted != quoted:
            return NOTHING
        names = list_names(text, key.names_of) if key.names_of else ()
        return _fit(found.group(2), (*key.values, *map(Word, names)))
    return None
