"""Which language, or group of languages, the letters of a text alone tell. Pure.

For texts that a model of languages is unsure of, and for where there is none. The ranges are those
of Unicode's Scripts.txt, without what is rare in calls.
"""

import re
from bisect import bisect_right
from collections import Counter

_BY_LANGUAGE = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "und-Cyrl"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "und-Arab"),
    (0x0750, 0x077F, "und-Arab"),
    (0x0900, 0x097F, "und-Deva"),
    (0x0980, 0x09FF, "und-Beng"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x137F, "und-Ethi"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3130, 0x318F, "ko"),
    (0x3400, 0x4DBF, "zh"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
    (0xFB50, 0xFDFF, "und-Arab"),
    (0xFE70, 0xFEFC, "und-Arab"),
)
_FIRST = [first for first, _, _ in _BY_LANGUAGE]
_LETTERS = re.compile("[\u0370-\u1fff\u3040-\ud7ff\uf900-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
MOST = 200
"""Characters of a text that are looked at."""
SHARE = 0.5
"""Of the letters, from which on a script is that of the text."""


def language_of_letters(text: str) -> str:
    """``th`` where only Thai is written so, ``und-Cyrl`` where several languages are.

    Empty for Latin letters, for a mixture and for no letters at all. Han with some Kana is ``ja``.
    """
    if text.isascii():
        return ""
    part = text[:MOST]
    counts = Counter(filter(None, map(_language, _LETTERS.findall(part))))
    if not counts:
        return ""
    if counts["ja"] and counts["zh"]:
        counts["ja"] += counts.pop("zh")
    language, count = counts.most_common(1)[0]
    letters = counts.total() + len(_LATIN.findall(part))
    return language if count > letters * SHARE else ""


def _language(letter: str) -> str:
    at = bisect_right(_FIRST, ord(letter)) - 1
    _, last, language = _BY_LANGUAGE[at]
    return language if ord(letter) <= last else ""
