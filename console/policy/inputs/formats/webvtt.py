"""WebVTT (https://www.w3.org/TR/webvtt1/), with the voices of Teams and the names of Zoom."""

from collections.abc import Iterator

from console.policy.inputs.formats.cues import ARROW, read_cues
from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.understood import Asked, Reading


def _recognizes(head: Head) -> bool:
    return bool(head.said) and head.said[0].lstrip("\ufeff").split()[:1] == ["WEBVTT"]


def _read(lines: Iterator[str], _head: Head, _asked: Asked) -> Reading:
    return read_cues("WebVTT", lines, ARROW)


WEBVTT = Format(_recognizes, _read)
