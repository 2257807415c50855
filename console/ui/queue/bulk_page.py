"""Several items chosen: whose they are, and which of them a decision would leave out."""

from collections import Counter

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.ui.queue.decide import Plan
from console.ui.queue.words import excerpt, who
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.short_texts import count

SHOWN = 50
PEOPLE = 6


class BulkPage(QScrollArea):
    """The preview of a decision about many."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("The chosen items")
        self.told = PlainLabel(wrap=True).strengthen(1.15)
        self.people = PlainLabel(ink="dim", wrap=True)
        self.items = PlainLabel(wrap=True)
        self.left_out = PlainLabel(ink="warn", wrap=True)
        body = QWidget()
        in_column(
            self.told,
            self.people,
            self.left_out,
            self.items,
            None,
            owner=body,
            margins=(16, 12, 16, 16),
            spacing=8,
        )
        self.setWidget(body)

    def show_plan(self, plan: Plan) -> None:
        """Show what a decision would be about."""
        chosen = len(plan.items) + len(plan.left_out)
        told = f"{count(len(plan.items), 'item')} to decide together"
        if plan.left_out:
            told += f", of {chosen} chosen"
        self.told.show_text(told + ".")
        whose = Counter(who(item) for item in plan.items)
        named = [f"{number} of {name}" for name, number in whose.most_common(PEOPLE)]
        if len(whose) > PEOPLE:
            named.append(f"of {len(whose) - PEOPLE} others")
        self.people.show_text(", ".join(named))
        rows = [f"{who(item)}: {excerpt(item)[:160]}" for item in plan.items[:SHOWN]]
        more = len(plan.items) - SHOWN
        rows += [f"and {more} more"] if more > 0 else []
        self.items.show_text("\n".join(rows))
        out = [f"Left out: {who(item)}, because {why}." for item, why in plan.left_out[:SHOWN]]
        self.left_out.show_text("\n".join(out))
        self.left_out.setVisible(bool(out))
