"""Characters reduced to what a reader sees, one at a time, so that offsets can be kept.

Two tables for ``str.translate``: :data:`PLAIN` forgets case and invisible characters;
:data:`CONFUSABLE` also forgets accents, styled letters and look-alikes of other scripts. Both turn
everything that is neither letter, digit nor mark into one space.
"""

import unicodedata
from collections.abc import Callable

from console.base.invisible import is_invisible

_ROWS = {
    "a": "аАαΑɑ∂",
    "b": "ВвьЬΒƄʙ",
    "c": "сСϲϹ¢ᴄ",
    "d": "ԁᏧᴅ",
    "e": "еЕєΕε℮ɛᴇ",
    "f": "ƒϜ",
    "g": "ɡɢ",
    "h": "һНнҺΗʜ",
    "i": "іІιΙɩıɪӀ",
    "j": "јЈϳͿ",
    "k": "кКκΚᴋ",
    "l": "ӏɭʟ",
    "m": "мМΜᴍ",
    "n": "пΝոɴ",
    "o": "оОοΟσօɔᴏ",
    "p": "рРρΡᴘ",
    "q": "ԛԚ",
    "r": "гᴦʀ",
    "s": "ѕЅꜱ",
    "t": "тТτΤᴛ",
    "u": "υՍսᴜ",
    "v": "ѵѴνᴠ",
    "w": "ԝԜѡωᴡ",
    "x": "хХχΧ×",
    "y": "уУүҮΥγʏ",
    "z": "ΖᴢƵƶ",
    "ae": "æÆ",
    "oe": "œŒ",
    "ss": "ß",
}

# Squared, negative-circled and regional letters have no decomposition but are read as letters.
_BLOCKS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)

LOOK_ALIKES: dict[str, str] = {
    look_alike: letter for letter, row in _ROWS.items() for look_alike in row
} | {chr(start + at): chr(ord("a") + at) for start in _BLOCKS for at in range(26)}
LOOK_ALIKES |= {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ħ": "h", "ŧ": "t"}


SPACE = " "

# Accents of alphabets whose letters keep their identity without them. Marks of other scripts
# (vowel signs of Devanagari, for one) make another word and stay.
_ACCENTS = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)


class FoldTable(dict[int, str]):
    """Fills itself as characters turn up; at most one entry for each code point there is."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        self[code] = folded
        return folded


def is_accent(char: str) -> bool:
    """Whether ``char`` is a combining mark that only decorates a letter."""
    code = ord(char)
    return any(low <= code <= high for low, high in _ACCENTS) or unicodedata.category(char) == "Me"


def has_only_accents(text: str) -> bool:
    """Whether ``text`` is of plain Latin letters and accents, the latter at least once."""
    pieces = unicodedata.normalize("NFD", text)
    return not pieces.isascii() and all(char.isascii() or is_accent(char) for char in pieces)


def _is_hangul_syllable(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _classed(char: str) -> str:
    """One folded character: itself, a space, or nothing when it cannot be seen."""
    category = unicodedata.category(char)
    if category == "Cf" or is_invisible(char):
        return ""
    return char if category[0] in "LNM" else SPACE


def _spaces_once(folded: str) -> str:
    return SPACE if SPACE in folded else folded


def fold_plain(char: str) -> str:
    """``char`` without case; letters decomposed so that composed and combining forms are equal."""
    folded = char.casefold()
    if not _is_hangul_syllable(char):
        folded = unicodedata.normalize("NFD", folded)
    return _spaces_once("".join(_classed(piece) for piece in folded))


def fold_confusable(char: str) -> str:
    """``char`` as the plain letter it can be mistaken for."""
    known = LOOK_ALIKES.get(char)
    if known is not None:
        return known
    if _is_hangul_syllable(char):
        return char
    out: list[str] = []
    for piece in unicodedata.normalize("NFKD", char):
        if is_accent(piece):
            continue
        alike = LOOK_ALIKES.get(piece)
        if alike is None:
            # Again in lower case, so that П and п do not part company.
            alike = "".join(LOOK_ALIKES.get(each, each) for each in fold_plain(piece))
        out.append(alike)
    return _spaces_once("".join(out))


PLAIN = FoldTable(fold_plain)
CONFUSABLE = FoldTable(fold_confusable)


def words_of(text: str, table: FoldTable) -> str:
    """``text`` folded: its words in lower case with one space between them, none at the ends."""
    return SPACE.join(text.translate(table).split())


_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def is_unspaced(char: str) -> bool:
    """Whether the script of ``char`` writes words without spaces between them."""
    code = ord(char)
    return code >= _UNSPACED[0][0] and any(low <= code <= high for low, high in _UNSPACED)
