"""Listed words that were respelt, or put into a longer word, found a word of the text at a time.

How freely a listed word is seen depends on how unmistakable it is. One that is common itself, or
stands in common words ("ass", "cock", "rape"), is found beside words that go with it only; one that
stands in none ("fuck") is found in more. Common words of a text are never taken for disguised.
"""

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick
from rapidfuzz.distance import OSA

from console.policy.text.common_words import CommonWords, common_words
from console.policy.text.compounds import (
    ABUSIVE_BEFORE,
    AFTER,
    BEFORE,
    FORMS,
    HARMLESS_AFTER,
    NAMES_END,
    OWNERS,
    SLANG_ENDINGS,
    is_partner,
    is_phrase,
)
from console.policy.text.respelt import cuts, misspellings, parts_of
from console.policy.text.sounds import (
    bones,
    consonants_heard,
    ends_unstressed,
    has_vowels_of,
    sound,
    sounds,
)
from console.policy.text.variants import Need

T = TypeVar("T")

SHORTEST: Final = 3
LONGEST: Final = 32
"""Longer words are not looked at: they are no words."""
_SHORTEST_HEARD: Final = 4
_LONG: Final = 5
_MANY_CONSONANTS: Final = 4
"""With so many, the vowels between them hardly matter: "basterd"."""
_REMEMBERED: Final = 20_000
"""Words of texts whose analysis is remembered: people use the same words again and again."""


