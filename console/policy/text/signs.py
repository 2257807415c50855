"""Entries whose signs count: "c++" is not "c", "-1" is not "1", and an emoji is what it shows.

Punctuation between the letters of a word and between the words of a phrase does not count
("e-mail", "i'll", "stop, thief"), nor does it at the end of a phrase. Every other sign of an entry
does, and the entry is found where its signs stand too. For that a text has a reading of its own,
in which signs stay and letters are folded.
"""

import unicodedata

from console.policy.text.folding import CONFUSABLE, PLAIN, SPACE, FoldTable, is_unspaced

_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›ʼ＇＂"
_WITHIN = f"{_QUOTES}.,:;/\\_·•…-‐‑‒–—―"
"""Between two letters these do not count; quotes never do."""
_AFTER = f"{_QUOTES}.,:;!?…、。！？，：；"
"""Between a word and the space before the next one these do not count."""
_ALONE = f"{_QUOTES}.,:;/\\·•…-‐‑‒–—―"
"""Between two spaces these do not count."""
_END = f"{_AFTER} "
"""At the end of a phrase of several words these do not count."""
_MAKES_PICTURE = "\ufe0f\u20e3"
"""What follows a letter, digit or sign that is shown as an emoji."""
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def has_signs(entry: str) -> bool:
    """Whether a sign of ``entry`` counts."""
    words = [at for at, char in enumerate(entry) if _is_word(char)]
    if has_pictures(entry) or not words:
        return has_pictures(entry)
    first, last = words[0], words[-1]
    if SPACE in entry[first:last]:
        entry = entry[: last + 1] + entry[last + 1 :].rstrip(_END)
    return any(
        _counts(char, entry[at - 1 : at], entry[at + 1 : at + 2], inside=first < at < last)
        for at, char in enumerate(entry)
        if not (_is_word(char) or char.isspace() or PLAIN[ord(char)] == "")
    )


def has_pictures(entry: str) -> bool:
    """Whether ``entry`` holds an emoji, also one that could be read as a letter or a digit."""
    return any(_is_picture(char) or char in _MAKES_PICTURE for char in entry)


def _counts(char: str, before: str, after: str, *, inside: bool) -> bool:
    if char in _QUOTES:
        return False
    if not inside:
        return True
    left, right = _is_word(before), _is_word(after)
    if left and right:
        return char not in _WITHIN
    if left:
        return char not in _AFTER
    return char not in _ALONE or right


def _is_word(char: str) -> bool:
    """Whether ``char`` is a letter, a digit or a mark, or looks like one."""
    return bool(char) and (_is_seen(PLAIN[ord(char)]) or _is_seen(CONFUSABLE[ord(char)]))


def _is_seen(folded: str) -> bool:
    return folded not in ("", SPACE)


def _fold_sign(char: str, letters: FoldTable) -> str:
    folded = letters[ord(char)]
    if folded != SPACE or char.isspace():
        return folded
    if char in _SKIN_TONES:
        return ""
    if char in _QUOTES:
        return "'"
    if char == "\u2212" or unicodedata.category(char) == "Pd":
        return "-"
    alike = unicodedata.normalize("NFKC", char)
    return alike if len(alike) == 1 and not alike.isspace() else char


SIGNS = FoldTable(lambda char: _fold_sign(char, PLAIN))
"""As PLAIN; signs stay."""
CONFUSABLE_SIGNS = FoldTable(lambda char: _fold_sign(char, CONFUSABLE))
"""As CONFUSABLE; signs stay."""


def signed(text: str, table: FoldTable = SIGNS) -> str:
    """``text`` folded with its signs; one space between words, none at the ends."""
    return SPACE.join(text.translate(table).split())


def without_gaps(form: str) -> str:
    """``form`` without the spaces beside its emoji, which people leave out."""
    return "".join(
        char
        for at, char in enumerate(form)
        if char != SPACE or not (_is_picture(form[at - 1]) or _is_picture(form[at + 1]))
    )


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` of a signed reading is no part of something longer.

    An emoji may stand anywhere. Letters and digits at an edge end where the word ends, and so do
    signs that are written close to a word, but for a leading full stop (".onion").
    """
    if not any(char.isalnum() for char in text[start:end]):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return _is_edge(before, text[start], dot=".") and _is_edge(after, text[end - 1])


def _is_edge(outside: str, inside: str, *, dot: str = "") -> bool:
    if inside == dot or is_unspaced(inside) or _is_picture(inside):
        return True
    return not outside or PLAIN[ord(outside)] == SPACE


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So"
