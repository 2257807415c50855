"""What is checked: rows of the log as they were found, not yet believed."""

from dataclasses import dataclass
from pathlib import Path


class UnreadableRowError(Exception):
    """A row cannot be read at all.

    Attributes:
        place: which it would be, from 1. why: one sentence.
    """

    def __init__(self, place: int, why: str) -> None:
        super().__init__(why)
        self.place = place
        self.why = why


@dataclass(frozen=True, slots=True)
class FoundText:
    """A hash that stands for a text of a person.

    Attributes:
        salt, text: None once erased. erased_by: the place of the row that says so, or None.
        who: what is kept to search by, of whom the text is.
    """

    hash: object
    salt: object
    text: object
    erased_by: object
    who: object


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row. ``beside``: other fields that have to say the same as the body, by its keys."""

    place: object
    body: object
    hash: object
    texts: tuple[FoundText, ...]
    beside: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundHead:
    """Where a log stood once: the place and hash of its last row, and the day of that row.

    ``signature`` is empty where it was not signed.
    """

    day: str
    place: int
    hash: str
    key_id: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the check found.

    Attributes:
        rows: how many rows were read, the first bad one included.
        first_bad: the place of the first row that is not as it was written, or None.
        why: what is wrong with it; empty where the log is intact.
        texts, erased: texts of people that are there, and that were erased.
        heads: those of the log itself, in order. compared: how many that were given agree.
        signed: how many signatures are right.
    """

    rows: int
    first_bad: int | None = None
    why: str = ""
    texts: int = 0
    erased: int = 0
    heads: tuple[FoundHead, ...] = ()
    compared: int = 0
    signed: int = 0

    @property
    def intact(self) -> bool:
        """Whether every row is as it was written."""
        return self.first_bad is None


def is_database(path: Path) -> bool:
    """Whether the file begins as a store does."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
