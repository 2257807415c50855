"""Spellings that sound the same and are written to get past a list: "phool", "shvt", "dvcc"."""

import re

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
