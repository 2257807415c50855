"""Checks of sections that are kept for Stream: likelihoods, LLM, velocity, flood.

Fields, types and ranges as in STREAM.md 6.3. A value of which that says nothing is not checked.
"""

from console.policy.ai_text_section import check_harm_rules
from console.policy.checked_table import CheckedTable
from console.policy.model import RULE_ACTIONS

VELOCITY_ACTIONS = ("flag", "shadow", "remove", "ban")
_LIKELIHOOD = ("label", "action", "threshold")
_VELOCITY_NUMBERS = (
    "fast_spam_threshold",
    "fast_spam_ttl",
    "slow_spam_threshold",
    "slow_spam_ttl",
    "ban_duration",
    "slow_spam_ban_duration",
    "probation_period",
    "cascading_threshold",
)
_VELOCITY_TRUTHS = ("ip_ban", "shadow_ban", "url_only", "check_message_context")
VELOCITY_RULE_KEYS = ("action", *_VELOCITY_NUMBERS, "cascading_action", *_VELOCITY_TRUTHS)
FLOOD_KEYS = ("enabled", "action", "threshold", "time_window", "similarity_distance")


def check_automod(section: CheckedTable) -> None:
    """Report what is wrong with ``automod_toxicity_config`` and its like."""
    _switches(section)
    for table in section.tables("rules"):
        table.text("label", None)
        table.picked("action", RULE_ACTIONS)
        if "threshold" not in table:
            table.complain("", "“threshold” is missing.")
        table.number("threshold", 0, 1, whole=False)
        table.suspect(_LIKELIHOOD)
    section.suspect(("enabled", "async", "rules"))


def check_audio(section: CheckedTable) -> None:
    """Report what is wrong with ``ai_audio_config``: its rules are those of texts."""
    section.truth("enabled", True)
    section.text("profile")
    check_harm_rules(section.tables("rules"))
    section.suspect(("enabled", "profile", "rules"))


def check_vision(section: CheckedTable) -> None:
    """Report what is wrong with ``google_vision_config``."""
    section.truth("enabled", True)


def check_llm(section: CheckedTable) -> None:
    """Report what is wrong with ``llm_config``. Its labels are the author's own."""
    _switches(section)
    section.text("app_context")
    if descriptions := section.table("severity_descriptions"):
        for severity in descriptions.keys_left():
            descriptions.text(severity)
    check_harm_rules(section.tables("rules"), ("description",))
    section.suspect(("enabled", "async", "app_context", "severity_descriptions", "rules"))


def check_velocity(section: CheckedTable) -> None:
    """Report what is wrong with ``velocity_filter_config``; times are seconds (?)."""
    _switches(section)
    section.truth("first_message_only", False)
    section.truth("cascading_actions", False)
    section.number("cids_per_user")
    for table in section.tables("rules"):
        table.picked("action", VELOCITY_ACTIONS)
        table.maybe_picked("cascading_action", VELOCITY_ACTIONS)
        for name in _VELOCITY_NUMBERS:
            table.number(name)
        for name in _VELOCITY_TRUTHS:
            table.truth(name, False)
        table.suspect(VELOCITY_RULE_KEYS)
    section.suspect(("enabled", "rules", "first_message_only", "cascading_actions"))


def check_flood(section: CheckedTable) -> None:
    """Report what is wrong with ``flood_config``.

    ``identical`` and ``similar``: a table as at Stream, or only its threshold.
    """
    if "allowlist" in section:
        section.texts("allowlist")
    for name in ("identical", "similar"):
        value = section.whole(name)
        if isinstance(value, dict):
            _check_flood_rule(section.nested(name, value))
        elif value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            section.complain(name, "expected a whole number or a table with a threshold.")
        elif value is not None and value < 0:
            section.complain(name, f"{value} is not a whole number of at least 0.")
    section.suspect(("allowlist", "identical", "similar"))


def _check_flood_rule(table: CheckedTable) -> None:
    table.truth("enabled", True)
    table.text("action")
    table.number("threshold")
    table.number("similarity_distance")
    table.period("time_window")
    table.suspect(FLOOD_KEYS)


def _switches(section: CheckedTable) -> None:
    section.truth("enabled", True)
    section.truth("async", False)
