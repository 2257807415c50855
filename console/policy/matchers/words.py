"""Thousands of words in one pass (Aho-Corasick), over every way to read a text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from console.policy.matchers.disguises import Disguises
from console.policy.matchers.romanized import Romanized
from console.policy.model import Blocklist, Hit
from console.policy.text.folding import PLAIN, SPACE, has_only_accents, is_unspaced, words_of
from console.policy.text.masked_letters import MaskedLetters
from console.policy.text.signs import stands_alone
from console.policy.text.spelling import (
    SHORTEST_INSIDE,
    is_ending,
    longer_forms,
    other_spellings,
    signed_forms,
    stems,
    word_forms,
)
from console.policy.text.variants import (
    Need,
    Reading,
    Spaced,
    Squeezed,
    readings,
    signed_readings,
    squeeze,
)

LONGEST_REST = 32
"""What may follow a listed word within a word."""

SHORTEST_RUN_ON = 3
"""Listed words shorter than this are no part of a longer word."""


class _Origin(NamedTuple):
    """Which word of which list a pattern stands for, and how freely it may be read."""

    at: int
    entry: int
    offers: int


class _Automaton:
    """Patterns and, for each, the words it stands for."""

    def __init__(self) -> None:
        self._origins: dict[str, tuple[_Origin, ...]] = {}
        self._patterns: list[str] = []
        self._machine: AhoCorasick | None = None

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to find."""
        return self._machine is not None

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
        self._signed = _Automaton()
        self._disguises: Disguises[_Origin] = Disguises()
        self._romanized: Romanized[_Origin] = Romanized()
        self._masked: MaskedLetters[_Origin] = MaskedLetters()
        self._stretches: dict[str, set[str]] = {}
        for at, blocklist in lists:
            within = substring or blocklist.is_substring_matching_enabled
            offers = _offers(blocklist)
            for entry, word in enumerate(blocklist.words):
                forms = word_forms(word, blocklist)
                origin = _Origin(at, entry, offers)
                self._add_all(forms, origin, within=within)
                if offers & _DISGUISED:
                    for form in forms:
                        self._disguises.add(form, origin)
                if offers & Need.ROMANIZED:
                    self._romanized.add(words_of(word, PLAIN), origin)
                # No ending follows an ending.
                origin = _Origin(at, entry, offers & ~Need.ENDING)
                self._add_all(longer_forms(forms, blocklist), origin, within=within)
                for form in signed_forms(word, blocklist):
                    self._signed.add(form, _Origin(at, entry, offers | within * Need.INSIDE))
        for automaton in (self._words, self._inner, self._squeezed, self._signed):
            automaton.build()
        self._disguises.build()

    def _add_all(self, forms: set[str], origin: _Origin, *, within: bool) -> None:
        for form in forms:
            self._add(form, origin, within=within)
        for form in other_spellings(
            forms,
            spacing=bool(origin.offers & Need.SPACING),
            leet=bool(origin.offers & Need.LEET),
        ):
            inside = within and len(form) >= SHORTEST_INSIDE
            self._add_pattern(form, origin, within=inside)

    def _add(self, form: str, origin: _Origin, *, within: bool) -> None:
        self._add_pattern(form, origin, within=within)
        if origin.offers & Need.SPACING and SPACE not in form and len(form) >= 3:
            self._inner.add(form, origin)
        if origin.offers & Need.LEET and SPACE not in form:
            self._masked.add(form, origin)

    def _add_pattern(self, form: str, origin: _Origin, *, within: bool) -> None:
        whole = not (within or is_unspaced(form[0]))
        # The end of a whole word is looked at when it was found: an ending may follow.
        self._words.add(SPACE + form if whole else form, origin)
        if origin.offers & Need.REPETITION:
            pattern = f" {form} " if whole else form
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
                    if pattern[0] == SPACE and reading.text[end] != SPACE:
                        self._find_longer(reading, start, end, hits)
                    else:
                        _take(self._words.origins(pattern), reading, start, end, hits)
            if self._disguises.is_asked:
                self._find_disguised(reading, hits)
            if self._romanized.is_asked and not reading.needs:
                for origin, start, end in self._romanized.find_in(reading.text):
                    _take((origin,), reading, start, end, hits, Need.ROMANIZED)
        if self._signed.is_asked:
            for reading in signed_readings(text):
                self._find_signed(reading, hits)
        for origin, start, end in self._masked.find(text):
            hits.add(Hit(origin.at, origin.entry, start, end, Need.LEET))
        return _plainest(hits) if len(hits) > 1 else hits

    def _find_signed(self, reading: Reading, hits: set[Hit]) -> None:
        for form, start, end in self._signed.find(reading.text):
            origins = self._signed.origins(form)
            if not stands_alone(reading.text, start, end):
                origins = tuple(_offering(origins, Need.INSIDE))
            _take(origins, reading, start, end, hits)

    def _find_disguised(self, reading: Reading, hits: set[Hit]) -> None:
        for found, start, end in self._disguises.find_in(reading.text):
            for origin, needs in found:
                needs |= reading.needs
                # With accents and respelt, too: it is a word of another language.
                if needs & Need.CONFUSABLE and has_only_accents(reading.behind(start, end)):
                    continue
                if needs & Need.SPACING and not reading.has_only_gaps(start, end):
                    continue
                if origin.offers & needs == needs:
                    hits.add(Hit(origin.at, origin.entry, *reading.span(start, end), needs))

    def _find_longer(self, reading: Reading, start: int, end: int, hits: set[Hit]) -> None:
        """A longer word that begins with a listed one: an ending, or a second listed one, follows.

        ``text[start:end]`` is the listed word and the space before it.
        """
        text = reading.text
        stop = text.find(SPACE, end, end + LONGEST_REST)
        if stop < 0 or SPACE in text[start + 1 : end]:
            return
        first, rest = text[start:end], text[end:stop]
        firsts = self._words.origins(first)
        if is_ending(first[1:], rest):
            _take(_offering(firsts, Need.ENDING), reading, start, stop, hits, Need.ENDING)
        if min(len(first) - 1, len(rest)) < SHORTEST_RUN_ON:
            return
        for second in (rest, *stems(rest)):
            need = Need.SPACING if second == rest else Need.SPACING | Need.ENDING
            seconds = _offering(self._words.origins(SPACE + second), need)
            if seconds and len(second) >= SHORTEST_RUN_ON:
                _take(_offering(firsts, Need.SPACING), reading, start, stop, hits, need)
                _take(seconds, reading, start, stop, hits, need)

    def _find_squeezed(self, reading: Squeezed, hits: set[Hit]) -> None:
        for squeezed, start, end in self._squeezed.find(reading.text):
            for pattern in (squeezed, *self._stretches.get(squeezed, ())):
                if reading.runs_agree(start, pattern):
                    _take(self._words.origins(pattern.rstrip(SPACE)), reading, start, end, hits)


