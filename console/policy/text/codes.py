"""Digits and signs that are no letters: numbers with a unit, codes, prices, brackets. Pure.

Leet reads "1d10t" as a word. It must not read "45s", "A55", "A$5", "B00B-1234" or "(rap)" as one,
so these are told apart before any digit or sign becomes a letter. Formulas are told apart before
letters are joined.
"""

import re

_LETTER = r"[^\W\d_]"
_MONEY = "$€£¥＄"
_NUMBER = re.compile(
    rf"""
      {_LETTER}{{0,3}}[{_MONEY}]\d[\d.,]*{_LETTER}{{0,3}}   # A$5, £20k
    | [+-]?\d[\d.,:/]*[{_MONEY}%°]{_LETTER}{{0,2}}          # 5€, 20°C
    | [#+-]?\d[\d.,:/]*['’]?{_LETTER}{{1,2}}                # 45s, 60's, 4th, 10km, 34DD
    | [+-]?\d{{2,}}{_LETTER}{{3}}                           # 12lbs, 55min
    | \#?{_LETTER}{{1,2}}\d+                                # A55, MP5, KY5
    | {_LETTER}{{3}}\d{{2,}}                                # BMW55
    | (?:0x|\#)[\da-f]+                                     # 0xB00B, #a55a55
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOINT = re.compile(r"[-/._:,;#()\[\]{}=&?]+")
_DIGIT = re.compile(r"\d")
_TRAILING = re.compile(r"[\W_]+\Z")
_SHORT_CODE, _LONG_CODE = 2, 3
"""Digits of a part that make a code of the whole: of a text in capitals, and of any."""


def is_code(chunk: str) -> bool:
    """Whether the digits of ``chunk``, which holds no space, are digits and no letters."""
    if _DIGIT.search(chunk) is None:
        return False
    body = _TRAILING.sub("", chunk.lstrip("([{\"'“‘’"))
    if _NUMBER.fullmatch(body):
        return True
    parts = [part for part in _JOINT.split(body) if part]
    with_digits = [part for part in parts if any(char.isdigit() for char in part)]
    if len(parts) < 2 or not with_digits:
        return False
    longest = max((len(part) for part in parts if part.isdigit()), default=0)
    capitals = body.upper() == body
    if longest >= (_SHORT_CODE if capitals else _LONG_CODE):
        return True
    return all(part.isdigit() or _NUMBER.fullmatch(part) for part in with_digits)


def brackets(text: str) -> frozenset[int]:
    """Where in ``text`` a round bracket is one, and no "c": where it is closed again.

    Left open within a word ("fu(k") or at its beginning ("(unt") it may stand for a letter.
    """
    if "(" not in text and "（" not in text:
        return frozenset()
    found: set[int] = set()
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened and text[at - 1 : at] not in ":;=-":
            found.add(opened.pop())
    return frozenset(found)


def exclaimed(text: str) -> frozenset[int]:
    """Where in ``text`` an inverted mark opens an exclamation that is closed, and is no "i"."""
    if "¡" not in text:
        return frozenset()
    last = text.rfind("!")
    return frozenset(at for at, char in enumerate(text) if char == "¡" and at < last)


_OPERATOR = r"[+=^×÷*/<>−|]"
_FORMULA = re.compile(
    rf"(?<![^\W_])[^\W_](?:[ ]*{_OPERATOR}[ ]*[^\W_])+(?![^\W_])(?!\s*{_OPERATOR})"
)
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]")
SHORTEST_FORMULA = 4
"""Letters from which single ones with signs between them ("i+d+i+o+t") are a word."""


def is_formula(text: str) -> bool:
    """Whether ``text``, single letters that are set apart, is a formula: few, with signs between
    them or in the letters of mathematics.
    """
    letters = sum(char.isalnum() for char in text)
    if letters >= SHORTEST_FORMULA:
        return False
    return _FORMULA.fullmatch(text.strip()) is not None or bool(_MATHEMATICAL.search(text))
