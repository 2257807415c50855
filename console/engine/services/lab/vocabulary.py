"""What may be written in a policy file, for completion."""

from console.domain.verdict import Severity
from console.policy import (
    ai_image_section,
    ai_text_section,
    call_rule_checks,
    handed_on_sections,
)
from console.policy.blocklist_section import LIST_KEYS, RULE_KEYS, SECTION_KEYS
from console.policy.model import RULE_ACTIONS, ListType
from console.policy.policy_file import SECTIONS, TOP_KEYS
from console.policy.semantic_section import FILTER_KEYS, SECTION
from console.protocol.lab import Vocabulary

_SWITCHES = ("enabled", "async", "rules")
_LIKELIHOOD = ("label", "action", "threshold")
# The sections that are kept as they are: their keys as Stream's sources name them (STREAM.md 6.3).
_KEPT = {
    "automod_toxicity_config": _SWITCHES,
    "automod_toxicity_config.rules": _LIKELIHOOD,
    "automod_platform_circumvention_config": _SWITCHES,
    "automod_platform_circumvention_config.rules": _LIKELIHOOD,
    "ai_text_config": ai_text_section.SECTION_KEYS[:-1],  # the last one is deprecated
    "ai_text_config.rules": ai_text_section.RULE_KEYS,
    "ai_text_config.rules.severity_rules": ai_text_section.SEVERITY_RULE_KEYS,
    "ai_image_config": ai_image_section.SECTION_KEYS,
    "ai_image_config.rules": ai_image_section.RULE_KEYS,
    "ai_image_config.ocr_rules": ai_image_section.OCR_RULE_KEYS,
    "ai_video_config": _SWITCHES,
    "ai_video_config.rules": ai_image_section.RULE_KEYS,
    "ai_audio_config": ("profile", "rules"),
    "ai_audio_config.rules": ai_text_section.RULE_KEYS,
    "ai_audio_config.rules.severity_rules": ai_text_section.SEVERITY_RULE_KEYS,
    "llm_config": (*_SWITCHES, "app_context", "severity_descriptions"),
    "llm_config.rules": ("description", *ai_text_section.RULE_KEYS),
    "llm_config.rules.severity_rules": ai_text_section.SEVERITY_RULE_KEYS,
    "velocity_filter_config": (
        *_SWITCHES,
        "first_message_only",
        "cascading_actions",
        "cids_per_user",
    ),
    "velocity_filter_config.rules": handed_on_sections.VELOCITY_RULE_KEYS,
    "flood_config": ("identical", "similar", "allowlist"),
    "flood_config.identical": handed_on_sections.FLOOD_KEYS[:-1],
    "flood_config.similar": handed_on_sections.FLOOD_KEYS,
    "video_call_rule_config": ("flag_all_labels", "flagged_labels", "rules"),
    "video_call_rule_config.rules": call_rule_checks.RULE_KEYS,
    "video_call_rule_config.rules.action_sequences": call_rule_checks.SEQUENCE_KEYS,
}


def vocabulary(request_id: str) -> Vocabulary:
    """The words of policy files."""
    keys = {
        "": TOP_KEYS,
        "blocklists": LIST_KEYS,
        "block_list_config": SECTION_KEYS,
        "block_list_config.rules": RULE_KEYS,
        "semantic_filters": FILTER_KEYS,
        SECTION: ("enabled", "async", "rules"),
        f"{SECTION}.rules": ("name", "action", "threshold"),
        **_KEPT,
    }
    values = {
        "action": RULE_ACTIONS,
        "type": tuple(each.value for each in ListType),
        "severity": tuple(each.value for each in Severity),
        "key": ("chat", "chat:messaging", "feeds:default", "custom:captions"),
    }
    tables = ("[[blocklists]]", "[[semantic_filters]]", "[block_list_config]")
    return Vocabulary(request_id, keys, values, (*tables, *(f"[{name}]" for name in SECTIONS)))
