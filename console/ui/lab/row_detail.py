"""The chosen line of a run in full: its text, its judgements and the rules behind them."""

from console.base.plain_text import visible
from console.domain.language_names import language_name
from console.domain.results import Judgement
from console.domain.stage_words import looked_words, not_looked_words
from console.domain.stages import gap_in_meaning
from console.domain.verdict import Match
from console.protocol.lab_runs import RunRow
from console.ui.lab.rows_columns import acts_text, matches_of
from console.ui.widgets.controls import text_field
from console.ui.widgets.layouts import in_column
from console.ui.widgets.marked_text import shown
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.surface import Surface
from console.ui.widgets.text_marks import mark_selections
from console.ui.widgets.theme import Theme


def reasons(row: RunRow) -> str:
    """Why, in one line for each policy."""
    if row.b is None:
        lines = [_reason("", row.a)]
    else:
        lines = [_reason("Before: ", row.a), _reason("Now: ", row.b)]
    if judged := judged_words(row.b or row.a, row.language):
        lines.append(judged)
    if row.labels is not None:
        said = visible(", ".join(row.labels)) or "nothing wrong"
        lines.append(f"Labelled as: {said}")
    called = row.call_actions_b if row.b is not None else row.call_actions
    if called:
        lines.append(f"Call rules: {visible(', '.join(called))}")
    if row.acts:
        lines.append(f"Moderators: {acts_text(row)}")
    if row.said:
        lines.append(f"Shown at the time: {visible(row.said)}")
    return "\n".join(line for line in lines if line)


def judged_words(judgement: Judgement, language: str) -> str:
    """The language of a line, which stages looked at it, and which did not and why."""
    parts = [language_name(language)] if language_name(language) else []
    if judgement.looked:
        parts.append(f"looked: {looked_words(judgement.looked)}")
    if judgement.not_looked:
        parts.append(f"not: {not_looked_words(judgement.not_looked)}")
    if not parts:
        return ""
    gap = gap_in_meaning(judgement.looked, judgement.not_looked)
    lead = "Not judged for meaning" if gap is not None else "Judged"
    return f"{lead}. {'; '.join(parts)}."


def _reason(lead: str, judgement: Judgement) -> str:
    why = visible(judgement.why) or "No rule matched."
    more = [_match_words(match) for match in judgement.matches[1:4]]
    also = f"  Also: {'; '.join(more)}." if more else ""
    return f"{lead}{visible(judgement.action)}. {why}{_beginning(judgement)}{also}"


def _beginning(judgement: Judgement) -> str:
    """In which lines a match begins that ends in this one."""
    lines = {words.item: None for match in judgement.matches for words in match.earlier}
    if not lines:
        return ""
    return f" Begins in line{'s' if len(lines) > 1 else ''} {visible(', '.join(lines))}."


def _match_words(match: Match) -> str:
    label = f" ({visible(match.label)})" if match.label and match.label != match.rule else ""
    return f"{visible(match.rule)}{label}, {match.action}"


class RowDetail(Surface):
    """Hidden until a line is chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: RunRow | None = None
        rule = Surface("rule")
        self.text = text_field("The line in full")
        self.text.setReadOnly(True)
        self.text.setFixedHeight(self.fontMetrics().height() * 2 + 14)
        self.why = PlainLabel(ink="dim", wrap=True)
        inner = in_column(self.text, self.why, margins=(16, 8, 16, 10), spacing=6)
        in_column(rule, inner, owner=self, spacing=None)
        theme.changed.connect(self._draw)
        self.hide()

    def show_row(self, row: RunRow | None) -> None:
        """Show this line; hidden for none."""
        if row is not None and row != self._row:
            self._row = row
            self.why.show_text(reasons(row))
            self._draw()
        self.setVisible(row is not None)

    def _draw(self) -> None:
        if self._row is None:
            return
        words, marks = shown(self._row.text, matches_of(self._row))
        self.text.setPlainText(words)
        self.text.setExtraSelections(
            mark_selections(self.text.document(), words, marks, self._theme)
        )
