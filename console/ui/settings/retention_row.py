"""One kind of thing: how many days it is kept, and what is done then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.retention import MOST_DAYS, AtEnd, Kept, Rule
from console.ui.settings.retention_words import AT_END, TITLES
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments

_FIELD = 76


class RetentionRow(QWidget):
    """Shows a rule and lets it be changed.

    Signals:
        changed: somebody changed it; ``rule`` is None while it is no whole number of days.
    """

    changed = Signal()

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept = kept
        title, help_words = TITLES[kept]
        self.setObjectName(f"retention-{kept.value}")
        self.days = EntryField("for good", f"{title}: days")
        self.days.setFixedWidth(_FIELD)
        self.days.setAccessibleDescription(f"{help_words} Empty is for good.")
        self.days.setMaxLength(6)
        self.at_end = Segments(AT_END, f"{title}: at the end")
        self.days.textEdited.connect(self._on_edited)
        self.at_end.chosen.connect(self.changed)
        in_column(
            in_row(
                (PlainLabel(title).strengthen(), 1),
                self.days,
                PlainLabel("days, then", ink="dim"),
                self.at_end,
                spacing=8,
            ),
            PlainLabel(help_words, ink="dim", wrap=True),
            owner=self,
            margins=(0, 6, 12, 6),
            spacing=2,
        )

    @property
    def rule(self) -> Rule | None:
        """The rule as it stands here; None while it is none."""
        typed = self.days.text().strip()
        if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= MOST_DAYS):
            return None
        return Rule(int(typed or 0), AtEnd(self.at_end.key()))

    def show_rule(self, rule: Rule) -> None:
        """Show another rule."""
        self.days.setText(str(rule.days) if rule.days else "")
        self.at_end.choose(rule.at_end.value)
        self._mark()

    def _on_edited(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        mark_wrong(self.days, wrong=self.rule is None)


def mark_wrong(field: QWidget, *, wrong: bool) -> None:
    """Show at a field that what stands in it cannot be used, or that it can."""
    tone = "bad" if wrong else ""
    if (field.property("tone") or "") != tone:
        field.setProperty("tone", tone)
        field.style().unpolish(field)
        field.style().polish(field)
