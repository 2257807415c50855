"""The rules of a policy about harms: one row a label, one column a severity."""

from enum import IntEnum

from console.base.plain_text import visible
from console.protocol.lab_summary import HarmSummary, PolicySummary
from console.ui.lab.rules_page import RulesModel
from console.ui.widgets.marked_text import tone_of


class Column(IntEnum):
    """What a cell tells."""

    LABEL = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4
    HERE = 5


SEVERITIES = ("low", "medium", "high", "critical")


class HarmsModel(RulesModel):
    """One row a rule."""

    HEADS = ("Label", "Low", "Medium", "High", "Critical", "Here")
    TIPS = ("",) * 5 + ("Whether the local classifier knows the label.",)

    def rows_of(self, summary: PolicySummary) -> tuple[HarmSummary, ...]:
        return summary.harms

    def name_of(self, row: HarmSummary) -> str:
        return row.label

    def cell(self, row: HarmSummary, column: int) -> str:
        match column:
            case Column.LABEL:
                return visible(row.label)
            case Column.HERE:
                return "yes" if row.known else "no"
        return visible(row.acts[column - Column.LOW]).replace("_", " + ") or "nothing"

    def tone(self, row: HarmSummary, column: int) -> str:
        match column:
            case Column.LABEL:
                return ""
            case Column.HERE:
                return "good" if row.known else "text_faint"
        action = row.acts[column - Column.LOW]
        if not action:
            return "text_faint"
        # What another severity or the rule as a whole says shows as said elsewhere.
        named = SEVERITIES[column - Column.LOW] in row.by_severity
        return tone_of(action) if named or not row.by_severity else "text_dim"
