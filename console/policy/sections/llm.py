"""Labels of the author's own, judged by a language model. Stream alone evaluates them."""

from typing import Annotated

from pydantic import Field

from console.policy.label import label_key
from console.policy.sections.ai_text import AiTextRule
from console.policy.sections.schema import Config, Many, unique


class LlmRule(AiTextRule):
    """What happens at a label that ``description`` explains."""

    description: str = Field(default="", description="What the label means.")


class LlmConfig(Config):
    """``llm_config``."""

    rules: Annotated[Many[LlmRule], unique("label", "a rule for", label_key)] = Field(
        default=(), description="What happens on a match."
    )
    app_context: str = Field(default="", description="What the app is about.")
    severity_descriptions: dict[str, str] = Field(default={}, description="What severities mean.")