class Disguises(Generic[T]):
    """Listed words by how they may be disguised. Any thread may ask once it is built."""

    def __init__(self) -> None:
        self._owners: dict[str, list[T]] = {}
        self._unmistakable: set[str] = set()
        self._parts: dict[str, set[str]] = {}
        self._misspelt: dict[str, set[str]] = {}
        self._sounds: dict[str, set[str]] = {}
        self._bones: dict[str, set[str]] = {}
        self._cut: dict[str, dict[str, set[str]]] = {}
        self._spellings: list[str] = []
        self._machine: AhoCorasick | None = None
        self._known: dict[str, tuple[tuple[T, int], ...]] = {}

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to find."""
        return bool(self._owners)

    def add(self, word: str, owner: T) -> None:
        """Let ``word`` (folded) be found for ``owner``; only Latin words of three letters on."""
        if not (SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()):
            return
        owners = self._owners.setdefault(word, [])
        if owner not in owners:
            owners.append(owner)

    def build(self) -> None:
        """Make ready what was added."""
        if not self._owners:
            return
        common = common_words()
        for word in self._owners:
            free = len(word) >= _SHORTEST_HEARD and not (word in common.words or common.hold(word))
            if free:
                self._unmistakable.add(word)
                self._sounds.setdefault(sound(word), set()).add(word)
                if len(word) > _LONG and len(_consonants(bones(word))) >= _MANY_CONSONANTS:
                    self._bones.setdefault(bones(word), set()).add(word)
                for spelling in misspellings(word):
                    if not common.has(spelling):
                        self._misspelt.setdefault(spelling, set()).add(word)
            for first, second in cuts(word, common):
                self._cut.setdefault(first, {}).setdefault(second, set()).add(word)
            for part in parts_of(word):
                self._parts.setdefault(part, set()).add(word)
        self._spellings = list(self._parts)
        self._machine = AhoCorasick(self._spellings)

    def find_in(self, text: str) -> Iterator[tuple[tuple[tuple[T, int], ...], int, int]]:
        """What is disguised in a reading's ``text``, each with start and end."""
        cut = self._cut
        for token in text.split():
            if token in cut:
                yield from self._joined(token, text)
            found = self._known.get(token)
            if found is None:
                found = self.find(token)
            if found:
                at = text.find(f" {token} ")
                while at >= 0:
                    yield found, at + 1, at + 1 + len(token)
                    at = text.find(f" {token} ", at + 1)

    def _joined(
        self, first: str, text: str
    ) -> Iterator[tuple[tuple[tuple[T, int], ...], int, int]]:
        """Words that were cut in two by a space, from ``first`` on: "fu ck"."""
        for second, words in self._cut[first].items():
            at = text.find(f" {first} {second} ")
            if at >= 0:
                owners = [
                    (owner, Need.RESPELLING | Need.SPACING)
                    for word in words
                    for owner in self._owners[word]
                ]
                yield tuple(owners), at + 1, at + 2 + len(first) + len(second)

    def find(self, token: str) -> tuple[tuple[T, int], ...]:
        """The owners of words that ``token`` (folded) is a disguise of, and what that needs."""
        known = self._known.get(token)
        if known is None:
            known = tuple(self._look(token))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[token] = known
        return known

    def _look(self, token: str) -> Iterator[tuple[T, int]]:
        if not (SHORTEST <= len(token) <= LONGEST and token.isascii() and token.isalpha()):
            return
        common = common_words()
        if token in self._owners or common.has(token):
            return
        found: dict[str, int] = {}
        for word, needs in (
            *self._respelt(token),
            *self._revowelled(token),
            *self._formed(token, common),
            *self._within(token),
            *self._respelt_within(token),
        ):
            found[word] = min(needs, found.get(word, needs))
        for word, needs in found.items():
            for owner in self._owners[word]:
                yield owner, needs

    def _respelt(self, token: str) -> Iterator[tuple[str, int]]:
        if token in self._owners:
            return
        for word in self._misspelt.get(token, ()):
            yield word, Need.RESPELLING
        for word in self._heard(token):
            yield word, Need.RESPELLING

    def _heard(self, token: str) -> Iterator[str]:
        """The unmistakable words that ``token`` sounds like."""
        for heard in sounds(token):
            for word in self._sounds.get(heard, ()):
                if _reads_alike(token, word):
                    yield word

    def _revowelled(self, token: str) -> Iterator[tuple[str, int]]:
        """Words of many consonants with another vowel between them: "basterd"."""
        for word in self._bones.get(bones(token), ()):
            if OSA.distance(consonants_heard(token), consonants_heard(word)) == 1:
                yield word, Need.RESPELLING

    def _formed(self, token: str, common: CommonWords) -> Iterator[tuple[str, int]]:
        """What ``token`` is a misspelt form of: "fukkin"."""
        for size in range(1, min(len(token) - SHORTEST, 5)):
            ending, stem = token[-size:], token[:-size]
            if ending not in FORMS or common.has(stem) or self._is_form_of_listed(stem):
                continue
            for word in self._heard(stem):
                if has_vowels_of(stem, word, exactly=ending not in _PLURAL):
                    yield word, Need.RESPELLING | Need.COMPOUND

    def _is_form_of_listed(self, stem: str) -> bool:
        """Whether a token with ``stem`` and an ending is no misspelling, but grammar."""
        once = stem[:-1] if stem[-1] == stem[-2] else stem
        return any(each in self._owners for each in (stem, f"{stem}e", once))

    def _within(self, token: str) -> Iterator[tuple[str, int]]:
        if self._machine is None:
            return
        for number, start, end in self._machine.find_matches_as_indexes(token, overlapping=True):
            before, after = token[:start], token[end:]
            part = self._spellings[number]
            for word in self._parts[part]:
                needs = Need.COMPOUND if part == word else Need.COMPOUND | Need.RESPELLING
                if part != word and len(part) < _SHORTEST_HEARD:
                    fits = _has_long_partner(before, after)
                elif word not in self._unmistakable:
                    fits = self._is_beside_partner(before, after)
                else:
                    fits = bool(before or after) and self._is_before(before)
                    fits = fits and self._is_after(
                        after,
                        grammar=bool(before),
                        names=not before or before in ABUSIVE_BEFORE,
                    )
                if fits:
                    yield word, needs

    def _is_beside_partner(self, before: str, after: str) -> bool:
        """Whether a word that may be harmless stands beside one that makes it harmful."""
        if not before:
            return self._is_listed(after) or (
                is_partner(after, AFTER) and after.removesuffix("s") not in HARMLESS_AFTER
            )
        if after and after not in ("s", "es", "z", "ez", "y"):
            return False
        return before in ABUSIVE_BEFORE or self._is_listed(before) or _is_about_owner(before)

    def _is_before(self, letters: str) -> bool:
        if not letters or is_partner(letters, BEFORE) or self._is_listed(letters):
            return True
        return _is_long_phrase(letters)

    def _is_after(self, letters: str, *, grammar: bool, names: bool) -> bool:
        """Whether ``letters`` may follow.

        Args:
            grammar: endings of grammar do; where nothing goes before, they are for another check.
            names: endings that many names have do.
        """
        if not letters or (letters in SLANG_ENDINGS and (names or letters not in NAMES_END)):
            return True
        if letters in FORMS:
            return grammar
        return any(
            is_partner(rest, AFTER) or self._is_listed(rest) or _is_long_phrase(rest)
            for rest in (letters, *_without_endings(letters))
        )

    def _is_listed(self, letters: str) -> bool:
        if len(letters) < SHORTEST:
            return False
        stems = (letters, *(letters.removesuffix(end) for end in ("s", "er", "ers", "ed", "ing")))
        return any(stem in self._parts for stem in stems)

    def _respelt_within(self, token: str) -> Iterator[tuple[str, int]]:
        """Misspelt words beside one that goes with them: "fukhead"."""
        for at in range(SHORTEST, len(token) - SHORTEST + 1):
            first, second = token[:at], token[at:]
            parts = [first] if is_partner(second, AFTER) else []
            if is_partner(first, BEFORE):
                parts += [second, *_without_forms(second)]
            for part in parts:
                for word, needs in self._respelt(part):
                    if word in self._unmistakable:
                        yield word, needs | Need.COMPOUND


