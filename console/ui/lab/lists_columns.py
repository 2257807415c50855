"""The lists of a policy with the rule about each: one row a list."""

from console.base.plain_text import visible
from console.protocol.lab_summary import ListSummary
from console.ui.widgets.columns import action_text, number_column, severity_column
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.table_model import Column

COLUMNS: tuple[Column[ListSummary], ...] = (
    Column("List", lambda row: visible(row.name)),
    Column(
        "Action",
        lambda row: action_text(row.action) or "not used",
        80,
        lambda row: tone_of(row.action) if row.action else "text_faint",
    ),
    severity_column(lambda row: row.severity, 72),
    Column("Label", lambda row: visible(row.label), 150, "text_dim", room=430),
    Column("Type", lambda row: visible(row.type).replace("_", " "), 64, "text_dim", room=500),
    number_column("Entries", lambda row: row.count, 60),
)
