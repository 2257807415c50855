"""Heads of the log: rows that say where it stood, and the file in which they are kept elsewhere."""

import json
from pathlib import Path
from typing import Any

from console.audit.rows import FoundHead
from console.base.errors import WorldError
from console.base.plain_file import opened

MAX_HEADS = 1_000_000
_KEYS = ("day", "n", "hash", "key", "signature")


def head_of(facts: Any) -> FoundHead:
    """The head that the facts of a row describe.

    Raises:
        ValueError: they describe none.
    """
    if not isinstance(facts, dict) or sorted(facts) != sorted(_KEYS):
        raise ValueError(f"a head has the keys {', '.join(_KEYS)}")
    words = [facts[key] for key in _KEYS]
    if not all(isinstance(word, str) for word in words) or not words[1].isdecimal():
        raise ValueError("a head holds texts, and n is a whole number")
    return FoundHead(words[0], int(words[1][:18]), *words[2:])


def read_heads(path: Path) -> list[FoundHead]:
    """The heads in a file that ``audit export --heads`` wrote.

    Raises:
        WorldError: it cannot be read, or a line is no head.
    """
    found: list[FoundHead] = []
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if number > MAX_HEADS:
                raise WorldError(f"{path} has more than {MAX_HEADS:,} lines.")
            try:
                found.append(head_of(json.loads(line)))
            except (ValueError, RecursionError) as error:
                raise WorldError(f"{path}, line {number}: {error}.") from error
    return found
