"""What every format of a file of texts offers."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from console.policy.inputs.understood import Asked, Reading

MOST_AHEAD = 200
"""Lines or rows that are looked at before the first is judged."""


class Head(Struct, frozen=True):
    """The beginning of a file. ``suffix``: of its name, such as ``.csv``, in small letters.

    ``whole``: these are all its lines. Lines are without their ends.
    """

    suffix: str
    lines: tuple[str, ...]
    whole: bool = False

    @property
    def said(self) -> tuple[str, ...]:
        """The lines that are not blank."""
        return tuple(line for line in self.lines if line.strip())


class Format(Struct, frozen=True):
    """One format.

    Attributes:
        recognizes: whether a file that begins so is in this format.
        read: reads the lines of such a file.
        has_columns: ``read`` looks for the columns that are named; other formats have none.
    """

    recognizes: Callable[[Head], bool]
    read: Callable[[Iterator[str], Head, Asked], Reading]
    has_columns: bool = False
