"""Everything to look for so that one entry of a word list is found.

English plurals and endings, generously: a form that is no word does no harm. And spellings that
sound the same and are written to get past a list: "phool", "shvt", "dvcc".
"""

import re
from collections.abc import Iterator

from console.policy.model import Blocklist
from console.policy.text.folding import CONFUSABLE, PLAIN, SPACE, words_of
from console.policy.text.signs import (
    CONFUSABLE_SIGNS,
    has_pictures,
    has_signs,
    signed,
    without_gaps,
)

_SIBILANTS = ("s", "x", "z", "ch", "sh")


def plurals(word: str) -> tuple[str, ...]:
    """The plural forms that ``word`` may take; ``word`` is folded to lower case."""
    if not word or not word[-1].isalpha():
        return ()
    if word.endswith(_SIBILANTS):
        return (f"{word}es",)
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies", f"{word}s")
    if word.endswith("man"):
        return (f"{word[:-3]}men", f"{word}s")
    if word.endswith("o"):
        return (f"{word}s", f"{word}es")
    return (f"{word}s",)


SHORTEST_INSIDE = 4
"""A respelt word shorter than this is looked for as a whole word only: "zz" is in too many."""

# What must be in the word, and what is written for it. (?<!f)...(?!f): "ff" has no such spelling.
_SOUNDS = (
    ("f", ((re.compile("(?<!f)f(?!f)"), "ph"),)),
    ("u", ((re.compile("u"), "v"),)),
    ("ck", ((re.compile("ck"), "kk"), (re.compile("ck"), "cc"), (re.compile("ck"), "k"))),
    ("s", ((re.compile("ss"), "zz"), (re.compile("(?<!s)s$"), "z"))),
)


def respellings(word: str) -> set[str]:
    """Other spellings of ``word`` (folded, one word); short ones that are words elsewhere not.

    Each sound is replaced throughout or not at all, so there are at most 47.
    """
    found = {word}
    for sign, choices in _SOUNDS:
        if sign in word:
            found |= {written.sub(to, each) for written, to in choices for each in found}
    # Three letters with a k are words of many languages ("tak", "dik").
    return {each for each in found if len(each) > 3 or "k" not in each} - {word}


_ENDINGS = ("ed", "er", "ers", "ing", "ings", "y")
_AFTER_E = ("d", "r", "rs")
_VOWELS = frozenset("aeiouy")


def is_ending(word: str, rest: str) -> bool:
    """Whether ``word`` with ``rest`` behind it is a form of ``word``; both folded."""
    if word.endswith("e"):
        return rest in _AFTER_E
    if rest in _ENDINGS:
        return True
    return rest[:1] == word[-1:] and rest[:1] not in _VOWELS and rest[1:] in _ENDINGS


def forms_without_e(word: str) -> tuple[str, ...]:
    """The forms of ``word`` in which its last e is gone, if it ends with one."""
    return (f"{word[:-1]}ing", f"{word[:-1]}ings") if word.endswith("e") and len(word) > 3 else ()


def stems(word: str) -> Iterator[str]:
    """What ``word`` may be a form of."""
    for ending in (*_ENDINGS, *_AFTER_E):
        stem = word.removesuffix(ending)
        if len(stem) < len(word):
            for each in (stem, stem[:-1]):
                if is_ending(each, word[len(each) :]):
                    yield each


MAX_JOINED, SHORTEST_JOINED = 3, 6
"""Phrases of up to so many words are also looked for written as one, if that is so long."""


def word_forms(word: str, blocklist: Blocklist) -> set[str]:
    """``word`` folded; none when its signs count (``signed_forms``), or when nothing is seen."""
    if has_signs(word):
        return set()
    forms = {words_of(word, PLAIN)}
    if blocklist.is_confusable_folding_enabled:
        forms.add(words_of(word, CONFUSABLE))
    forms.discard("")
    return forms


def signed_forms(word: str, blocklist: Blocklist) -> set[str]:
    """``word`` folded with its signs, when they count, or when without them nothing is left."""
    if not has_signs(word) and word_forms(word, blocklist):
        return set()
    forms = {signed(word)}
    forms |= {without_gaps(form) for form in forms}
    if blocklist.is_confusable_folding_enabled and not has_pictures(word):
        forms.add(signed(word, CONFUSABLE_SIGNS))
    forms.discard("")
    return forms


def longer_forms(forms: set[str], blocklist: Blocklist) -> set[str]:
    """The grammatical forms of ``forms`` that ``blocklist`` asks for and that have to be listed."""
    found: set[str] = set()
    if blocklist.is_plural_check_enabled:
        found |= {many for form in forms for many in plurals(form)}
    if blocklist.is_ending_check_enabled:
        found |= {other for form in forms for other in forms_without_e(form)}
    return found - forms


def other_spellings(forms: set[str], *, spacing: bool, leet: bool) -> set[str]:
    """``forms`` as they are written to get past a list: joined up, or as they sound."""
    found: set[str] = set()
    if spacing:
        phrases = [form for form in forms if 0 < form.count(SPACE) < MAX_JOINED]
        joined = (phrase.replace(SPACE, "") for phrase in phrases)
        found |= {each for each in joined if len(each) >= SHORTEST_JOINED}
    if leet:
        found |= {each for form in forms if SPACE not in form for each in respellings(form)}
    return found - forms
