"""What is asked of a file of texts, and what was understood of it before a line is judged."""

from collections.abc import Iterator

from msgspec import Struct

from console.policy.inputs.text_row import BadRow, TextRow


class Asked(Struct, frozen=True):
    """Columns (or keys) that the user names, and the encoding; empty: found by known names."""

    text: str = ""
    speaker: str = ""
    time: str = ""
    labels: str = ""
    encoding: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(filter(None, (self.text, self.speaker, self.time, self.labels)))


class Understood(Struct, frozen=True, kw_only=True):
    """How a file is read.

    Attributes:
        form: its format, such as ``WebVTT`` or ``CSV with “;” between columns``.
        encoding: what its bytes are taken for.
        columns: of a table, in its order; empty for other formats.
        text, speaker, time, labels: the columns that are used; empty for none. Formats without
            columns say in ``time`` and ``speaker`` whether they tell them.
        times: how times are written, such as ``ISO 8601``.
        speakers_told, times_told: whether lines have them.
    """

    form: str
    encoding: str = ""
    columns: tuple[str, ...] = ()
    text: str = ""
    speaker: str = ""
    time: str = ""
    labels: str = ""
    times: str = ""
    speakers_told: bool = False
    times_told: bool = False

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        parts = [f"Read as {self.form}" + (f", {self.encoding}" if self.encoding else "")]
        if self.text:
            parts.append(f"text: “{self.text}”")
        parts.append(f"speaker: {_told(self.speaker, self.speakers_told)}")
        times = _told(self.time, self.times_told)
        parts.append(f"time: {times}" + (f" ({self.times})" if self.times else ""))
        if self.labels:
            parts.append(f"labels: “{self.labels}”")
        return "; ".join(parts) + "."


def _told(column: str, told: bool) -> str:
    if column:
        return f"“{column}”"
    return "as the format tells it" if told else "none"


class Reading(Struct, frozen=True):
    """A file that is being read: what was understood, and its rows."""

    understood: Understood
    rows: Iterator[TextRow | BadRow]


def without_columns(reading: Reading, asked: Asked) -> Iterator[BadRow]:
    """What to say of columns that are asked of a format that has none."""
    form = reading.understood.form
    for name in dict.fromkeys(asked.columns):
        yield BadRow(
            1, f"no column is called “{name}”: the file is read as {form}, without columns."
        )
