"""Characters that show nothing: in a word they only keep it from being found, alone they are blank.

By property and not by the ones that were seen: what Unicode calls default ignorable
(DerivedCoreProperties.txt, Default_Ignorable_Code_Point), control characters, and the characters
whose glyph is empty by definition.
"""

import re

_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Tab, line feed and carriage return are white space that people use.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# Annotation and hieroglyph controls, and the code points that never stand for a character.
_FORMATS = "\ufff9-\ufffb\U00013430-\U0001343f\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Braille with no dots, the null notehead, the Khitan filler, the place of an object.
_EMPTY = "\u2800\U0001d159\U00016fe4\ufffc"

INVISIBLE = re.compile(f"[{_IGNORABLE}{_CONTROLS}{_FORMATS}{_EMPTY}]")
"""One character that shows nothing. White space is not meant."""

# Between letters these are part of how words are written: hyphenation, joiners, variants.
_WITHIN_WORDS = "\u00ad\u034f\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"

BLANK = re.compile(f"(?![{_WITHIN_WORDS}]){INVISIBLE.pattern}")
"""Those of them that have no business in a word, so they may as well stand between two."""


def is_invisible(char: str) -> bool:
    """Whether ``char`` shows nothing and is no white space."""
    return INVISIBLE.match(char) is not None


def has_invisible(text: str) -> bool:
    """Whether anything in ``text`` shows nothing; quick where nothing does."""
    if text.isascii() and text.isprintable():
        return False
    return INVISIBLE.search(text) is not None


def shows_nothing(text: str) -> bool:
    """Whether a reader sees nothing at all of ``text``; white space does not show either."""
    return not INVISIBLE.sub("", text).strip()
