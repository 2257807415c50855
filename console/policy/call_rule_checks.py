"""Checks of rules about calls: the older ones by harm, the newer ones by condition.

Fields and types as in STREAM.md 6.3 and 7. Names of actions and conditions are Stream's to add to,
and are not checked; a word that is none of them does nothing anywhere, which shows when tried.
"""

from console.policy.checked_table import CheckedTable

RULE_KEYS = ("harm_types", "severity", "threshold", "cooldown_period", "action_sequences")
SEQUENCE_KEYS = (
    "action",
    "threshold",
    "time_window",
    "cooldown_period",
    "warning",
    "warning_text",
    "blur",
)
_RULE_TYPES = ("user", "content", "call", "flood")
_LOGIC = ("AND", "OR")
_NEWER_KEYS = (
    "name",
    "rule_type",
    "enabled",
    "description",
    "config_keys",
    "team",
    "logic",
    "conditions",
    "groups",
    "action",
    "action_sequences",
    "cooldown_period",
)
_NEWER_SEQUENCE_KEYS = ("violation_number", "actions", "call_options")


def check_video_call(section: CheckedTable) -> None:
    """Report what is wrong with ``video_call_rule_config``."""
    section.truth("enabled", True)
    section.truth("flag_all_labels", False)
    if "flagged_labels" in section:
        section.texts("flagged_labels")
    for table in section.tables("rules"):
        newer = "conditions" in table or "groups" in table
        _check_newer(table) if newer else _check_older(table)
    section.suspect(("enabled", "flag_all_labels", "flagged_labels", "rules"))


def check_rule_builder(section: CheckedTable) -> None:
    """Report what is wrong with ``rule_builder_config``."""
    section.truth("async", False)
    for table in section.tables("rules"):
        _check_newer(table)


def _check_older(table: CheckedTable) -> None:
    if "harm_types" in table:
        table.texts("harm_types")
    table.number("severity")
    table.number("threshold")
    table.period("cooldown_period")
    for sequence in table.tables("action_sequences"):
        sequence.text("action")
        sequence.number("threshold")
        sequence.period("time_window")
        sequence.period("cooldown_period")
        sequence.truth("warning", False)
        sequence.truth("blur", False)
        sequence.text("warning_text")
        sequence.suspect(SEQUENCE_KEYS)
    table.suspect(RULE_KEYS)


def _check_newer(table: CheckedTable) -> None:
    for name in ("name", "description", "team"):
        table.text(name)
    table.maybe_picked("rule_type", _RULE_TYPES)
    table.truth("enabled", True)
    if "config_keys" in table:
        table.texts("config_keys")
    _check_conditions(table)
    for group in table.tables("groups"):
        _check_conditions(group)
    for sequence in table.tables("action_sequences"):
        sequence.number("violation_number", 1)
        if "actions" in sequence:
            sequence.texts("actions")
        sequence.table("call_options")
        sequence.suspect(_NEWER_SEQUENCE_KEYS)
    table.period("cooldown_period")
    table.suspect(_NEWER_KEYS)


def _check_conditions(table: CheckedTable) -> None:
    table.maybe_picked("logic", _LOGIC)
    for condition in table.tables("conditions"):
        condition.text("type")
        for name in condition.keys_left():
            if name.endswith("_params") and (params := condition.table(name)) is not None:
                _check_params(params)


def _check_params(params: CheckedTable) -> None:
    params.number("threshold")
    params.number("min_confidence", 0, 1, whole=False)
    params.period("time_window")
    if "harm_labels" in params:
        params.texts("harm_labels")
    params.table("llm_harm_labels")
