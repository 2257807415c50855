"""Undoes the commonest disguises before a model reads a text. Pure.

Less than the folding of word lists: a model reads whole sentences, and each wrong guess costs it
one. Where there is nothing to undo, the text comes back as it is.
"""

import re
import unicodedata

_UNSEEN = {"Cf", "Cs"}  # formatting signs, and halves of characters
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_LETTER = re.compile(r"[^\W\d_][013457@$!][^\W\d_]")
_WORD = re.compile(r"[^\s,.;:?\"()]+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_-]{1,2}){3,}[^\W\d_](?![^\s.,!?])")
_GAPS = re.compile(r"[ .*_-]+")
_LINK = re.compile(r"https?://\S+")
_CALLED = re.compile(r"(?<!\w)@\w+")
_TAG = re.compile(r"#(?=\w)")
_VOWELS = re.compile(r"([aeiou])\1{2,}", re.IGNORECASE)
_REST = re.compile(r"([^\W\d_])\1{2,}")


def spelled_out(text: str) -> str:
    """``text`` with leet, letters set apart, drawn-out letters and invisible ones made plain.

    People who are called (``@name``) and the insides of links are left out: they say nothing of
    what is meant.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(each for each in plain if unicodedata.category(each) not in _UNSEEN)
    plain = _LINK.sub("link", plain)
    plain = _TAG.sub("", _CALLED.sub("", plain))
    plain = _SPACED.sub(lambda found: _GAPS.sub("", found[0]), plain)
    plain = _WORD.sub(_unleeted, plain)
    plain = _VOWELS.sub(r"\1", plain)
    plain = _REST.sub(r"\1\1", plain)
    return " ".join(plain.split())


def _unleeted(word: re.Match[str]) -> str:
    """Digits and signs as the letters they look like, in a word that has one between letters."""
    written = word[0]
    if not _LEET_LETTER.search(written):
        return written
    end = len(written.rstrip("!"))
    return written[:end].translate(_LEET) + written[end:]
