"""From which confidence on labels count, as a table with a card."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from console.domain.local_models import Calibrated, LocalModels
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow, Tone
from console.policy.label import label_key
from console.policy.model import Policy
from console.policy.sections.confidence import EVERY_LABEL, KEY, ConfidenceRule
from console.policy.sections.form import NO, Form, Place, Step, form_field, free_name


class ConfidenceForm(Form):
    """One row a label."""

    KEY = KEY
    TITLE = "Confidence"
    HELP = "How sure the local classifier has to be"
    COUNTS = "Confidence counts"
    BLANK = (
        "Every label of the local classifier counts, however sure it is. A rule says from which "
        "confidence on one counts."
    )
    COLUMNS = (
        FormColumn(title="Label"),
        FormColumn(title="From", width=64, tip="How often such a label is right, from 0 to 1."),
    )
    RULE = ConfidenceRule

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        known = models.text.labels if models.text is not None else ()
        return (
            form_field(ConfidenceRule, "label", "Label", "Label of the harm", more=known),
            form_field(
                ConfidenceRule,
                "least",
                "From a confidence of",
                "Confidence from which it counts",
                most=1.0,
                step=0.05,
            ),
        )

    def source(self, policy: Policy, models: LocalModels) -> str:
        if models.text is None:
            return "There is no local classifier of texts: nothing is held to these."
        classifier: object = models.text
        error = classifier.calibration_error if isinstance(classifier, Calibrated) else -1.0
        if error < 0:
            return "Nobody measured how sure the local classifier is: every label counts."
        return f"On texts that it had not seen its confidence was {error:.3f} off on average."

    def enabled(self, policy: Policy) -> bool:
        return policy.confidence.enabled

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        for at, rule in enumerate(policy.confidence.rules):
            yield Place(_row(rule, models), NO, at)

    def new_rule(self, name: str) -> dict[str, Any]:
        return {"label": name, "least": 0.7}

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        known = models.text.labels if models.text is not None else ()
        taken = (rule.label for rule in policy.confidence.rules)
        label = free_name((EVERY_LABEL, *known, "NEW_LABEL"), taken, label_key)
        yield Step("append", self._rules(policy), self.new_rule(label))


def _row(rule: ConfidenceRule, models: LocalModels) -> FormRow:
    classifier: object = models.text
    points = classifier.curve(rule.label) if isinstance(classifier, Calibrated) else ()
    curve = ", ".join(f"{each.told:.2f}: {each.right:.2f}" for each in points)
    every = rule.label == EVERY_LABEL
    return FormRow(
        name=rule.label,
        cells=(
            FormCell("every other label" if every else rule.label),
            FormCell(f"{rule.least:g}", Tone.DIM),
        ),
        values={"label": rule.label, "least": rule.least},
        note=f"How sure, and how often right: {curve}." if curve else "",
        more=f"Each point stands for {points[0].texts} texts." if points else "",
    )
