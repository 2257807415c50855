"""What a form shows of a policy, and what its edits make of the text."""

import tomllib

from console.domain.local_models import NO_MODELS, LocalModels
from console.policy.coverage import needs_stream, unevaluated
from console.policy.model import Policy
from console.policy.sections.form import Form, Step
from console.policy.sections.registry import FORMS
from console.policy.toml.edit import EditError, append_value, remove_value, set_value
from console.protocol.lab import Edit, PolicySummary

ROW_EDITS = ("add", "change", "drop")
"""Edits of a row, which each become some steps."""
_WRITE = {"set": set_value, "append": append_value}


def summary_of(policy: Policy, text: str, models: LocalModels = NO_MODELS) -> PolicySummary:
    """``policy`` as read from ``text``; ``models``: those of this machine."""
    raw = tomllib.loads(text)
    return PolicySummary(
        key=policy.key,
        sections=tuple(form.summary(policy, raw, models) for form in FORMS),
        needs_stream=needs_stream(policy),
        notes=unevaluated(policy, models),
    )


def steps_of(edit: Edit, policy: Policy, text: str, models: LocalModels) -> tuple[Step, ...]:
    """What an edit of a row changes in ``text``, from which ``policy`` was read.

    Raises:
        EditError: there is no such row or field.
    """
    key, *rest = edit.path
    form = next((each for each in FORMS if key == each.KEY), None)
    if form is None:
        raise EditError(f"There is no form for {key}.")
    if edit.op == "add":
        return tuple(form.added(policy, models))
    try:
        return _of_row(form, edit, rest, policy, text, models)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise EditError(f"There is no such row in {key}.") from error


def _of_row(
    form: Form, edit: Edit, rest: list[str | int], policy: Policy, text: str, models: LocalModels
) -> tuple[Step, ...]:
    row, *fields = rest
    place = list(form.places(policy, tomllib.loads(text), models))[int(row)]
    if edit.op == "drop":
        return tuple(form.removed(policy, place))
    (field,) = fields
    return tuple(form.changed(policy, place, str(field), edit.value))


def after(text: str, steps: tuple[Step, ...]) -> str:
    """``text`` after ``steps``.

    Raises:
        EditError: one of them cannot be done.
    """
    for step in steps:
        if step.op == "remove":
            text = remove_value(text, step.path)
        elif step.op in _WRITE:
            text = _WRITE[step.op](text, step.path, step.value)
        else:
            raise EditError(f"There is no edit called {step.op!r}.")
    return text
