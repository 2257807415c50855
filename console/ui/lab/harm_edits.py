"""What each control about harms changes in the text of the policy. Pure."""

from console.protocol.lab import Edit
from console.protocol.lab_summary import HarmSummary, PolicySummary

Path = tuple[str | int, ...]


def new_rule(summary: PolicySummary, label: str) -> tuple[Edit, ...]:
    """A rule that flags."""
    return (Edit(_rules(summary), "append", {"label": label, "action": "flag"}),)


def free_label(summary: PolicySummary) -> str:
    """A label that no rule is about: one that is known here, where there is one left."""
    taken = {_key(harm.label) for harm in summary.harms}
    for label in (*summary.harm_labels, "NEW_LABEL"):
        if _key(label) not in taken:
            return label
    number = 2
    while _key(f"NEW_LABEL_{number}") in taken:
        number += 1
    return f"NEW_LABEL_{number}"


def without_rule(summary: PolicySummary, harm: HarmSummary) -> tuple[Edit, ...]:
    """The rule goes."""
    return (Edit(_rule(summary, harm), "remove"),)


def labelled(summary: PolicySummary, harm: HarmSummary, label: str) -> tuple[Edit, ...]:
    """Another label."""
    return (Edit((*_rule(summary, harm), "label"), "set", label),)


def acting(summary: PolicySummary, harm: HarmSummary, action: str) -> tuple[Edit, ...]:
    """What happens whatever the severity; empty takes it away."""
    path = (*_rule(summary, harm), "action")
    return (Edit(path, "set", action),) if action else (Edit(path, "remove"),)


def acting_at(
    summary: PolicySummary, harm: HarmSummary, severity: str, action: str
) -> tuple[Edit, ...]:
    """What happens at ``severity``; empty takes it away, and the list with the last one."""
    path = (*_rule(summary, harm), "severity_rules")
    named = list(harm.by_severity)
    if severity not in named:
        row = {"severity": severity, "action": action}
        return (Edit(path, "append", row),) if action else ()
    at = named.index(severity)
    if action:
        return (Edit((*path, at, "action"), "set", action),)
    return (Edit(path if len(named) == 1 else (*path, at), "remove"),)


def switched(summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
    """Whether the rules count at all."""
    return (Edit((summary.harms_section, "enabled"), "set", on),)


def _rules(summary: PolicySummary) -> Path:
    return (summary.harms_section, "rules")


def _rule(summary: PolicySummary, harm: HarmSummary) -> Path:
    return (*_rules(summary), harm.index)


def _key(label: str) -> str:
    return label.replace(" ", "_").replace("-", "_").casefold()
