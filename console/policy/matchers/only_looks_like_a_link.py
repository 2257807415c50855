"""Times, files, abbreviations and sentences run together, which only look like a domain. Pure.

Allow-lists object to every domain that they do not name, so they must not take "9.30pm", "notes.md"
or "done.so we" for one. Lists of domains are asked about what they name and need none of this.
"""

import re
from functools import cache

from publicsuffixlist import PublicSuffixList

from console.policy.text.language_guess import is_common

KNOWN_ENDINGS = (
    "com|net|org|io|gg|me|tv|ru|uk|de|fr|info|biz|xyz|app|dev|shop|site|online|link|example"
)
"""Endings that people read out, and one that is reserved for examples (RFC 2606)."""

_KNOWN = frozenset(KNOWN_ENDINGS.split("|"))
# Endings of countries and companies that are met far more often behind the name of a file.
_FILES = frozenset(("md", "rs", "sh", "py", "ps", "so", "cc", "zip", "mov", "mm"))
_STOPS = """
ok okay yes yeah yep nope well right sure thanks thank good great fine done stop wait hello hi hey
sorry tell call text help let look now then here today tomorrow later again nice cool really maybe
bye dr mr mrs ms st prof vs etc no nr art fig vol ch pp jr sr approx
"""
_BEFORE_A_STOP = frozenset(_STOPS.split())
_CODE = frozenset(("self", "this", "obj", "window", "document"))
"""Before a full stop these are somebody's program."""
_LEADS_TO = "visit at on see check via from my our browse website site open"
_LEADS = frozenset(_LEADS_TO.split())
_WORD_BEFORE = re.compile(r"(\w+)\W*\Z")
_WORD_AFTER = re.compile(r"\s+(\w+)")
_SHORT_NAME = 5
"""Letters at most before a .NET that stands for the framework: ASP.NET, VB.NET."""


def is_doubtful(text: str, start: int, end: int) -> bool:
    """Whether the domain at ``text[start:end]``, written with full stops, may be none."""
    written, after = text[start:end], text[end : end + 2]
    labels = written.split(".")
    ending = labels[-1].casefold()
    if text[max(0, start - 3) : start] == "://":
        return False
    if not _is_ending(ending):
        return True
    if labels[0].casefold() == "www":
        return False
    if after[:1] == "/" or (after[:1] == ":" and after[1:].isdigit()):
        return False
    return (
        _is_title(labels[-1], ending)
        or _is_number_or_abbreviation(labels[:-1], ending)
        or ending in _FILES
        or labels[0].casefold() in _CODE
        or _is_framework(labels)
        or _is_two_words(text, start, end, labels)
    )


def _is_title(written: str, ending: str) -> bool:
    """ "well.But", "St.James"."""
    return written.istitle() and ending not in _KNOWN


def _is_number_or_abbreviation(before: list[str], ending: str) -> bool:
    """ "5.am", "104.6.fm"; "a.m.to", "U.S.is"."""
    if all(label.isdigit() for label in before):
        return len(ending) == 2
    return len(before) > 1 and all(len(label) == 1 for label in before)


def _is_framework(labels: list[str]) -> bool:
    name = labels[-2]
    mixed = name != name.lower() and name != name.upper()
    return labels[-1] == "NET" and (mixed or len(name) <= _SHORT_NAME)


def _is_two_words(text: str, start: int, end: int, labels: list[str]) -> bool:
    """ "ok.so", "tell.me"; "budget.it was late"."""
    word, ending = labels[-2].casefold(), labels[-1].casefold()
    if not _is_word(ending):
        return False
    if word in _BEFORE_A_STOP or _is_word(word):
        return True
    led = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if led is not None and led[1].casefold() in _LEADS:
        return False
    follows = _WORD_AFTER.match(text, end)
    return ending not in _KNOWN and follows is not None and _is_word(follows[1].casefold())


def _is_word(word: str) -> bool:
    return is_common(word) and (len(word) > 1 or word in ("i", "a"))


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def prepare() -> None:
    """Read the list of endings now: a tenth of a second, once."""
    _suffixes()


def _is_ending(ending: str) -> bool:
    return ending in _KNOWN or _suffixes().publicsuffix(f"x.{ending}") is not None
