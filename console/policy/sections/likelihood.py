"""Sections whose rules fire from a likelihood on. Stream alone evaluates them."""

from typing import Annotated

from pydantic import Field

from console.policy.sections.schema import Choice, Config, Many, Name, Share, Table
from console.policy.sections.words import ACTIONS, LABELS


class LikelihoodRule(Table):
    """What happens from a likelihood of ``label`` on."""

    label: Annotated[Name, Choice(LABELS, free=True)] = Field(description="What a match is called.")
    action: Annotated[str, Choice(ACTIONS)] = Field(description="What happens on a match.")
    threshold: Share = Field(description="0 to 1: how sure it has to be.")


class LikelihoodConfig(Config):
    """``automod_toxicity_config`` and its like."""

    rules: Many[LikelihoodRule] = Field(default=(), description="What happens on a match.")


class VisionConfig(Table):
    """``google_vision_config``, of which no more is known."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
