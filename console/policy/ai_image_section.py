"""The image part of a policy file: what happens at which label from which confidence on.

Names are Stream's (STREAM.md 6.3). Videos have the same rules without those about text in them.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from console.policy.checked_table import CheckedTable

SECTION = "ai_image_config"
OLD_SECTION = "aws_rekognition_config"
"""What Stream called the section before."""

IMAGE_ACTIONS = ("flag", "shadow", "remove", "bounce", "bounce_flag", "bounce_remove")
SECTION_KEYS = ("enabled", "async", "rules", "ocr_rules")
RULE_KEYS = ("label", "action", "min_confidence", "subclassifications")
OCR_RULE_KEYS = ("label", "action")

MIN_CONFIDENCE = 50.0
"""Where a rule names none (?): what Amazon's Rekognition, Stream's old source, has then."""


class AiImageRule(Struct, frozen=True, kw_only=True):
    """What happens when an image shows ``label``, of which the classifier is that sure.

    Attributes:
        min_confidence: 0 to 100, as the confidence of a label.
        subclassifications: finer labels that count as ``label`` does. Their values at Stream are
            described nowhere (?); one that is false, or a table not ``enabled``, is left out.
    """

    label: str
    action: str
    min_confidence: float = MIN_CONFIDENCE
    subclassifications: tuple[str, ...] = ()


def check_ai_image_section(section: CheckedTable) -> None:
    """Report what is wrong with ``ai_image_config``; what is unknown in it is kept."""
    section.truth("enabled", True)
    section.truth("async", False)
    for table in section.tables("rules"):
        table.text("label", None)
        table.picked("action", IMAGE_ACTIONS)
        table.number("min_confidence", 0, 100, whole=False)
        table.table("subclassifications")
        table.suspect(RULE_KEYS)
    for table in section.tables("ocr_rules"):
        table.text("label", None)
        table.picked("action", IMAGE_ACTIONS)
        table.suspect(OCR_RULE_KEYS)
    section.suspect(SECTION_KEYS)


def ai_image_rules(sections: Mapping[str, Any]) -> tuple[AiImageRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off.

    The old name counts where the new one is missing.
    """
    section = sections.get(section_name(sections))
    if not isinstance(section, Mapping) or not section.get("enabled", True):
        return ()
    return rules_in(section)


def section_name(sections: Mapping[str, Any]) -> str:
    """The name that the section has in ``sections``; the new one when it is missing."""
    return OLD_SECTION if sections.get(OLD_SECTION) and not sections.get(SECTION) else SECTION


def rules_in(section: Mapping[str, Any]) -> tuple[AiImageRule, ...]:
    """The rules of the section, switched on or not."""
    rows = section.get("rules")
    return tuple(
        AiImageRule(
            label=str(row["label"]),
            action=str(row["action"]),
            min_confidence=_confidence(row.get("min_confidence")),
            subclassifications=_finer(row.get("subclassifications")),
        )
        for row in (rows if isinstance(rows, list | tuple) else ())
        if isinstance(row, Mapping) and row.get("label") and row.get("action")
    )


def _confidence(value: Any) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
    return float(value) if known else MIN_CONFIDENCE


def _finer(value: Any) -> tuple[str, ...]:
    if not isinstance(value, Mapping):
        return ()
    return tuple(str(name) for name, each in value.items() if _is_on(each))


def _is_on(value: Any) -> bool:
    return bool(value.get("enabled", True)) if isinstance(value, Mapping) else value is not False
