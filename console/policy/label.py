"""Labels, and what gives them, as people write them."""

import re

_GAP = re.compile(r"[\s_-]+")
_WHAT = "local classifier"


def label_key(label: str) -> str:
    """What equal labels have in common: ``HATE_SPEECH``, ``hate speech`` and ``Hate-Speech`` are.

    Stream spells its own in both ways (STREAM.md 6.4).
    """
    return _GAP.sub("_", label.strip()).casefold()


def classifier_name(name: str) -> str:
    """``local classifier tiny`` for ``tiny``; a name that says so already stays as it is.

    It makes clear that the labels are not Stream's.
    """
    return name if name.casefold().startswith(_WHAT) else f"{_WHAT} {name}".rstrip()
