"""Lines that are worth a label, as a table; each keeps its place when it has one."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.base.plain_text import visible
from console.domain.given_label import Says, ShownLabel
from console.domain.worth_labelling import Reason, Worth
from console.ui.state.given_labels import label_words
from console.ui.state.labelling import JudgedLine
from console.ui.widgets.columns import action_column
from console.ui.widgets.folding import fold
from console.ui.widgets.marked_text import shown
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column, TableModel

LabelOf = Callable[[str], ShownLabel | None]

REASONS = {
    Reason.OVERTURNED: "taken back",
    Reason.DISAGREEMENT: "Stream differs",
    Reason.NEAR_THRESHOLD: "near threshold",
}


def line_of(worth: Worth) -> JudgedLine:
    """The line that a label is given to."""
    item = worth.judged.item
    return JudgedLine(item.item_id, item.revision, worth.judged.standing)


class WorthModel(TableModel[Worth]):
    """``call_name`` gives a call's name for its cid, ``label_of`` the label of an item."""

    def __init__(
        self, call_name: Callable[[str], str], label_of: LabelOf, parent: QObject | None = None
    ) -> None:
        super().__init__(_columns(call_name, label_of), parent, row_tip=_tip)
        self._call_name = call_name
        self._label_of = label_of

    def next_unlabelled(self, row: int) -> int:
        """The nearest row after ``row`` without a label, around the end of the list; -1 for none.

        ``row`` itself counts last.
        """
        rows = self.rows
        order = [(row + 1 + step) % len(rows) for step in range(len(rows))]
        free = (at for at in order if self._label_of(rows[at].judged.item.item_id) is None)
        return next(free, -1)

    @property
    def unlabelled(self) -> int:
        """How many of the rows have no label yet."""
        return sum(self._label_of(each.judged.item.item_id) is None for each in self.rows)

    def select(self, contains: str) -> None:
        """Only lines that hold ``contains``."""
        typed = fold(contains.strip())

        def passes(worth: Worth) -> bool:
            item = worth.judged.item
            parts = (item.text, item.author_name, self._call_name(item.cid), worth.why)
            return not typed or any(typed in fold(part) for part in parts)

        self.narrow(passes)


def _tip(worth: Worth) -> str:
    item, stands = worth.judged.item, worth.judged.standing
    says = f"{stands.action}. {stands.why}" if stands is not None else ""
    return f"{item.author_name}: {item.text}\n{worth.why}\nWhat stands: {says}".strip()


def _action(worth: Worth) -> str:
    return worth.judged.standing.action if worth.judged.standing is not None else ""


def _columns(call_name: Callable[[str], str], label_of: LabelOf) -> tuple[Column[Worth], ...]:
    return (
        Column(
            "Time",
            lambda each: clock(each.judged.item.start_time),
            72,
            "text_dim",
            key=lambda each: each.judged.item.start_time,
            room=560,
        ),
        Column(
            "Call", lambda each: visible(call_name(each.judged.item.cid)), 120, "text_dim", room=900
        ),
        Column("Who", lambda each: visible(each.judged.item.author_name), 92, room=480),
        Column("Line", lambda each: shown(each.judged.item.text, ())[0]),
        action_column("Verdict", _action, 96, "The verdict that stands: is it right?"),
        Column("For", lambda each: visible(_label(each)), 132, "text_dim", room=760),
        Column("Because", lambda each: REASONS[each.reason], 112, "text_dim", room=640),
        Column(
            "Label",
            lambda each: label_words(label_of(each.judged.item.item_id)),
            104,
            lambda each: _tone(label_of(each.judged.item.item_id)),
        ),
    )


def _tone(label: ShownLabel | None) -> str:
    tones = {Says.RIGHT: "good", Says.WRONG: "bad", Says.OTHER: "warn"}
    return tones[label.says] if label is not None else ""


def _label(worth: Worth) -> str:
    stands = worth.judged.standing
    if stands is None:
        return ""
    sure = f" {stands.confidence:.0%}" if stands.confidence is not None else ""
    return f"{', '.join(stands.labels[:1])}{sure}"
