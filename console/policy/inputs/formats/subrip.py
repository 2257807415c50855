"""SubRip (SRT) and SubViewer (SBV): cues without a header."""

from collections.abc import Iterator

from console.policy.inputs.formats.cues import ARROW, COMMA, read_cues
from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.understood import Asked, Reading


def _recognizes_subrip(head: Head) -> bool:
    # A number and the times, or at once the times.
    return any(ARROW.fullmatch(line) for line in head.said[:3]) or (
        head.suffix in (".srt", ".vtt") and any(ARROW.fullmatch(line) for line in head.said)
    )


def _read_subrip(lines: Iterator[str], _head: Head, _asked: Asked) -> Reading:
    return read_cues("SubRip", lines, ARROW)


def _recognizes_subviewer(head: Head) -> bool:
    return any(COMMA.fullmatch(line) for line in head.said[:1])


def _read_subviewer(lines: Iterator[str], _head: Head, _asked: Asked) -> Reading:
    return read_cues("SubViewer", lines, COMMA)


SUBRIP = Format(_recognizes_subrip, _read_subrip)
SUBVIEWER = Format(_recognizes_subviewer, _read_subviewer)
