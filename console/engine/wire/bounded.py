"""Texts and lists from outside, cut where they enter, with a visible mark and a count."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from console.engine.wire.limits import MAX_COUNT, MAX_ID

Id = Annotated[str, Meta(max_length=MAX_ID)]
"""An id: what is too long for one makes its owner malformed, because half an id is another's."""

Texts: TypeAlias = tuple[tuple[str, int, str], ...]
"""Field, most characters, and what such a text is called in the plural."""

S = TypeVar("S", bound=Sequence[Any])


class Tally:
    """How often what was cut, since it was last asked."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def note(self, sentence: str, count: int = 1) -> None:
        """``sentence`` says what was cut; there are few of them."""
        self._counts[sentence] = self._counts.get(sentence, 0) + count

    def take(self) -> dict[str, int]:
        """The counts by sentence, which then begin anew."""
        counts, self._counts = self._counts, {}
        return counts


CUT = Tally()
"""Of this process: decoders have nobody to tell, so whoever talks to the window asks here."""


def cut_text(text: str, most: int, what: str) -> str:
    """``text``, or its first ``most`` characters with a mark of how many are missing."""
    if len(text) <= most:
        return text
    CUT.note(f"{what} longer than {most:,} characters were cut.")
    return f"{text[:most]}…⟦+{len(text) - most:,}⟧"


def cut_list(items: S, most: int, what: str) -> S:
    """``items``, or the first ``most`` of them."""
    if len(items) <= most:
        return items
    CUT.note(f"{what} beyond {most:,} were left out.", len(items) - most)
    return items[:most]  # type: ignore[return-value]  # a slice of a sequence is of its kind


def believable(count: int) -> int:
    """A number of people, neither negative nor beyond all reason."""
    return min(MAX_COUNT, max(0, count))


def believable_sum(counts: Iterable[int]) -> int:
    """Numbers of people together, under the same bounds."""
    return believable(sum(map(believable, counts)))


class Bounded(Struct, frozen=True):
    """A struct of the wire whose texts have an end: those in ``texts``."""

    texts: ClassVar[Texts] = ()

    def __post_init__(self) -> None:
        for field, most, what in self.texts:
            text = getattr(self, field)
            if text is not None and len(text) > most:
                force_setattr(self, field, cut_text(text, most, what))
