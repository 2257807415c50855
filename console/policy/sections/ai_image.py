"""AI images: what happens at which label from which confidence on.

Names are Stream's (STREAM.md 6.3). Videos have the same rules without those about text in them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from console.domain.local_models import ImageLabel, LocalModels
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow, Tone
from console.domain.results import NOTHING, Judgement, weight
from console.domain.verdict import KEEP, LOCAL, Match
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.form import (
    NO,
    Form,
    Place,
    Step,
    action_cell,
    form_field,
    free_name,
    known_cell,
)
from console.policy.sections.schema import Choice, Config, Many, Name, Percent, Table, lenient
from console.policy.sections.section import Section, config_in, name_in, not_known, unknown_labels
from console.policy.sections.words import IMAGE_ACTIONS, IMAGE_LABELS, names

SECTION = "ai_image_config"
OLD_SECTION = "aws_rekognition_config"
"""What Stream called the section before."""

KIND = f"ai_image{LOCAL}"
RULE = "ai_image:"
"""What the name of a rule begins with; its label follows, as the author wrote it."""
MIN_CONFIDENCE = 50.0
"""Where a rule names none (?): what Amazon's Rekognition, Stream's old source, has then."""


class OcrRule(Table):
    """What happens at a label of text inside an image."""

    label: Annotated[Name, Choice(IMAGE_LABELS, free=True)] = Field(
        description="What a match is called."
    )
    action: Annotated[str, Choice(IMAGE_ACTIONS)] = Field(description="What happens on a match.")


class AiImageRule(OcrRule):
    """What happens when an image shows ``label``, of which the classifier is that sure.

    Attributes:
        min_confidence: 0 to 100, as the confidence of a label.
        subclassifications: finer labels that count as ``label`` does. Their values at Stream are
            described nowhere (?); one that is false, or a table not ``enabled``, is left out.
    """

    min_confidence: Percent = Field(
        default=MIN_CONFIDENCE, description="0 to 100: how sure it has to be."
    )
    subclassifications: dict[str, Any] = Field(
        default={}, description="Finer labels that count too."
    )

    @property
    def finer(self) -> tuple[str, ...]:
        """The finer labels that count."""
        return tuple(name for name, each in self.subclassifications.items() if _counts(each))


class AiImageConfig(Config):
    """The section."""

    rules: Many[AiImageRule] = Field(default=(), description="What happens on a match.")
    ocr_rules: Many[OcrRule] = Field(default=(), description="Labels of text in it.")


def ai_image_rules(sections: Mapping[str, Any]) -> tuple[AiImageRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off.

    The old name counts where the new one is missing.
    """
    config = _config(sections)
    return config.rules if config is not None else ()


def ocr_rules(sections: Mapping[str, Any]) -> tuple[OcrRule, ...]:
    """The rules about text inside images, likewise."""
    config = _config(sections)
    return config.ocr_rules if config is not None else ()


def _config(sections: Mapping[str, Any]) -> AiImageConfig | None:
    return config_in(sections, name_in(sections, SECTION, OLD_SECTION), AiImageConfig)


def _counts(value: Any) -> bool:
    return bool(value.get("enabled", True)) if isinstance(value, Mapping) else value is not False


class AiImageMatcher:
    """Says what a policy makes of an image that shows certain things."""

    def __init__(self, rules: Sequence[AiImageRule], name: str) -> None:
        """``name``: of the classifier that gives the labels."""
        called = classifier_name(name)
        self._name = called[0].upper() + called[1:]
        self._rules: dict[str, list[AiImageRule]] = {}
        for rule in rules:
            if rule.action == KEEP:
                continue
            for label in dict.fromkeys(map(label_key, (rule.label, *rule.finer))):
                self._rules.setdefault(label, []).append(rule)

    def judge(self, labels: Iterable[ImageLabel]) -> Judgement:
        """The recommended action for an image with ``labels``; severities images have none."""
        sure: dict[Match, float] = {}
        for each in labels:
            for rule in self._rules.get(label_key(each.label), ()):
                if each.confidence >= rule.min_confidence:
                    match = Match(
                        rule=RULE + rule.label, label=each.label, action=rule.action, kind=KIND
                    )
                    sure[match] = max(each.confidence, sure.get(match, 0.0))
        if not sure:
            return NOTHING
        matches = sorted(sure, key=lambda match: (weight(match), sure[match]), reverse=True)
        deciding = matches[0]
        return Judgement(
            action=deciding.action,
            labels=tuple(dict.fromkeys(match.label for match in matches)),
            rule=deciding.rule,
            why=f"{self._name}: {deciding.label} ({sure[deciding]:.0f} of 100); "
            "Stream's own labels may differ.",
            matches=tuple(matches),
        )


