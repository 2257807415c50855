"""Plain text: each line that is not blank is one text."""

from collections.abc import Iterator

from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.text_row import TextRow
from console.policy.inputs.understood import Asked, Reading, Understood


def _read(lines: Iterator[str], _head: Head, _asked: Asked) -> Reading:
    return Reading(Understood(form="plain lines"), _rows(lines))


def _rows(lines: Iterator[str]) -> Iterator[TextRow]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text.strip():
            yield TextRow(text, number)


PLAIN_LINES = Format(lambda _head: True, _read)
