"""Reads the sentences of this folder and writes them out; the same ones every time."""

import hashlib
import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "sentences"
WORDS = "words.toml"
SEVERITIES = ("low", "medium", "high", "critical")
_WORD = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"<([^<>]*)>")
_TRIES = 8  # for one more sentence that is not there yet


@dataclass(frozen=True)
class Example:
    """One sentence.

    Attributes:
        harm: severity by label; empty when it does no harm.
        line: where it was made, ``file:number``; sentences of one line never part in a
            cross-validation, so that none is judged by its own sister.
    """

    text: str
    harm: tuple[tuple[str, str], ...]
    line: str


def read(folder: Path = FOLDER) -> list[Example]:
    """Every sentence, in the order of the files; the first of equal ones stays.

    Raises:
        ValueError: a file uses a word, label or severity that is not there.
    """
    forms = words(folder)
    found: dict[str, Example] = {}
    for file in sorted(folder.glob("*.toml")):
        document, number = tomllib.loads(_text(file)), 0
        # A file may have words of its own; those of all files are in words.toml.
        known = forms | (document.get("words", {}) if file.name != WORDS else {})
        for block in document.get("sentences", []):
            harm = tuple(sorted(block["harm"].items()))
            if any(severity not in SEVERITIES for _, severity in harm):
                raise ValueError(f"{file.name}: {harm} names no severity")
            for line in block["lines"]:
                number += 1
                for text in written_out(line, known, block.get("copies", 1)):
                    found.setdefault(text, Example(text, harm, f"{file.stem}:{number}"))
    return list(found.values())


def words(folder: Path = FOLDER) -> dict[str, list[str]]:
    """What each ``{word}`` may stand for, and with what people begin and end a sentence."""
    found: dict[str, list[str]] = tomllib.loads(_text(folder / WORDS))["words"]
    return found


def written_out(line: str, forms: dict[str, list[str]], most: int) -> list[str]:
    """Up to ``most`` sentences of ``line``: ``<a|b>`` and ``{word}`` take one of their forms."""
    rng = random.Random(int.from_bytes(hashlib.sha256(line.encode()).digest()[:8], "big"))
    made: dict[str, None] = {}
    for _ in range(most * _TRIES):
        if len(made) == most:
            break
        text = line
        while choice := _CHOICE.search(text):
            text = text[: choice.start()] + rng.choice(choice[1].split("|")) + text[choice.end() :]
        while word := _WORD.search(text):
            text = text[: word.start()] + rng.choice(forms[word[1]]) + text[word.end() :]
        made[" ".join(text.split())] = None
    return list(made)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
