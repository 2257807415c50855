"""The stages that a policy requires, as a table with a card."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from console.domain.local_models import LocalModels
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow
from console.domain.stage_words import STAGE_NAMES
from console.domain.stages import Stage
from console.domain.verdict import Severity
from console.policy.model import Policy
from console.policy.required_stages import stages_with_rules
from console.policy.sections.form import (
    NO,
    Form,
    Place,
    Step,
    action_cell,
    form_field,
    severity_cell,
)
from console.policy.sections.required import KEY, STAGES, RequiredRule


class RequiredForm(Form):
    """One row a stage."""

    KEY = KEY
    TITLE = "Required"
    HELP = "What has to have looked"
    NOUN = "required stage"
    COUNTS = "Required stages count"
    BLANK = (
        "Nothing is required. A rule says what happens to what a stage did not look at, such as a "
        "line in a language that no model knows."
    )
    COLUMNS = (
        FormColumn(title="Stage"),
        FormColumn(title="Action where it did not look"),
        FormColumn(title="Severity", width=76),
    )
    NAME = "stage"
    RULE = RequiredRule

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        return (
            form_field(RequiredRule, "stage", "Stage", "Stage that is required"),
            form_field(RequiredRule, "action", "Action", "Action where it did not look"),
            form_field(RequiredRule, "severity", "Severity", "Severity where it did not look"),
        )

    def enabled(self, policy: Policy) -> bool:
        return policy.required.enabled

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        for at, rule in enumerate(policy.required.rules):
            yield Place(_row(rule), NO, at)

    def new_rule(self, name: str) -> dict[str, Any]:
        return {"stage": name}

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        taken = {rule.stage for rule in policy.required.rules}
        used = stages_with_rules(policy)
        free = [word.name for word in STAGES if word.name not in taken]
        wanted = [name for name in free if Stage(name) in used] or free
        if wanted:
            yield Step("append", self._rules(policy), self.new_rule(wanted[0]))


def _row(rule: RequiredRule) -> FormRow:
    return FormRow(
        name=rule.stage,
        cells=(
            FormCell(STAGE_NAMES[Stage(rule.stage)]),
            action_cell(rule.action, "not used"),
            severity_cell(rule.severity),
        ),
        values={
            "stage": rule.stage,
            "action": rule.action,
            "severity": "" if rule.severity is Severity.NONE else rule.severity.value,
        },
        note="Counts where Stream is not to decide, or refused to.",
    )
