"""In which language an item is: what Stream says, what its words say, what its speaker spoke. Pure.

The thresholds are such that of 4,278 English sentences (HateCheck and our own, all in small
letters) one in a thousand is taken for another language by a guess of lid.176.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct

from console.domain.scripts import language_of_letters

UNKNOWN = "und"
"""It is a language, and none that can be told (ISO 639-2)."""
UNSTATED = ("", "auto", UNKNOWN, "mul", "multi")
"""What stands where nobody says which language a text is in (ISO 639-2 for two of them)."""

SURE = 0.5
"""How sure a guess has to be to count."""
VERY_SURE = 0.8
"""How sure the guess about a short first text has to be."""
OVERRULES = 0.6
"""How sure it has to be to count against what Stream says."""
UNLIKELY = 0.1
"""What stays below it is not the language."""
SHORT = 16
"""Letters below which a speaker goes on in the language that they spoke before."""
FEW_WORDS = 4
LEAST = 2
"""Letters below which nothing can be told."""


class Guess(NamedTuple):
    """A language (ISO 639) and how likely it is, from 0 to 1."""

    language: str
    likely: float


class LanguageIdentifier(Protocol):
    """Guesses languages by the words of texts. Safe in several threads."""

    def guesses(self, text: str) -> Sequence[Guess]:
        """The likeliest first, at most eight; none where nothing can be said."""


class NoGuesses:
    """For where there is no model: letters, Stream and earlier lines have to do."""

    def guesses(self, text: str) -> Sequence[Guess]:
        """None."""
        return ()


NO_GUESSES = NoGuesses()


class KnownBy(StrEnum):
    """How the language of an item is known.

    STATED: Stream says so, or what wrote the words down. WORDS: identified here by its words.
    LETTERS: by its script. SPEAKER: it is short, and the speaker spoke so before.
    NOTHING: it is not known.
    """

    NOTHING = ""
    STATED = "stated"
    WORDS = "words"
    LETTERS = "letters"
    SPEAKER = "speaker"


class Spoken(Struct, frozen=True):
    """The language of an item: ISO 639, or ``und-`` and a script; empty where nothing can be told.

    ``confidence``: from 0 to 1; below 0 where nobody says.
    """

    language: str = ""
    confidence: float = -1.0
    by: KnownBy = KnownBy.NOTHING


NOT_KNOWN = Spoken()


def plain_language(name: str) -> str:
    """``en`` for ``en``, ``EN-gb`` and ``en_US``; empty for what states none."""
    plain = name.replace("_", "-").partition("-")[0].casefold()
    return "" if plain in UNSTATED else plain


def identified(text: str, stated: str, identifier: LanguageIdentifier, earlier: str = "") -> Spoken:
    """The language of ``text``.

    Args:
        stated: what Stream says; empty or ``auto`` where it says nothing. It counts unless the
            words plainly say something else.
        earlier: what the same speaker spoke last in this call; for short texts.
    """
    said = plain_language(stated)
    letters = sum(map(str.isalpha, text))
    if letters < LEAST:
        return _without_words(stated, said, earlier)
    script = language_of_letters(text)
    if script and not script.startswith(UNKNOWN):
        same = said == script or (script == "zh" and said in ("ja", "yue", "wuu"))
        return Spoken(stated, 1.0, KnownBy.STATED) if same else Spoken(script, 1.0, KnownBy.LETTERS)
    guesses = identifier.guesses(text)
    likely = dict(guesses)
    best = guesses[0] if guesses else Guess("", 0.0)
    if said:
        overruled = best.likely >= OVERRULES and likely.get(said, 0.0) < UNLIKELY
        if overruled and (letters >= SHORT or earlier == best.language):
            return Spoken(best.language, best.likely, KnownBy.WORDS)
        return Spoken(stated, likely.get(said, -1.0), KnownBy.STATED)
    wanted = SURE if letters >= SHORT or best.language == earlier else 1.1 if earlier else VERY_SURE
    if best.likely >= wanted:
        return Spoken(best.language, best.likely, KnownBy.WORDS)
    if script:
        return Spoken(script, 1.0, KnownBy.LETTERS)
    if letters < SHORT or len(text.split()) < FEW_WORDS:
        return Spoken(earlier, -1.0, KnownBy.SPEAKER) if earlier else NOT_KNOWN
    if likely.get(earlier, 0.0) >= UNLIKELY:
        return Spoken(earlier, likely[earlier], KnownBy.SPEAKER)
    return (
        NOT_KNOWN if likely.get("en", 0.0) >= UNLIKELY / 2 else Spoken(UNKNOWN, -1.0, KnownBy.WORDS)
    )


def _without_words(stated: str, said: str, earlier: str) -> Spoken:
    if said:
        return Spoken(stated, -1.0, KnownBy.STATED)
    return Spoken(earlier, -1.0, KnownBy.SPEAKER) if earlier else NOT_KNOWN
