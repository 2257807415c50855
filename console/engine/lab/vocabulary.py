"""What may be written in a policy file, for completion."""

from console.domain.verdict import Severity
from console.policy.blocklist_section import LIST_KEYS, RULE_KEYS, SECTION_KEYS
from console.policy.model import RULE_ACTIONS, ListType
from console.policy.policy_file import SECTIONS, TOP_KEYS
from console.policy.semantic_section import FILTER_KEYS, SECTION
from console.protocol.lab import Vocabulary

_LIKELIHOOD = ("label", "action", "threshold")
_AI_TEXT = ("label", "action", "severity_rules")
_VELOCITY = (
    "action",
    "fast_spam_threshold",
    "fast_spam_ttl",
    "slow_spam_threshold",
    "slow_spam_ttl",
    "url_only",
)
# The sections that are only handed on: their keys as Stream's sources name them (STREAM.md 6.3).
_HANDED_ON = {
    "automod_toxicity_config": ("enabled", "async", "rules"),
    "automod_toxicity_config.rules": _LIKELIHOOD,
    "automod_platform_circumvention_config": ("enabled", "async", "rules"),
    "automod_platform_circumvention_config.rules": _LIKELIHOOD,
    "ai_text_config": ("enabled", "async", "profile", "rules"),
    "ai_text_config.rules": _AI_TEXT,
    "velocity_filter_config": ("enabled", "async", "rules"),
    "velocity_filter_config.rules": _VELOCITY,
    "flood_config": ("identical", "similar", "allowlist"),
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
        **_HANDED_ON,
    }
    values = {
        "action": RULE_ACTIONS,
        "type": tuple(each.value for each in ListType),
        "severity": tuple(each.value for each in Severity),
        "key": ("chat", "chat:messaging", "feeds:default", "custom:captions"),
    }
    tables = ("[[blocklists]]", "[[semantic_filters]]", "[block_list_config]")
    return Vocabulary(request_id, keys, values, (*tables, *(f"[{name}]" for name in SECTIONS)))
