"""Words of other alphabets as people type them with Latin letters: "suka", "7mar", "chutiya". Pure.

Cyrillic and Greek letter by letter; Arabic and Hindi by their consonants, since vowels are not
written there, or as people like; و and ي are taken for vowels. Digits are those
of Arabic chat ("7" is ح).
"""

import re
from typing import Final

_ROWS: Final = {
    "a": "аα", "b": "бب" "ब", "v": "вβ" "वव", "g": "гγ" "गغ", "d": "дδدذض" "दड", "e": "еэεη",
    "z": "зζزظ" "ज़", "i": "иійыιυ", "k": "кκكق" "कक़", "l": "лλل" "लळ", "m": "мμم" "म",
    "n": "нνن" "नणञङं", "o": "оοω", "p": "пπ" "पپ", "r": "рρر" "रऋ", "s": "сσςسص" "स",
    "t": "тτتطث" "तट", "u": "ую", "f": "фφف", "h": "хχحخه" "ह", "c": "цچ" "चछ", "ch": "ч",
    "sh": "шщش" "शष", "zh": "ж", "j": "ج" "जझ", "y": "य", "ya": "я", "yo": "ё", "ps": "ψ",
    "ks": "ξ", "th": "θ", "kh": "ख", "gh": "घ", "dh": "धढ", "bh": "भ", "ph": "फ", "3": "ع",
}  # fmt: skip
LETTERS: Final = {letter: latin for latin, row in _ROWS.items() for letter in row}
_VOWELLESS = re.compile("[\u0600-\u06ff\u0900-\u097f]")
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u04ff\u0600-\u06ff\u0900-\u097f]")
_ALIKE = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "c"), ("chh", "c"), ("ch", "c"), ("tz", "c"),
    ("ts", "c"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("bh", "b"), ("ph", "f"), ("th", "t"),
    ("q", "k"), ("w", "v"), ("x", "ks"), ("zh", "j"),
)  # fmt: skip
_CHAT: Final = str.maketrans({"2": "", "5": "h", "6": "t", "7": "h", "8": "k", "9": "s"})
_CHAT_DIGIT = re.compile("[2356789]")
_VOWELS = re.compile("[aeiou]+")
_RUN = re.compile(r"(.)\1+")


def is_other_script(word: str) -> bool:
    """Whether ``word`` is of one of the alphabets that are known here."""
    return _OTHER.search(word) is not None


def has_chat_digit(word: str) -> bool:
    """Whether ``word`` has a digit that may be an Arabic letter, and letters."""
    return _CHAT_DIGIT.search(word) is not None and not word.isdigit()


def writes_no_vowels(word: str) -> bool:
    """Whether the script of ``word`` leaves vowels out."""
    return _VOWELLESS.search(word) is not None


def romanized(word: str) -> str:
    """``word`` (folded) in Latin letters, spellings that people use for one another made equal."""
    latin = "".join(LETTERS.get(char, char if char.isascii() else "") for char in word)
    for written, instead in _ALIKE:
        latin = latin.replace(written, instead)
    latin = latin.replace("y", "i").replace("j", "i") if not writes_no_vowels(word) else latin
    return _RUN.sub(r"\1", latin)


def consonants(word: str) -> str:
    """The consonants of ``word`` in Latin letters; digits as Arabic chat has them."""
    latin = "".join(LETTERS.get(char, char if char.isascii() else "") for char in word)
    latin = latin.translate(_CHAT)
    for written, instead in _ALIKE:
        latin = latin.replace(written, instead)
    return _RUN.sub(r"\1", _VOWELS.sub("", latin))