def _consonants(heard: str) -> str:
    return heard.replace("-", "").replace("A", "")


def _without_endings(letters: str) -> list[str]:
    """What follows a word and its grammatical ending: "ingbitch", "edup"."""
    return [
        letters[len(ending) :] for ending in ("ed", "er", "ing", "in") if letters.startswith(ending)
    ]


def _without_forms(letters: str) -> list[str]:
    return [
        letters[: -len(ending)]
        for ending in ("s", "z", "er", "ers", "ed", "ing", "in", "a", "as", "az")
        if letters.endswith(ending)
    ]


def _has_long_partner(before: str, after: str) -> bool:
    """Whether one word that is long enough stands beside a short misspelling, and no more."""
    if before:
        return not after and len(before) >= _LONG - 1 and is_partner(before, BEFORE)
    return len(after) >= _LONG - 1 and is_partner(after, AFTER)


def _is_long_phrase(letters: str) -> bool:
    return len(letters) > 1 and is_phrase(letters)


def _is_about_owner(letters: str) -> bool:
    """Whether ``letters`` are little words that end with one of OWNERS: "kissmy"."""
    return any(
        letters.endswith(owner) and (letters == owner or is_phrase(letters[: -len(owner)]))
        for owner in OWNERS
    )


_PLURAL = frozenset(("s", "z", "es", "ez"))


def _reads_alike(token: str, word: str) -> bool:
    """Whether ``token``, which sounds like ``word``, is also spelt nearly so."""
    heard, wanted = consonants_heard(token), consonants_heard(word)
    if heard[0] != wanted[0]:
        return False
    unstressed = ends_unstressed(token) and ends_unstressed(word)
    if unstressed:
        # "Bona" is no "boner", but "nigga" is meant.
        return (heard[-1] != "a" or heard[-2] == heard[-3]) and _is_near(heard, wanted, 2)
    exactly = len(word) < _LONG
    return has_vowels_of(heard, wanted, exactly=exactly) and _is_near(
        heard, wanted, 1 + (len(word) > _LONG + 1)
    )


def _is_near(heard: str, wanted: str, most: int) -> bool:
    return bool(OSA.distance(heard, wanted, score_cutoff=most) <= most)
