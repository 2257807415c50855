"""What a file of texts is read into: rows with a text, and rows that could not be used."""

from typing import Any

from msgspec import Struct

NO_LABEL = frozenset(
    {"", "0", "0.0", "none", "null", "nan", "n/a", "na", "-", "keep", "ok", "clean", "false", "no"}
    | {"[]", "neither", "neutral", "normal", "benign", "safe", "ham", "not toxic", "non-toxic"}
    | {"not hate", "nothate", "non-hateful", "not hateful", "non-offensive", "not offensive"}
)
"""What files write for "nothing is wrong with this text"."""


class TextRow(Struct, frozen=True):
    """One text of a file.

    Attributes:
        line: from 1, of the file; in one JSON document the number of the text.
        labels: the true labels; empty for nothing wrong, None for a line without labels.
        speaker: user id or name, where the file tells it. It is never judged.
        call: the call's cid, where the file tells it.
        at: seconds, of the clock or since the beginning; 0.0 where the file does not tell.
    """

    text: str
    line: int = 0
    labels: tuple[str, ...] | None = None
    language: str = ""
    speaker: str = ""
    call: str = ""
    at: float = 0.0


class BadRow(Struct, frozen=True):
    """A row that cannot be used, and why. ``line``: where it begins, from 1."""

    line: int
    sentence: str


def labels_in(cell: Any) -> tuple[str, ...]:
    """The labels of a cell: ``INSULT; SCAM``, a list of texts, 1 for "something", 0 for nothing."""
    if isinstance(cell, list | tuple):
        names = [str(each) for each in cell]
    else:
        names = str("" if cell is None else cell).replace(",", ";").split(";")
    return tuple(name.strip() for name in names if name.strip().casefold() not in NO_LABEL)
