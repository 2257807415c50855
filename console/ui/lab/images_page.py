"""Labels of pictures with what happens: the page of the form about ``ai_image_config``."""

from enum import IntEnum

from console.base.plain_text import visible
from console.protocol.lab import Edit
from console.protocol.lab_summary import ImageRuleSummary, PolicySummary
from console.ui.lab import image_edits
from console.ui.lab.image_card import ImageCard
from console.ui.lab.rules_page import RulesModel, RulesPage
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.theme import Theme

_NOTHING = "No rule about images yet. A rule says what happens to pictures that show something."


class Column(IntEnum):
    """What a cell tells."""

    LABEL = 0
    ACTION = 1
    CONFIDENCE = 2
    HERE = 3


class ImagesModel(RulesModel):
    """One row a rule."""

    HEADS = ("Image shows", "Action", "From", "Here")
    TIPS = (
        "",
        "",
        "How sure the classifier has to be, of 100.",
        "Whether the local classifier knows the label.",
    )

    def rows_of(self, summary: PolicySummary) -> tuple[ImageRuleSummary, ...]:
        return summary.images

    def name_of(self, row: ImageRuleSummary) -> str:
        return row.label

    def cell(self, row: ImageRuleSummary, column: int) -> str:
        match column:
            case Column.LABEL:
                return visible(row.label)
            case Column.ACTION:
                return visible(row.action).replace("_", " + ")
            case Column.CONFIDENCE:
                return f"{row.min_confidence:g}"
        return "yes" if row.known else "no"

    def tone(self, row: ImageRuleSummary, column: int) -> str:
        match column:
            case Column.ACTION:
                return tone_of(row.action)
            case Column.CONFIDENCE:
                return "text_dim"
            case Column.HERE:
                return "good" if row.known else "text_faint"
        return ""


class ImagesPage(RulesPage):
    """Table of the rules, and the one that is selected as a form."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(ImagesModel(), ImageCard(), theme, "Images count", "Add rule")
        widths = ((Column.CONFIDENCE, 64), (Column.HERE, 52))
        self.dress("Rules about images", _NOTHING, widths)

    def begin(self, summary: PolicySummary) -> tuple[str, tuple[Edit, ...]]:
        return image_edits.new_rule(summary)

    def switched(self, summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
        return image_edits.switched(summary, on)

    def state(self, summary: PolicySummary) -> tuple[bool, str]:
        return summary.images_enabled, summary.images_source
