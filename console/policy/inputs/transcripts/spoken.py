"""One piece of a transcript: who said what, and when."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.times import AT_THE_BEGINNING

Document = Mapping[str, Any]
Piece = TextRow | BadRow


class Transcript(Struct, frozen=True):
    """How one service writes transcripts.

    Attributes:
        name: for people.
        fits: whether a document is of this service.
        spoken: its texts in order, and the pieces without one.
    """

    name: str
    fits: Callable[[Document], bool]
    spoken: Callable[[Document], Iterator[Piece]]


def piece(
    text: Any, at: Any = None, unit: float = 1.0, speaker: Any = None, language: Any = ""
) -> Iterator[Piece]:
    """One text; none where it is blank. ``at`` in units of ``unit`` seconds."""
    if not isinstance(text, str):
        yield BadRow(0, "a piece of the transcript has no text.")
        return
    if not text.strip():
        return
    yield TextRow(
        text.strip(),
        language=str(language or ""),
        speaker=_name(speaker),
        at=_seconds(at, unit),
    )


def _name(speaker: Any) -> str:
    """A number is a voice that was told apart and has no name."""
    if speaker is None or isinstance(speaker, bool):
        return ""
    return f"speaker {speaker}" if isinstance(speaker, int | float) else str(speaker)


def _seconds(at: Any, unit: float) -> float:
    try:
        found = float(str(at).removesuffix("s")) * unit
    except ValueError:
        return 0.0
    if not 0 <= found < 1e12:
        return 0.0
    return found or AT_THE_BEGINNING


def objects(value: Any) -> list[Document]:
    """The objects of a list; nothing for any other value."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def table(value: Any) -> Document:
    """An object; an empty one for any other value."""
    return value if isinstance(value, Mapping) else {}


def sentences(words: list[tuple[str, Any, Any]], pause: float = 1.0) -> Iterator[Piece]:
    """Words ``(text, seconds, speaker)`` as texts: a new one for each speaker and after a pause."""
    held: list[str] = []
    begin, who, last = 0.0, None, 0.0
    for text, at, speaker in words:
        when = _seconds(at, 1.0) or last
        if held and (speaker != who or when - last > pause or len(held) >= 60):
            yield from piece(" ".join(held), begin, speaker=who)
            held = []
        if not held:
            begin, who = when, speaker
        held.append(text)
        last = when
    yield from piece(" ".join(held), begin, speaker=who)
