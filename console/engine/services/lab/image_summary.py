"""What a form shows of a policy's rules about images."""

from collections.abc import Mapping
from typing import Any

from console.domain.local_models import ImageClassifier
from console.policy.ai_image_section import rules_in, section_name
from console.policy.classifier_name import classifier_name
from console.policy.label import label_key
from console.policy.toml_lines import TomlLines
from console.protocol.lab_summary import ImageRuleSummary


def images_of(
    sections: Mapping[str, Any], classifier: ImageClassifier | None, lines: TomlLines
) -> tuple[ImageRuleSummary, ...]:
    """The rules in their order, whether or not their section is switched on."""
    name = section_name(sections)
    known = {label_key(each) for each in classifier.labels} if classifier else set()
    return tuple(
        ImageRuleSummary(
            index=at,
            label=rule.label,
            action=rule.action,
            min_confidence=rule.min_confidence,
            finer=rule.subclassifications,
            known=any(label_key(each) in known for each in (rule.label, *rule.subclassifications)),
            line=lines.line((name, "rules", at)),
        )
        for at, rule in enumerate(rules_in(image_section(sections)))
    )


def image_section(sections: Mapping[str, Any]) -> Mapping[str, Any]:
    """The section, empty when it is missing."""
    section = sections.get(section_name(sections))
    return section if isinstance(section, Mapping) else {}


def images_source(classifier: ImageClassifier | None) -> str:
    """What judges images on this machine, in a sentence."""
    if classifier is None:
        return "Needs a local image classifier or Stream: no image is judged here."
    return f"Judged by the {classifier_name(classifier.name)}; Stream's labels may differ."
