"""Ordinary English that harms nobody, from two packages of Debian; nothing of it is kept here.

WordNet's examples of how words are used (``wordnet-base``) and the sayings of ``fortunes``. Most of
what is said in a call looks like neither harm nor near miss: heads that never saw such text take
whatever is strange to them for harm.
"""

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

WORDNET = Path("/usr/share/wordnet")
FORTUNES = Path("/usr/share/games/fortunes")
ADVICE = "On Debian: apt-get install wordnet-base fortunes"

SEED = 5
LEAST_WORDS = 4
OF_WORDNET, OF_FORTUNES = 5_000, 2_000

_EXAMPLE = re.compile(r'"([^"]{12,160})"')
_NOT_TEXT = (".dat", ".u8")
_LETTERS = range(20, 200)
"""Of a saying: longer ones are pages, shorter ones are names."""


def ordinary(harmful: Callable[[str], bool]) -> list[str]:
    """A sample, the same every time, without what ``harmful`` finds: dictionaries quote everything.

    Raises:
        FileNotFoundError: one of the packages is not installed.
    """
    rng = random.Random(SEED)
    found = rng.sample(_wordnet(), OF_WORDNET) + rng.sample(_fortunes(), OF_FORTUNES)
    kept = [text for text in found if not harmful(text)]
    rng.shuffle(kept)
    return kept


def _wordnet() -> list[str]:
    glosses = (
        line.partition(" | ")[2]
        for file in _files(WORDNET, "data.*")
        for line in file.read_text("latin-1").splitlines()
        if not line.startswith("  ")  # the licence
    )
    found = dict.fromkeys(text for gloss in glosses for text in _EXAMPLE.findall(gloss))
    return [text for text in found if len(text.split()) >= LEAST_WORDS]


def _fortunes() -> list[str]:
    sayings = (
        " ".join(saying.partition("\n\t\t--")[0].split())
        for file in _files(FORTUNES, "*")
        if file.suffix not in _NOT_TEXT and "ascii" not in file.name
        for saying in file.read_text("utf-8", errors="ignore").split("\n%\n")
    )
    return [text for text in dict.fromkeys(sayings) if len(text) in _LETTERS]


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    found = sorted(each for each in folder.glob(pattern) if each.is_file())
    if not found:
        raise FileNotFoundError(f"{folder} holds no text. {ADVICE}")
    return found
