"""Logs of chats and transcripts with time and name before each text, or only the name.

Zoom (``20:01:05 From Ann to Everyone: hello``), WhatsApp (``[31.12.20, 20:00:01] Ann: hello``), IRC
(``[20:01] <ann> hello``), and transcripts such as ``[00:00:05] Ann: hello`` or ``Ann: hello``.
"""

import re
from collections.abc import Iterator

from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.named_lines import CLOCK_ALONE, are_named, name_and_text
from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.times import TimeForm, clock_seconds, seconds_of, time_form
from console.policy.inputs.understood import Asked, Reading, Understood

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_TIME = rf"[\u200e\u200f]?[\[(]?(?P<time>(?:{_DATE},?[\sT]\s*)?{_CLOCK}Z?)[\])]?\s*(?:[-–]\s+)?"
_ANYBODY = r"(?:From\s+)?(?P<name>[^\s:<][^:<>\n]{0,60}?)(?:\s+to\s+[^:\n]{1,60}?)?\s*[:：]\s*"
_FORMS = (
    re.compile(rf"{_TIME}<[@+%~&]?(?P<name>[^<>\s]{{1,60}})>\s(?P<text>.*)"),
    re.compile(rf"{_TIME}{_ANYBODY}(?P<text>.*)"),
    re.compile(r"(?P<time>)<[@+%~&]?(?P<name>[^<>\s]{1,60})>\s(?P<text>.*)"),
)
_IRC = _FORMS[0]
_MARKS = re.compile(r"^[\u200e\u200f\u202a-\u202e]+")


def _recognizes(head: Head) -> bool:
    if head.suffix not in ("", ".txt", ".text", ".log", ".md") or not head.said:
        return False
    return _form_of(head.said) is not None or are_named(head.said, cues=False)


def _form_of(lines: tuple[str, ...]) -> re.Pattern[str] | None:
    # A text may go on in the next line, which then begins without a time.
    for form in _FORMS:
        if form.match(lines[0]) and sum(bool(form.match(each)) for each in lines) * 3 >= 2 * len(
            lines
        ):
            return form
    return None


def _read(lines: Iterator[str], head: Head, _asked: Asked) -> Reading:
    form = _form_of(head.said)
    if form is None:
        timed = any(CLOCK_ALONE.fullmatch(line) for line in head.said)
        understood = Understood(
            form="lines with a name before each text", speakers_told=True, times_told=timed
        )
        return Reading(understood, _named(lines))
    found = [_time(match) for match in map(form.match, head.said) if match and match["time"]]
    times = time_form("time", found) if found else None
    understood = Understood(
        form="a log with names before the texts",
        speakers_told=True,
        times_told=times is not None,
        times=times.name if times else "",
    )
    return Reading(understood, _logged(lines, form, times))


def _time(match: re.Match[str]) -> str:
    """The time of a line; ``20:01`` is hours and minutes in IRC, minutes and seconds elsewhere."""
    time = match["time"]
    return f"{time}:00" if match.re is _IRC and time.count(":") == 1 else time


def _named(lines: Iterator[str]) -> Iterator[TextRow | BadRow]:
    at = 0.0
    for number, line in enumerate(lines, 1):
        if clock := CLOCK_ALONE.fullmatch(line):
            at = clock_seconds(clock[1])
            continue
        name, text = name_and_text(line.strip())
        if text:
            yield TextRow(text, number, speaker=name, at=at)


def _logged(
    lines: Iterator[str], form: re.Pattern[str], times: TimeForm | None
) -> Iterator[TextRow | BadRow]:
    held: TextRow | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip("\r\n")
        match = form.match(text)
        if match:
            if held is not None and held.text:
                yield held
            name = _MARKS.sub("", match["name"]).strip()
            said = match["text"].strip()
            held = TextRow(said, number, speaker=name, at=seconds_of(times, _time(match)))
        elif text.strip():
            if held is None:
                held = TextRow(text.strip(), number)
            elif len(held.text) > 20_000:
                yield held
                held = TextRow(text.strip(), number, speaker=held.speaker, at=held.at)
            else:
                joined = f"{held.text} {text.strip()}".strip()
                held = TextRow(joined, held.line, speaker=held.speaker, at=held.at)
    if held is not None and held.text:
        yield held


CHAT_LOG = Format(_recognizes, _read)
