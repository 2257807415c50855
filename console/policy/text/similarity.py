"""How much a passage of a text has in common with a seed phrase, by its words alone.

A stand-in for sentence embeddings: it knows no synonyms and no word order. Whatever shows its
result must say so; :data:`KIND` is the name for it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from console.policy.text.folding import CONFUSABLE, words_of

KIND = "semantic_lexical"

MAX_PLACES = 24
"""Shared words of one phrase looked at in one text; the first ones count."""

# Words that say little: they count a quarter, so that "of the" alone is never similar.
_LITTLE_WORDS = """
a an and are as at be been but by can could did do does for from had has have he her him his how i
if in is it its just like me my of on or our so some that the their them then there they this to
too up us very was we were what when where which who will with would you your am not no yes oh ok
okay well um uh really get got go going let please now
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_LITTLE_WEIGHT = 0.25
_ENDING = re.compile(r"(?<=...)(?:ing|edly|ed|ers|er|ies|es|s|ly|e|y)\Z")
_WORD = re.compile(r"\S+")


class Likeness(NamedTuple):
    """The best passage for one phrase: score from 0 to 1, span in words of the folded text."""

    score: float
    first: int
    last: int


class _Phrase(NamedTuple):
    weights: dict[str, float]
    total: float


def stem(word: str) -> str:
    """``word`` without common English endings; other languages mostly stay as they are."""
    return _ENDING.sub("", word) if word.isascii() else word


def _weight(word: str) -> float:
    return _LITTLE_WEIGHT if word in _LITTLE else 1.0


class LexicalSimilarity:
    """Seed phrases made ready; ``best`` compares a text with all of them."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases: list[_Phrase] = []
        self._with: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            weights = {stem(word): _weight(word) for word in words_of(phrase, CONFUSABLE).split()}
            self._phrases.append(_Phrase(weights, sum(weights.values())))
            for each, weight in weights.items():
                if weight == 1.0 or len(weights) == 1:
                    self._with.setdefault(each, []).append(number)

    def best(self, words: Sequence[str]) -> dict[int, Likeness]:
        """For each phrase that shares a telling word with ``words`` (folded), its best passage."""
        stems = [stem(word) for word in words]
        candidates = {number for each in stems for number in self._with.get(each, ())}
        if not candidates:
            return {}
        sums = [0.0]
        for word in words:
            sums.append(sums[-1] + _weight(word))
        return {number: _best_passage(self._phrases[number], stems, sums) for number in candidates}


def _best_passage(phrase: _Phrase, stems: list[str], sums: list[float]) -> Likeness:
    """Dice's coefficient of word weights, over every passage between two shared words."""
    places = [at for at, each in enumerate(stems) if each in phrase.weights][:MAX_PLACES]
    best = Likeness(0.0, 0, 0)
    for number, first in enumerate(places):
        shared: set[str] = set()
        common = 0.0
        for last in places[number:]:
            if stems[last] not in shared:
                shared.add(stems[last])
                common += phrase.weights[stems[last]]
            score = 2 * common / (phrase.total + sums[last + 1] - sums[first])
            if score > best.score:
                best = Likeness(min(score, 1.0), first, last)
    return best


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The folded words of ``text`` with their code points: start and end."""
    spans: list[tuple[str, int, int]] = []
    for chunk in _WORD.finditer(text):
        start = chunk.start()
        folded = [(CONFUSABLE[ord(char)], at) for at, char in enumerate(chunk.group(), start)]
        word, begin = "", start
        for piece, at in (*folded, (" ", chunk.end())):
            if piece == " ":
                if word:
                    spans.append((word, begin, at))
                word = ""
            elif piece:
                begin = at if not word else begin
                word += piece
    return spans


WORDS = 24
"""A passage of a long text; a caption is rarely longer."""
STEP = 12
MAX_PASSAGES = 32
"""Of one text, the first ones; with STEP words between them that is a page."""


def passages(text: str) -> list[tuple[int, int]]:
    """Code points from and to: the whole text when it is short, else windows that overlap by half.

    Empty when there is no word in it.
    """
    words = [found.span() for found in _WORD.finditer(text)]
    if not words:
        return []
    if len(words) <= WORDS:
        return [(words[0][0], words[-1][1])]
    starts = range(0, len(words) - STEP, STEP)
    return [
        (words[at][0], words[min(at + WORDS, len(words)) - 1][1]) for at in starts[:MAX_PASSAGES]
    ]
