"""Every rule that matched a text, and the words it matched."""

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from console.base.plain_text import visible
from console.domain.verdict import Match
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.columns import action_column, severity_column
from console.ui.widgets.roles import Index
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.theme import Theme

_KINDS = {
    "semantic_lexical": "like a phrase (by words, no model)",
    "semantic_embedding": "like a phrase (local model)",
    "word": "word",
    "regex": "pattern",
}


class MatchRow(Struct, frozen=True):
    """One match and the words it stands for, safe to look at."""

    words: str
    match: Match


def match_rows(text: str, matches: tuple[Match, ...]) -> list[MatchRow]:
    """One row a match, in the order of the text."""
    rows = []
    for match in matches:
        whole = "the image" if match.kind.startswith("ai_image") else "the whole text"
        rows.append(MatchRow(visible(text[match.start : match.end]) or whole, match))
    return rows


def _kind(row: MatchRow) -> str:
    kind = row.match.kind
    if row.match.by_classifier:
        return "local classifier"
    return _KINDS.get(kind, visible(kind).replace("_", " "))


COLUMNS: tuple[Column[MatchRow], ...] = (
    Column("Matched", lambda row: row.words),
    action_column("Action", lambda row: row.match.action, 104),
    Column("Rule", lambda row: visible(row.match.rule), 164),
    Column("Label", lambda row: visible(row.match.label), 156, "text_dim"),
    severity_column(lambda row: row.match.severity, 80, room=560),
    Column("Kind", _kind, 116, "text_dim", room=640),
)


class MatchesTable(QStackedWidget):
    """The table, or that nothing matched.

    Signals:
        chosen: start and end of a match, in code points.
    """

    chosen = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = TableModel(COLUMNS, self)
        self.table = RowTable(self.model, "Rules that matched", theme)
        self.table.setObjectName("matches")
        self.table.setProperty("framed", "true")
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.blank = BlankPage(theme, low=True)
        self.addWidget(self.blank)
        self.addWidget(self.table)

    def show_matches(self, text: str, matches: tuple[Match, ...]) -> None:
        """Show these matches, or that there are none."""
        rows = match_rows(text, matches)
        if tuple(rows) != self.model.rows:
            self.model.show_rows(rows)
        if text:
            self.blank.show_blank(Blank("check", "No rule matched.", token="good"))
        else:
            self.blank.show_blank(Blank("search", "Every rule that matches is listed here."))
        self.setCurrentWidget(self.table if matches else self.blank)

    def _on_row(self, current: Index) -> None:
        row = self.model.row(current.row())
        if row is not None and row.match.end > row.match.start:
            self.chosen.emit(row.match.start, row.match.end)
