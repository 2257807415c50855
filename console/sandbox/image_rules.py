"""What a policy says of labelled images (STREAM.md 6.3). Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.results import Judgement
from console.domain.verdict import KEEP

IMAGE_RULE = "ai_image:"
CONFIDENCE = 99.0
"""How sure the sandbox is of a test card, of 100."""


def images_matter(config: Mapping[str, Any]) -> bool:
    """Whether this policy looks at images."""
    part = config.get("ai_image_config") or config.get("aws_rekognition_config") or {}
    return isinstance(part, Mapping) and bool(part.get("enabled")) and bool(part.get("rules"))


def judge_images(config: Mapping[str, Any], labels: Iterable[str]) -> tuple[Judgement, ...]:
    """One judgement for each of ``labels`` that a rule names and does not keep."""
    if not images_matter(config):
        return ()
    part = config.get("ai_image_config") or config.get("aws_rekognition_config") or {}
    found = []
    for label in labels:
        for rule in part["rules"]:
            if str(rule.get("label", "")).casefold() != label.casefold():
                continue
            if float(rule.get("min_confidence") or 0) > CONFIDENCE:
                continue
            action = str(rule.get("action") or KEEP)
            if action != KEEP:
                why = f"An image shows {label}."
                found.append(
                    Judgement(action=action, labels=(label,), rule=IMAGE_RULE + label, why=why)
                )
    return tuple(found)
