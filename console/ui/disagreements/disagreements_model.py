"""Lines that the local policy and Stream judged differently: sorted, narrowed, written out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from console.base.csv_line import csv_line
from console.base.plain_text import visible
from console.domain.given_label import ShownLabel
from console.domain.verdict import action_rank
from console.protocol.lab_runs import Disagreement
from console.ui.state.given_labels import label_words
from console.ui.widgets.columns import action_column
from console.ui.widgets.folding import fold
from console.ui.widgets.marked_text import shown
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column, TableModel

STRICTER, MILDER = "stricter", "milder"
CSV_COLUMNS = (
    "utterance_id",
    "at",
    "call",
    "speaker",
    "text",
    "local_action",
    "local_rule",
    "local_why",
    "stream_action",
    "stream_rule",
    "stream_why",
)


def direction(line: Disagreement) -> str:
    """Whether Stream is stricter or milder than the policy here."""
    return STRICTER if action_rank(line.stream) > action_rank(line.local) else MILDER


def reasons(line: Disagreement) -> str:
    """The whole line, and both reasons."""
    here = line.local_why or "No rule matched."
    stream = line.stream_why or "No reason given."
    said = f"{line.speaker}: {line.text}"
    return f"{said}\nHere: {line.local}. {here}\nStream: {line.stream}. {stream}"


def csv_text(lines: Sequence[Disagreement]) -> str:
    """All of ``lines`` as CSV, under CSV_COLUMNS."""
    rows = [
        (
            line.item_id,
            line.at or "",
            line.call,
            line.speaker,
            line.text,
            line.local,
            line.local_rule,
            line.local_why,
            line.stream,
            line.stream_rule,
            line.stream_why,
        )
        for line in lines
    ]
    return "".join(csv_line(row) for row in (CSV_COLUMNS, *rows))


class DisagreementsModel(TableModel[Disagreement]):
    """Holds what was last read, newest first; ``call_name`` gives a call's name for its cid."""

    def __init__(
        self,
        call_name: Callable[[str], str],
        parent: QObject | None = None,
        label_of: Callable[[str], ShownLabel | None] = lambda _id: None,
    ) -> None:
        """``label_of`` gives what a moderator said of the verdict on an item, by its id."""
        super().__init__(_columns(call_name, label_of), parent, row_tip=reasons)
        self._call_name = call_name

    def select(self, contains: str = "", wanted: str = "") -> None:
        """Only lines that hold ``contains``, or where Stream is ``stricter`` or ``milder``."""
        typed = fold(contains.strip())

        def passes(line: Disagreement) -> bool:
            if wanted and direction(line) != wanted:
                return False
            parts = (line.text, line.speaker, self._call_name(line.call), line.local_rule)
            return not typed or any(typed in fold(part) for part in (*parts, line.stream_rule))

        self.narrow(passes)


def _columns(
    call_name: Callable[[str], str], label_of: Callable[[str], ShownLabel | None]
) -> tuple[Column[Disagreement], ...]:
    return (
        Column(
            "Time", lambda line: clock(line.at), 72, "text_dim", key=lambda line: line.at, room=500
        ),
        Column("Call", lambda line: visible(call_name(line.call)), 120, "text_dim", room=740),
        Column("Who", lambda line: visible(line.speaker), 92),
        Column(
            "Line",
            lambda line: shown(line.text, line.matches)[0],
            marks=lambda line: shown(line.text, line.matches)[1],
        ),
        action_column(
            "Here",
            lambda line: line.local,
            92,
            "What the policy in this program recommended at once.",
        ),
        Column(
            "Rule here",
            lambda line: visible(line.local_rule) or "no rule",
            100,
            "text_dim",
            room=600,
        ),
        action_column(
            "Stream", lambda line: line.stream, 92, "What Stream's check answered; it decides."
        ),
        Column(
            "Stream's reason",
            lambda line: visible(line.stream_rule or line.stream_why) or "no reason given",
            160,
            "text_dim",
            room=860,
        ),
        Column("Label", lambda line: label_words(label_of(line.item_id)), 88, room=680),
    )
