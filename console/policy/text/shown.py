"""A text as its reader sees it: without characters that show nothing, and the way back."""

from collections.abc import Iterator

from console.base.invisible import BLANK, INVISIBLE, has_invisible


class Shown:
    """What is seen of a text, and where it stands in the original.

    Attributes:
        text: without what shows nothing.
    """

    __slots__ = ("_origin", "text")

    def __init__(self, text: str, origin: list[int] | None = None) -> None:
        """``origin``: of each character the offset in the original; None when nothing is gone."""
        self.text = text
        self._origin = origin

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points behind ``text[start:end]``."""
        if self._origin is None or start >= end:
            return start, end
        return self._origin[start], self._origin[end - 1] + 1


def shown(text: str) -> tuple[Shown, ...]:
    """``text`` as it is seen; twice where blanks may stand in a word or between two of them."""
    if not has_invisible(text):
        return (Shown(text),)
    ways = (text, BLANK.sub(" ", text)) if BLANK.search(text) else (text,)
    return tuple(_without(way) for way in ways)


def _without(text: str) -> Shown:
    kept = list(_visible(text))
    return Shown("".join(char for _, char in kept), [at for at, _ in kept])


def _visible(text: str) -> Iterator[tuple[int, str]]:
    for at, char in enumerate(text):
        if INVISIBLE.match(char) is None:
            yield at, char
