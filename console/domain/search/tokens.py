"""The words of a text as the index of the search holds them. Pure.

Scripts without spaces between words (Han, Kana, Thai, Lao, Khmer, Burmese, and Hangul, whose words
carry endings) become overlapping pairs of characters, with the last character of a run alone: so
each character begins a token, a word of two characters is one token, and a longer one a phrase.
Everything else is cut into words of letters and digits; an emoji is a word. Case, width, the
accents of Latin, Greek and Cyrillic letters, Arabic and Hebrew vowel points and characters that
show nothing make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from console.base.invisible import is_invisible

MAX_TEXT = 32_768
"""Characters of a text that are indexed."""
MAX_TOKEN = 40
"""Characters of one token; what is longer is cut alike in index and query."""

_RUN = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic scripts are no letters, and yet part of words.
_WITHIN = "\u0300-\u036f\u0900-\u0963\u0966-\u0df3\ua8e0-\ua8ff"
_SYMBOL = "\u2100-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001ffff"
_LETTER = f"[^\\W_{_RUN}{_SYMBOL}]"
_PIECES = re.compile(f"([{_RUN}]+)|[{_SYMBOL}]|{_LETTER}+(?:[{_WITHIN}]+{_LETTER}*)*")
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}


class Token(NamedTuple):
    """One word of an index.

    Attributes:
        word: as the index holds it.
        start, end: where it stands in the text (code points).
        run: it is a piece of a run of characters without spaces.
        last: it is the last character of such a run, alone.
    """

    word: str
    start: int
    end: int
    run: bool = False
    last: bool = False


class _Folds(dict[int, str]):
    """What each character becomes, found once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = "" if is_invisible(char) else _folded(char)
        return folded


def _folded(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char).casefold()
    return "".join(filter(_counts, _without_accents(wide)))


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return plain if plain and ord(plain[0]) < 0x0530 else text


def _counts(char: str) -> bool:
    code = ord(char)
    accent = 0x0300 <= code <= 0x036F
    point = 0x0591 <= code <= 0x05C7 or 0x064B <= code <= 0x065F or code == 0x0670
    return not (accent or point)


_FOLDS = _Folds()


def folded(text: str) -> str:
    """``text`` in the form in which it is compared; its places are others."""
    if text.isascii():
        return text.lower().translate(_FOLDS) if not text.isprintable() else text.lower()
    return unicodedata.normalize("NFC", text).translate(_FOLDS)


def words_of(text: str) -> str:
    """The tokens of ``text`` with a space between them: what goes into the index."""
    plain = folded(text[:MAX_TEXT])
    if plain.isascii():
        return " ".join(word[:MAX_TOKEN] for word in plain.translate(_ASCII_WORDS).split())
    return " ".join(token.word for token in _tokens(plain))


def squeezed(text: str) -> str:
    """A name of Stream's such as ``SELF_HARM`` as one word: ``selfharm``."""
    return "".join(filter(str.isalnum, folded(text)))[:MAX_TOKEN]


def tokens_of(text: str) -> list[Token]:
    """The tokens of ``text`` with their places in it."""
    if text.isascii() and text.isprintable():
        return list(_tokens(text.lower()))
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        part = _FOLDS[ord(char)]
        parts.append(part)
        places += [place] * len(part)
    return [
        token._replace(start=places[token.start], end=places[token.end - 1] + 1)
        for token in _tokens("".join(parts))
    ]


def phrase_of(text: str) -> list[Token]:
    """The tokens that a phrase of a query asks for, one behind the other.

    The last character of a run of several is asked for only where something follows: a longer run
    of a text holds the shorter one of a query.
    """
    tokens = tokens_of(text)
    if len(tokens) > 1 and tokens[-1].last and tokens[-2].end == tokens[-1].end:
        tokens.pop()
    return tokens


def _tokens(text: str) -> Iterator[Token]:
    for found in _PIECES.finditer(text):
        start, end = found.span()
        if found.group(1) is None:
            yield Token(text[start:end][:MAX_TOKEN], start, end)
            continue
        for place in range(start, end - 1):
            yield Token(text[place : place + 2], place, place + 2, run=True)
        yield Token(text[end - 1], end - 1, end, run=True, last=True)


def spans_of(phrase: list[Token], text: list[Token], *, prefix: bool) -> Iterator[tuple[int, int]]:
    """Where the tokens of ``text`` hold ``phrase``; with ``prefix`` its last word may go on."""
    if not phrase:
        return
    length = len(phrase)
    *whole, end = [token.word for token in phrase]
    for place in range(len(text) - length + 1):
        here = islice(text, place, place + length)
        words = [token.word for token in here]
        last = words.pop()
        if words == whole and (last.startswith(end) if prefix else last == end):
            size = len(end) if text[place + length - 1].run else 0
            stop = text[place + length - 1].start + size if size else text[place + length - 1].end
            yield text[place].start, stop
