"""What each control of the form changes in the text of the policy. Pure."""

from collections.abc import Sequence

from console.protocol.lab import Edit
from console.protocol.lab_summary import ListSummary, PolicySummary

LISTS = "blocklists"
RULES = ("block_list_config", "rules")
OUR_FLAGS = ("is_spacing_check_enabled", "is_repetition_check_enabled")


def free_name(summary: PolicySummary, wanted: str) -> str:
    """``wanted``, with a number behind it where a list is called that already."""
    taken = {each.name for each in summary.lists}
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted} {number}" in taken:
        number += 1
    return f"{wanted} {number}"


def rule_index(summary: PolicySummary, name: str) -> int:
    """The number of the rule about the list called ``name``; -1 when there is none."""
    return next((rule.index for rule in summary.rules if rule.name == name), -1)


def new_list(summary: PolicySummary, name: str) -> tuple[Edit, ...]:
    """A word list with a rule that flags."""
    found = {"name": name, "label": "", "severity": "medium", "words": ["example"]}
    found["label"] = name.upper().replace(" ", "_")
    return (
        Edit((LISTS,), "append", found),
        Edit(RULES, "append", {"name": name, "action": "flag"}),
    )


def without_list(summary: PolicySummary, listed: ListSummary) -> tuple[Edit, ...]:
    """The list goes, and the rule about it."""
    rule = rule_index(summary, listed.name)
    edits = [Edit((LISTS, listed.index), "remove")]
    if rule >= 0:
        edits.append(Edit((*RULES, rule), "remove"))
    return tuple(edits)


def field(listed: ListSummary, name: str, value: str) -> tuple[Edit, ...]:
    """A text of the list; an empty one is taken away."""
    if not value and name not in ("name", "type"):
        return (Edit((LISTS, listed.index, name), "remove"),)
    return (Edit((LISTS, listed.index, name), "set", value),)


def renamed(summary: PolicySummary, listed: ListSummary, name: str) -> tuple[Edit, ...]:
    """Another name, in the rule about it as well."""
    edits = list(field(listed, "name", name))
    rule = rule_index(summary, listed.name)
    if rule >= 0:
        edits.append(Edit((*RULES, rule, "name"), "set", name))
    return tuple(edits)


def switched(listed: ListSummary, flag: str, on: bool) -> tuple[Edit, ...]:
    """A switch of the list; at its default it is not written."""
    path = (LISTS, listed.index, flag)
    default = flag in OUR_FLAGS
    if on == default:
        return (Edit(path, "remove"),)
    return (Edit(path, "set", on),)


def acting(summary: PolicySummary, listed: ListSummary, action: str) -> tuple[Edit, ...]:
    """What a match does; an empty ``action`` means that no rule uses the list."""
    rule = rule_index(summary, listed.name)
    if not action:
        return (Edit((*RULES, rule), "remove"),) if rule >= 0 else ()
    if rule >= 0:
        return (Edit((*RULES, rule, "action"), "set", action),)
    return (Edit(RULES, "append", {"name": listed.name, "action": action}),)


def words(listed: ListSummary, wanted: Sequence[str]) -> tuple[Edit, ...]:
    """The entries of the list."""
    return (Edit((LISTS, listed.index, "words"), "set", list(wanted)),)


def lines_of(text: str) -> tuple[str, ...]:
    """One entry a line; empty lines and doubles left out."""
    found = (line.strip() for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in found if line))
