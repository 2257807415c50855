"""Everything to look for so that one entry of a word list is found."""

from console.policy.folding import CONFUSABLE, PLAIN, SPACE, words_of
from console.policy.model import Blocklist
from console.policy.plural import plurals
from console.policy.respelling import respellings
from console.policy.word_ending import forms_without_e

MAX_JOINED, SHORTEST_JOINED = 3, 6
"""Phrases of up to so many words are also looked for written as one, if that is so long."""


def word_forms(word: str, blocklist: Blocklist) -> set[str]:
    """``word`` folded; none when it has no letter, digit or mark."""
    forms = {words_of(word, PLAIN)}
    if blocklist.is_confusable_folding_enabled:
        forms.add(words_of(word, CONFUSABLE))
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
