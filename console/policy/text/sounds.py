"""How a word sounds, near enough: spellings that are read alike get the same letters. Pure.

For English and what is written in its manner. Capital letters stand for one sound that is written
with two letters: C is "ch", S is "sh", T is "th", A is how "-er" and "-a" end.
"""

import re
from collections.abc import Iterator

_SIGNS = (
    ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("ph", "f"), ("gh", "g"), ("wh", "w"),
    ("ck", "k"), ("cc", "k"), ("qu", "k"), ("q", "k"), ("dg", "j"), ("x", "ks"), ("th", "T"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_RUN = re.compile(r"([^aeiou])\1+|([aeiou])\2(?=\2)")
"""Consonants count once, and vowels twice at most."""
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiouy])")
_UNSTRESSED_END = re.compile(r"(?<=[^aeiou])(?:[aeou]r|ah?|uh)$")
_VOWELS = re.compile(r"[aeiouy]+")
_SEVERAL_VOWELS = re.compile(r"[aeiouy]{2,}")
_V_AS_U = re.compile(r"(?<![aeiouy])v(?![aeiouy])")
_HEARD = {
    "aa": "a", "ai": "a", "au": "o", "aw": "o", "ay": "e", "ea": "i", "ee": "i", "ei": "i",
    "ew": "u", "ey": "i", "ie": "i", "ii": "i", "oe": "o", "oh": "o", "oo": "u", "ou": "u",
    "ow": "o", "uu": "u", "y": "i",
}  # fmt: skip


def consonants_heard(word: str) -> str:
    """``word`` with its consonants nearly as they are heard; vowels as they are written."""
    for written, heard in _SIGNS:
        if written in word:
            word = word.replace(written, heard)
    return _LONG_RUN.sub(r"\1\1", _SOFT_C.sub("s", word).replace("c", "k"))


def bones(word: str) -> str:
    """The consonants of ``word`` as they sound, with a sign where vowels stand."""
    return _VOWELS.sub("-", sound(word))


def has_vowels_of(heard: str, wanted: str, *, exactly: bool) -> bool:
    """Whether the vowels of ``heard`` are those of ``wanted``, however often.

    Unless ``exactly``, others may stand beside them: "shiat" has those of "shit", "shoat" has not.
    """
    written = _VOWELS.findall(heard.replace("y", "i"))
    meant = _VOWELS.findall(wanted.replace("y", "i"))
    return len(written) == len(meant) and all(
        set(one) == set(group) or (not exactly and set(one) < set(group))
        for group, one in zip(written, meant, strict=True)
    )


def ends_unstressed(word: str) -> bool:
    """Whether ``word`` ends as "-er" is spoken: "-a", "-uh", "-or"."""
    return _UNSTRESSED_END.search(word) is not None


def sound(word: str) -> str:
    """``word`` (folded, Latin letters only) as it sounds."""
    bare = _UNSTRESSED_END.sub(
        "A", _SILENT_H.sub("", _RUN.sub(r"\1\2", consonants_heard(word).replace("z", "s")))
    )
    return _VOWELS.sub(lambda vowels: _HEARD.get(vowels.group(), vowels.group()), bare)


def sounds(word: str) -> Iterator[str]:
    """The ways in which ``word`` may be meant to sound, at most five; the first is :func:`sound`.

    Vowels that were written beside one another may stand for any of them ("shiat"), and a "v"
    between consonants for a "u".
    """
    heard = sound(word)
    yield heard
    if (v_as_u := _V_AS_U.sub("u", heard)) != heard:
        yield v_as_u
    several = _SEVERAL_VOWELS.search(heard)
    if several is not None:
        for vowel in dict.fromkeys(several.group().replace("y", "i")[:3]):
            yield heard[: several.start()] + vowel + heard[several.end() :]