class AiImage(Section):
    """Judged where an image classifier is on this computer."""

    LOCAL = True

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        if models.image is None:
            yield f"{self.name} is evaluated here on pictures of calls, elsewhere by Stream."
            return
        unknown = [
            rule.label
            for rule in ai_image_rules(policy.sections)
            if len(unknown_labels((rule.label, *rule.finer), models.image.labels)) > len(rule.finer)
        ]
        if unknown:
            yield not_known(self.name, models.image.name, unknown)
        if policy.sections[self.name].get("ocr_rules"):
            yield f"{self.name}: text inside images is read here in calls, elsewhere by Stream."

    def wants_models(self, policy: Policy) -> bool:
        return bool(ai_image_rules(policy.sections) or ocr_rules(policy.sections))

    def wants_models_of_texts(self, policy: Policy) -> bool:
        return bool(ocr_rules(policy.sections))


class AiImageForm(Form):
    """The rules with their confidence."""

    KEY = SECTION
    OLD_KEY = OLD_SECTION
    TITLE = "AI images"
    HELP = "What pictures show"
    COUNTS = "AI images count"
    BLANK = "No rule about images yet. A rule says what happens to pictures that show something."
    COLUMNS = (
        FormColumn(title="Image shows"),
        FormColumn(title="Action"),
        FormColumn(title="From", width=64, tip="How sure the classifier has to be, of 100."),
        FormColumn(title="Here", width=52, tip="Whether the local classifier knows the label."),
    )
    RULE = AiImageRule

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        known = models.image.labels if models.image is not None else ()
        return (
            form_field(AiImageRule, "label", "Label", "Label of the image", more=known),
            form_field(AiImageRule, "action", "Action", "Action for the image"),
            form_field(
                AiImageRule,
                "min_confidence",
                "From a confidence of",
                "Confidence from which it counts",
                most=100.0,
                step=5.0,
                decimals=1,
            ),
        )

    def source(self, policy: Policy, models: LocalModels) -> str:
        if models.image is None:
            return "Judged here on pictures of calls. Others need a model of your own, or Stream."
        return f"Judged by the {classifier_name(models.image.name)}; Stream's labels may differ."

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        config = lenient(AiImageConfig, policy.sections.get(self.section(policy)))
        for at, rule in enumerate(config.rules):
            yield Place(_row(rule, models), NO, at)

    def new_rule(self, name: str) -> dict[str, Any]:
        return {"label": name, "action": "flag", "min_confidence": 80}

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        known = models.image.labels if models.image is not None else ()
        config = lenient(AiImageConfig, policy.sections.get(self.section(policy)))
        taken = (rule.label for rule in config.rules)
        label = free_name((*known, *names(IMAGE_LABELS), "New label"), taken, str.casefold)
        yield Step("append", self._rules(policy), self.new_rule(label))


def _row(rule: AiImageRule, models: LocalModels) -> FormRow:
    labels = models.image.labels if models.image is not None else ()
    ours = (rule.label, *rule.finer)
    known = len(unknown_labels(ours, labels)) < len(ours)
    notes = [f"Also {', '.join(rule.finer)}."] if rule.finer else []
    if not labels:
        notes.append("No local image classifier: only Stream judges by this rule.")
    elif not known:
        notes.append("The local classifier does not know this label; only Stream may.")
    return FormRow(
        name=rule.label,
        cells=(
            FormCell(rule.label),
            action_cell(rule.action, ""),
            FormCell(f"{rule.min_confidence:g}", Tone.DIM),
            known_cell(known),
        ),
        values={
            "label": rule.label,
            "action": rule.action,
            "min_confidence": rule.min_confidence,
        },
        note=" ".join(notes),
    )
