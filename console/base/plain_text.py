"""Hostile text made safe to look at: direction marks and control characters become visible.

Callers still have to use plain-text widgets; this only deals with characters that deceive inside
plain text (Unicode Technical Report 36, section 3; Trojan Source, CVE-2021-42574).
"""

import re
import unicodedata

_NAMES = {
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2028": "LS",
    "\u2029": "PS",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}

# ZWJ and ZWNJ (U+200D, U+200C) stay: emoji and several scripts need them.
_DECEIVING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def _mark(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's own pictures of the control characters
    if code == 0x7F:
        return "\u2421"
    return f"⟦{_NAMES.get(char, f'U+{code:04X}')}⟧"


def visible(text: str) -> str:
    """``text`` on one line, with every deceiving character replaced by a visible mark.

    Combining marks beyond four in a row are cut (so-called Zalgo text paints over other rows),
    with a mark that says how many.
    """
    shown = _DECEIVING.sub(_mark, text)
    if shown.isascii():
        return shown
    return _limit_combining(shown)


def _limit_combining(text: str, most: int = 4) -> str:
    out: list[str] = []
    run = 0
    for char in text:
        if unicodedata.combining(char):
            run += 1
            if run <= most:
                out.append(char)
            continue
        if run > most:
            out.append(f"⟦+{run - most}⟧")
        run = 0
        out.append(char)
    if run > most:
        out.append(f"⟦+{run - most}⟧")
    return "".join(out)
