"""What a form shows of a policy's rules about images."""

from collections.abc import Mapping
from typing import Any

from console.domain.local_models import ImageClassifier
from console.policy.label import classifier_name, label_key
from console.policy.sections.ai_image import OLD_SECTION, SECTION, AiImageConfig
from console.policy.sections.schema import lenient
from console.policy.sections.section import name_in
from console.policy.toml_lines import TomlLines
from console.protocol.lab_summary import ImageRuleSummary


def images_of(
    sections: Mapping[str, Any], classifier: ImageClassifier | None, lines: TomlLines
) -> tuple[ImageRuleSummary, ...]:
    """The rules in their order, whether or not their section is switched on."""
    name = name_in(sections, SECTION, OLD_SECTION)
    known = {label_key(each) for each in classifier.labels} if classifier else set()
    return tuple(
        ImageRuleSummary(
            index=at,
            label=rule.label,
            action=rule.action,
            min_confidence=rule.min_confidence,
            finer=rule.finer,
            known=any(label_key(each) in known for each in (rule.label, *rule.finer)),
            line=lines.line((name, "rules", at)),
        )
        for at, rule in enumerate(lenient(AiImageConfig, image_section(sections)).rules)
    )


def image_section(sections: Mapping[str, Any]) -> Mapping[str, Any]:
    """The section, empty when it is missing."""
    section = sections.get(name_in(sections, SECTION, OLD_SECTION))
    return section if isinstance(section, Mapping) else {}


def images_source(classifier: ImageClassifier | None) -> str:
    """What judges images on this machine, in a sentence."""
    if classifier is None:
        return "Needs a local image classifier or Stream: no image is judged here."
    return f"Judged by the {classifier_name(classifier.name)}; Stream's labels may differ."
