"""When two labels are the same: ``HATE_SPEECH``, ``hate speech`` and ``Hate-Speech`` are."""

import re

_GAP = re.compile(r"[\s_-]+")


def label_key(label: str) -> str:
    """What equal labels have in common; Stream spells its own in both ways (STREAM.md 6.4)."""
    return _GAP.sub("_", label.strip()).casefold()
