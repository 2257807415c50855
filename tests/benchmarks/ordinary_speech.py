"""The sentences of ``ordinary`` and ``harmful``: this project's own, one a line.

They were written by hands that had not read the word lists, and no model was trained on them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
LANGUAGES = {
    "english": "en",
    "spanish": "es",
    "portuguese": "pt",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "dutch": "nl",
    "polish": "pl",
    "arabic": "ar",
    "hindi": "hi",
    "mandarin": "zh",
    "danish": "da",
}
"""The languages by their file, as Stream names them in captions."""


class Group(NamedTuple):
    """Sentences of one kind of call, or of one language."""

    name: str
    language: str
    texts: tuple[str, ...]


def ordinary() -> list[Group]:
    """What may be said: ten kinds of calls in English, then the other languages."""
    kinds = [_group(path, "en") for path in sorted((FOLDER / "ordinary" / "english").glob("*.txt"))]
    return [*kinds, *_by_language(FOLDER / "ordinary" / "languages")]


def harmful() -> list[Group]:
    """What has to be raised, by language."""
    return list(_by_language(FOLDER / "harmful"))


def _by_language(folder: Path) -> Iterator[Group]:
    for name, language in LANGUAGES.items():
        path = folder / f"{name}.txt"
        if path.is_file():
            yield _group(path, language)


def _group(path: Path, language: str) -> Group:
    return Group(path.stem, language, tuple(path.read_text("utf-8").splitlines()))
