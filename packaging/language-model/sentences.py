"""Everything that the model for many languages is trained on, the same every time.

Our own sentences (English ones of ``../classifier`` too), the same in other letters and disguised,
ordinary English of ``../classifier/ordinary.py`` and sayings of Debian's packages ``fortunes-de``,
``-es``, ``-it``, ``-br`` and ``-pl``, of which nothing is kept here.
"""

import hashlib
import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "classifier"))

import examples  # noqa: E402  (of the English classifier; packaging is no package)
import letters  # noqa: E402
import ordinary  # noqa: E402
import variants  # noqa: E402
from examples import Example  # noqa: E402

FOLDER = HERE / "sentences"
ORDINARY = "ordinary:"
NEVER_LEARNED = "unlearned:"
FORTUNES = Path("/usr/share/games/fortunes")
SAYINGS = {
    "de": ("de",),
    "es": ("es",),
    "it": ("italia", "formiche", "leggi"),
    "br": ("brasil",),
    "pl": ("pl",),
}
OF_ENGLISH, OF_SAYINGS = 4_000, 800
LETTERS = range(21, 160)
SHARE_AMONG, SHARE_MISTYPED, SHARE_JOINED = 0.15, 0.15, 0.06
SHARE_DIGITS = 0.35
"""Of Arabic, how much comes again with chat digits; Hindi comes in Latin letters altogether."""
NOT_SPACED = "mandarin"
SEED = 5


def every() -> list[Example]:
    """All examples; those of one line never part in a validation."""
    english = examples.read()
    own = list(languages())
    own += list(other_letters(own))
    return [*english, *variants.variants(english), *own, *disguised(own), *background()]


def languages() -> Iterator[Example]:
    """The sentences of this folder, written out."""
    for file in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(file.read_text("utf-8"))
        words, number = document.get("words", {}), 0
        for block in document["sentences"]:
            harm = tuple(sorted(block["harm"].items()))
            for line in block["lines"]:
                number += 1
                for text in examples.written_out(line, words, block.get("copies", 1)):
                    yield Example(text, harm, f"{file.stem}:{number}")


def other_letters(own: list[Example]) -> Iterator[Example]:
    """Hindi and Arabic again, in the letters of a Latin keyboard."""
    for each in own:
        rng = _drawn_for(each)
        if _language(each) == "hindi" and letters.is_devanagari(each.text):
            yield from _changed(each, letters.in_latin(each.text, rng))
        if _language(each) == "arabic" and rng.random() < SHARE_DIGITS:
            yield from _changed(each, letters.with_digits(each.text, rng))


def disguised(own: list[Example]) -> Iterator[Example]:
    """Some again: beside a harmless sentence, mistyped, cut or joined."""
    harmless: dict[str, list[str]] = {}
    for each in own:
        if not each.harm:
            harmless.setdefault(_language(each), []).append(each.text)
    for each in own:
        rng = _drawn_for(each)
        if rng.random() < SHARE_AMONG:
            other = rng.choice(harmless[_language(each)])
            pair = (each.text, other) if rng.random() < 0.5 else (other, each.text)
            yield Example(". ".join(pair), each.harm, each.line)
        if rng.random() < SHARE_MISTYPED and _language(each) != NOT_SPACED:
            yield from _changed(each, _mistyped(each.text, rng))
        if rng.random() < SHARE_JOINED:
            yield from _changed(each, _joined(each.text, rng))


def background() -> Iterator[Example]:
    """Ordinary text of several languages, as harmless examples."""
    english = ordinary.ordinary(lambda text: False)[:OF_ENGLISH]
    for number, text in enumerate(english):
        yield Example(text, (), f"{ORDINARY}{number}")
    for language, names in SAYINGS.items():
        found = list(dict.fromkeys(_sayings(names)))
        some = random.Random(SEED).sample(found, min(OF_SAYINGS, len(found)))
        for number, text in enumerate(some):
            yield Example(text, (), f"{ORDINARY}{language}{number}")


def more_background() -> Iterator[Example]:
    """More of the same that is never learned from, for thresholds."""
    for number, text in enumerate(ordinary.ordinary(lambda text: False)[OF_ENGLISH:]):
        yield Example(text, (), f"{NEVER_LEARNED}{number}")


def _sayings(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        place = FORTUNES / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and not file.suffix:
                for saying in file.read_text("utf-8", "ignore").split("\n%\n"):
                    text = " ".join(saying.split("\n\t\t--")[0].split())
                    if len(text) in LETTERS:
                        yield text


def _drawn_for(example: Example) -> random.Random:
    """Chance that is the same for the same text."""
    digest = hashlib.sha256(example.text.encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def _language(example: Example) -> str:
    return example.line.partition(":")[0].partition("_")[0]


def _changed(example: Example, text: str) -> Iterator[Example]:
    if text != example.text:
        yield Example(text, example.harm, example.line)


def _mistyped(text: str, rng: random.Random) -> str:
    """One longer word with letters changed over, lost, doubled, hidden or cut."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    number = rng.choice(long)
    word, at = words[number], rng.randrange(1, len(words[number]) - 2)
    head, tail = word[:at], word[at:]
    words[number] = rng.choice(
        (
            head + tail[1] + tail[0] + tail[2:],
            head + tail[1:],
            head + tail[0] + tail,
            f"{head}*{tail[1:]}",
            f"{head} {tail}",
        )
    )
    return " ".join(words)


def _joined(text: str, rng: random.Random) -> str:
    words = text.split()
    if len(words) < 3:
        return text
    at = rng.randrange(len(words) - 1)
    words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)