def _plainest(hits: set[Hit]) -> set[Hit]:
    """Each place once, with the fewest disguises that it was seen through."""
    found: dict[tuple[int, int, int, int], Hit] = {}
    for hit in hits:
        place = (hit.at, hit.entry, hit.start, hit.end)
        known = found.get(place)
        if known is None or _disguises(hit) < _disguises(known):
            found[place] = hit
    return set(found.values())


def _disguises(hit: Hit) -> tuple[int, int]:
    return hit.needs.bit_count(), hit.needs


def _offering(origins: Iterable[_Origin], need: int) -> list[_Origin]:
    return [origin for origin in origins if origin.offers & need == need]


def _take(
    origins: Iterable[_Origin],
    reading: Reading,
    start: int,
    end: int,
    hits: set[Hit],
    more: int = 0,
) -> None:
    taken = [origin for origin in origins if origin.offers & reading.needs == reading.needs]
    if taken and reading.needs & Need.CONFUSABLE and reading.is_vietnamese(start, end):
        return
    for origin in taken:
        hits.add(Hit(origin.at, origin.entry, *reading.span(start, end), reading.needs | more))


def _offers(blocklist: Blocklist) -> int:
    return sum(need for flag, need in _NEEDS.items() if getattr(blocklist, flag))


_NEEDS = {
    "is_confusable_folding_enabled": Need.CONFUSABLE,
    "is_leet_check_enabled": Need.LEET,
    "is_spacing_check_enabled": Need.SPACING,
    "is_repetition_check_enabled": Need.REPETITION,
    "is_ending_check_enabled": Need.ENDING,
    "is_respelling_check_enabled": Need.RESPELLING,
    "is_compound_check_enabled": Need.COMPOUND,
    "is_transliteration_check_enabled": Need.ROMANIZED,
}
_DISGUISED = Need.RESPELLING | Need.COMPOUND
