"""Which stages a policy requires, and what happens to a text that one of them did not look at.

Ours: Stream's configs know nothing like it.
"""

from typing import Annotated

from pydantic import Field

from console.domain.policy_form import Word
from console.domain.stages import Stage
from console.domain.verdict import FLAG, Severity
from console.policy.sections.schema import Choice, Many, Table, unique
from console.policy.sections.words import ACTIONS, SEVERITIES

KEY = "required"
STAGES = (
    Word(Stage.AI_TEXT.value, "A classifier of texts."),
    Word(Stage.MEANING.value, "Semantic filters, by a sentence model."),
    Word(Stage.LISTS.value, "Lists for the language of the text."),
    Word(Stage.IMAGES.value, "A classifier of pictures."),
)


class RequiredRule(Table):
    """What happens to what one stage did not look at, for whatever reason."""

    CLOSED = True

    stage: Annotated[str, Choice(STAGES, firm=True)] = Field(description="What has to have looked.")
    action: Annotated[str, Choice(ACTIONS)] = Field(
        default=FLAG, description="What happens to what it did not look at."
    )
    severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.LOW, strict=False, description="How grave that is."
    )


class RequiredConfig(Table):
    """The section."""

    CLOSED = True

    enabled: bool = Field(default=True, description="Whether this section counts.")
    rules: Annotated[Many[RequiredRule], unique("stage", "a rule for")] = Field(
        default=(), description="The stages that have to have looked."
    )

    @property
    def in_force(self) -> tuple[RequiredRule, ...]:
        """The rules; none where the section is switched off."""
        return self.rules if self.enabled else ()
