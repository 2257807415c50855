"""Thousands of words in one pass (Aho-Corasick), over every way to read a text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from console.policy.folding import CONFUSABLE, PLAIN, SPACE, is_unspaced, words_of
from console.policy.hit import Hit
from console.policy.masked_letters import MaskedLetters
from console.policy.model import Blocklist
from console.policy.plural import plurals
from console.policy.reading import Need, Reading, Spaced, Squeezed, readings, squeeze
from console.policy.respelling import SHORTEST_INSIDE, respellings


class _Origin(NamedTuple):
    """Which word of which list a pattern stands for, and how freely it may be read."""

    at: int
    entry: int
    offers: Need


class _Automaton:
    """Patterns and, for each, the words it stands for."""

    def __init__(self) -> None:
        self._origins: dict[str, tuple[_Origin, ...]] = {}
        self._patterns: list[str] = []
        self._machine: AhoCorasick | None = None

    def add(self, pattern: str, origin: _Origin) -> None:
        known = self._origins.get(pattern, ())
        # One word adds all its patterns in a row, so it can only be the last.
        if known[-1:] != (origin,):
            self._origins[pattern] = (*known, origin)

    def build(self) -> None:
        self._patterns = list(self._origins)
        if self._patterns:
            self._machine = AhoCorasick(self._patterns)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Every pattern in ``text``, overlapping ones too, with start and end."""
        if self._machine is not None:
            for number, start, end in self._machine.find_matches_as_indexes(text, overlapping=True):
                yield self._patterns[number], start, end

    def origins(self, pattern: str) -> tuple[_Origin, ...]:
        """The words that ``pattern`` stands for, none if it was never added."""
        return self._origins.get(pattern, ())


class WordMatcher:
    """Finds the words of several lists. Immutable once made, so any thread may use it."""

    def __init__(self, lists: Sequence[tuple[int, Blocklist]], *, substring: bool = False) -> None:
        """``lists`` are word lists with the number that hits carry as ``at``."""
        self._words = _Automaton()
        self._inner = _Automaton()
        self._squeezed = _Automaton()
        self._masked: MaskedLetters[_Origin] = MaskedLetters()
        self._stretches: dict[str, set[str]] = {}
        for at, blocklist in lists:
            within = substring or blocklist.is_substring_matching_enabled
            offers = _offers(blocklist)
            for entry, word in enumerate(blocklist.words):
                origin = _Origin(at, entry, offers)
                forms = _forms(word, blocklist)
                for form in forms:
                    self._add(form, origin, within=within)
                for form in _disguised(forms, offers):
                    inside = within and len(form) >= SHORTEST_INSIDE
                    self._add_pattern(form if inside else f" {form} ", origin)
        for automaton in (self._words, self._inner, self._squeezed):
            automaton.build()

    def _add(self, form: str, origin: _Origin, *, within: bool) -> None:
        pattern = form if within or is_unspaced(form[0]) else f" {form} "
        self._add_pattern(pattern, origin)
        if origin.offers & Need.SPACING and SPACE not in form and len(form) >= 3:
            self._inner.add(form, origin)
        if origin.offers & Need.LEET and SPACE not in form:
            self._masked.add(form, origin)

    def _add_pattern(self, pattern: str, origin: _Origin) -> None:
        self._words.add(pattern, origin)
        if origin.offers & Need.REPETITION:
            squeezed = squeeze(pattern)
            self._squeezed.add(squeezed, origin)
            if squeezed != pattern:
                self._stretches.setdefault(squeezed, set()).add(pattern)

    def find(self, text: str) -> set[Hit]:
        """Every word found in ``text``, each place once."""
        hits: set[Hit] = set()
        for reading in readings(text):
            if isinstance(reading, Squeezed):
                self._find_squeezed(reading, hits)
            elif isinstance(reading, Spaced):
                for form, start, end in self._inner.find(reading.text):
                    if reading.fair(start, end):
                        _take(self._inner.origins(form), reading, start, end, hits)
            else:
                for pattern, start, end in self._words.find(reading.text):
                    _take(self._words.origins(pattern), reading, start, end, hits)
        for origin, start, end in self._masked.find(text):
            hits.add(Hit(origin.at, origin.entry, start, end))
        return hits

    def _find_squeezed(self, reading: Squeezed, hits: set[Hit]) -> None:
        for squeezed, start, end in self._squeezed.find(reading.text):
            for pattern in (squeezed, *self._stretches.get(squeezed, ())):
                if reading.runs_agree(start, pattern):
                    _take(self._words.origins(pattern), reading, start, end, hits)


def _take(
    origins: tuple[_Origin, ...], reading: Reading, start: int, end: int, hits: set[Hit]
) -> None:
    for origin in origins:
        if origin.offers & reading.needs == reading.needs:
            hits.add(Hit(origin.at, origin.entry, *reading.span(start, end)))


def _offers(blocklist: Blocklist) -> Need:
    offers = Need.NOTHING
    if blocklist.is_confusable_folding_enabled:
        offers |= Need.CONFUSABLE
    if blocklist.is_leet_check_enabled:
        offers |= Need.LEET
    if blocklist.is_spacing_check_enabled:
        offers |= Need.SPACING
    if blocklist.is_repetition_check_enabled:
        offers |= Need.REPETITION
    return offers


def _forms(word: str, blocklist: Blocklist) -> set[str]:
    """The folded forms of ``word`` to look for; none when it has no letter, digit or mark."""
    forms = {words_of(word, PLAIN)}
    if blocklist.is_confusable_folding_enabled:
        forms.add(words_of(word, CONFUSABLE))
    if blocklist.is_plural_check_enabled:
        forms |= {many for form in forms for many in plurals(form)}
    forms.discard("")
    return forms


MOST_JOINED, SHORTEST_JOINED = 3, 6
"""Phrases of up to so many words are also looked for written as one, if that is so long."""


def _disguised(forms: set[str], offers: Need) -> set[str]:
    """What else to look for so that ``forms`` are found however they are written."""
    found: set[str] = set()
    if offers & Need.SPACING:
        joined = {form.replace(SPACE, "") for form in forms if 0 < form.count(SPACE) < MOST_JOINED}
        found |= {each for each in joined if len(each) >= SHORTEST_JOINED}
    if offers & Need.LEET:
        found |= {each for form in forms if SPACE not in form for each in respellings(form)}
    return found - forms
