"""The words of policy files, with a sentence each: what completion offers and the form explains.

Names are Stream's (STREAM.md 6.3, 6.5), except where the sentence says "ours".
"""

from collections.abc import Mapping

from msgspec import Struct


class Word(Struct, frozen=True):
    """One thing that may be written. ``insert`` is what is written for it, ``|`` the cursor."""

    name: str
    help: str = ""
    insert: str = ""

    @property
    def text(self) -> str:
        """What to write."""
        return self.insert or self.name


ACTIONS = (
    Word("flag", "A moderator should look; the line stays."),
    Word("mask", "The matched words are hidden."),
    Word("mask_flag", "Hidden, and a moderator should look."),
    Word("bounce", "The speaker is asked to say it differently."),
    Word("bounce_flag", "Sent back, and a moderator should look."),
    Word("bounce_remove", "Sent back first, removed when repeated."),
    Word("shadow", "Only the speaker still sees it."),
    Word("remove", "The line is taken away."),
)
KEEP = Word("keep", "Nothing happens.")

SEVERITIES = (
    Word("low", "Minor or borderline."),
    Word("medium", "Clearly unwanted."),
    Word("high", "Serious."),
    Word("critical", "Zero tolerance."),
)

LIST_TYPES = (
    Word("word", "Words and phrases, whatever their case."),
    Word("regex", "RE2 patterns: linear time, no look-around."),
    Word("domain", "Web addresses and what is below them."),
    Word("domain_allowlist", "Objects to every web address that is not named."),
    Word("email", "Mail addresses."),
    Word("email_allowlist", "Objects to every mail address that is not named."),
)

LABELS = tuple(
    Word(name)
    for name in (
        "SCAM",
        "HATE_SPEECH",
        "SEXUAL_HARASSMENT",
        "PII",
        "PLATFORM_BYPASS",
        "SPAM",
        "HARASSMENT",
        "INSULT",
        "VULGARITY",
        "ADS",
        "UNDERAGE_USER",
        "THREAT",
        "SELF_HARM",
    )
)
IMAGE_LABELS = tuple(
    Word(name)
    for name in (
        "Explicit",
        "Non-Explicit Nudity",
        "Swimwear or Underwear",
        "Violence",
        "Visually Disturbing",
        "Drugs & Tobacco",
        "Alcohol",
        "Rude Gestures",
        "Gambling",
        "Hate Symbols",
    )
)
"""What images are called at Stream (STREAM.md 6.4); a local classifier has its own words."""

BAN = Word("ban", "The speaker is banned.")
TRUTHS = (Word("true"), Word("false"))

FLAGS = (
    Word("is_leet_check_enabled", "Also finds “1d10t”."),
    Word("is_plural_check_enabled", "Also finds the plural."),
    Word("is_substring_matching_enabled", "Also finds it inside longer words."),
    Word("is_confusable_folding_enabled", "Also finds look-alike letters of other scripts."),
    Word("is_spacing_check_enabled", "Also finds “i d i o t” (ours; on unless false)."),
    Word("is_repetition_check_enabled", "Also finds “idiooot” (ours; on unless false)."),
    Word("is_ending_check_enabled", "Also finds it with -ed, -er, -ing, -y (ours)."),
)

ENABLED = Word("enabled", "Whether this section counts.", "enabled = ")
ASYNC = Word("async", "Stream answers first and judges later.", "async = ")
RULES = Word("rules", "What happens on a match.", "rules = [\n  { | },\n]")


def _pair(name: str, help_text: str, value: str = "") -> Word:
    return Word(name, help_text, f"{name} = {value}")


NAME = _pair("name", "The list that the rule is about.", '"|"')
LABEL = _pair("label", "What a match is called.", '"|"')
ACTION = _pair("action", "What happens on a match.", '"|"')
SEVERITY = _pair("severity", "How grave a match is.", '"|"')
THRESHOLD = _pair("threshold", "0 to 1: how sure it has to be.")
SEVERITY_RULES = _pair("severity_rules", "An action for each severity.", "[{ | }]")

MIN_CONFIDENCE = _pair("min_confidence", "0 to 100: how sure it has to be.")
PROFILE = _pair("profile", "A ready-made profile.", '"|"')

_HARM_RULE = (LABEL, ACTION, SEVERITY_RULES)
_HARM_AT = (SEVERITY, ACTION)
_IMAGE_RULE = (
    LABEL,
    ACTION,
    MIN_CONFIDENCE,
    _pair("subclassifications", "Finer labels that count too.", "{ | }"),
)
_SCORE_RULE = (LABEL, ACTION, THRESHOLD)
_FLOOD_RULE = (
    ENABLED,
    ACTION,
    _pair("threshold", "How many lines."),
    _pair("time_window", "Within 30s, 5m, 24h.", '"|"'),
)

SECTIONS: Mapping[str, str] = {
    "block_list_config": "Which lists count, and what each match does.",
    "blocklists": "A list of words, patterns, domains or addresses.",
    "automod_semantic_filters_config": "What happens when a text means what seed phrases mean.",
    "semantic_filters": "Seed phrases of one filter (ours).",
    "automod_toxicity_config": "Toxicity above a threshold.",
    "automod_platform_circumvention_config": "Attempts to leave the platform.",
    "ai_text_config": "Harm labels with an action for each severity.",
    "ai_image_config": "Labels of pictures.",
    "ai_video_config": "Labels of videos.",
    "ai_audio_config": "Harm labels of speech.",
    "llm_config": "Your own labels, judged by a language model.",
    "velocity_filter_config": "Too much in too short a time.",
    "flood_config": "The same again and again.",
    "video_call_rule_config": "What a call does by itself.",
    "rule_builder_config": "Rules over users and their history.",
}
MANY = frozenset({"blocklists", "semantic_filters"})
"""Sections written with double brackets."""

KEYS: Mapping[str, tuple[Word, ...]] = {
    "": (
        _pair("key", "Where the policy applies: chat, chat:messaging, custom:captions, ...", '"|"'),
        _pair("blocklist_files", "Further lists, in files beside this one.", '["|"]'),
        _pair("team", "Stream's multi-tenancy.", '"|"'),
        ASYNC,
    ),
    "block_list_config": (
        ENABLED,
        RULES,
        _pair("match_substring", "Every word list matches inside words too."),
        ASYNC,
    ),
    "blocklists": (
        _pair("name", "What rules call this list.", '"|"'),
        _pair("type", "What its entries are.", '"|"'),
        _pair("words", "Its entries, at most 10,000.", '["|"]'),
        LABEL,
        SEVERITY,
        _pair("language", "Only for texts of this language (ours).", '"|"'),
        *(Word(each.name, each.help, f"{each.name} = ") for each in FLAGS),
    ),
    "semantic_filters": (
        _pair("name", "What rules call this filter.", '"|"'),
        _pair("phrases", "Texts that show what is meant.", '["|"]'),
        LABEL,
        SEVERITY,
    ),
    "automod_semantic_filters_config": (ENABLED, RULES, ASYNC),
    "automod_toxicity_config": (ENABLED, RULES, ASYNC),
    "automod_platform_circumvention_config": (ENABLED, RULES, ASYNC),
    "ai_text_config": (ENABLED, RULES, PROFILE, ASYNC),
    "ai_image_config": (ENABLED, RULES, _pair("ocr_rules", "Labels of text in it.", "[]"), ASYNC),
    "ai_video_config": (ENABLED, RULES, ASYNC),
    "ai_audio_config": (RULES, PROFILE),
    "llm_config": (
        ENABLED,
        RULES,
        _pair("app_context", "What the app is about.", '"|"'),
        _pair("severity_descriptions", "What each severity means.", "{ | }"),
        ASYNC,
    ),
    "velocity_filter_config": (
        ENABLED,
        RULES,
        _pair("first_message_only", "Only somebody's first lines."),
        _pair("cascading_actions", "Repeated matches do more."),
        _pair("cids_per_user", "Channels one person may write to.", ""),
        ASYNC,
    ),
    "flood_config": (
        _pair("identical", "The same line again.", "{ | }"),
        _pair("similar", "Nearly the same line again.", "{ | }"),
        _pair("allowlist", "Lines that may be repeated.", '["|"]'),
    ),
    "video_call_rule_config": (
        RULES,
        _pair("flag_all_labels", "Every label is flagged."),
        _pair("flagged_labels", "Labels that are flagged.", '["|"]'),
    ),
    "rule_builder_config": (RULES, ASYNC),
}

INLINE: Mapping[str, tuple[Word, ...]] = {
    "block_list_config": (NAME, ACTION, _pair("team", "Stream's multi-tenancy.", '"|"')),
    "automod_semantic_filters_config": (NAME, ACTION, THRESHOLD),
    "automod_toxicity_config": _SCORE_RULE,
    "automod_platform_circumvention_config": _SCORE_RULE,
    "ai_text_config": _HARM_RULE,
    "ai_audio_config": _HARM_RULE,
    "llm_config": (*_HARM_RULE, _pair("description", "What the label means.", '"|"')),
    "ai_image_config": _IMAGE_RULE,
    "ai_video_config": _IMAGE_RULE,
    "velocity_filter_config": (
        ACTION,
        _pair("fast_spam_threshold", "Lines within the short window."),
        _pair("fast_spam_ttl", "The short window, in seconds."),
        _pair("slow_spam_threshold", "Lines within the long window."),
        _pair("slow_spam_ttl", "The long window, in seconds."),
        _pair("url_only", "Only lines with links."),
        _pair("ban_duration", "With the action ban: for how long."),
        _pair("slow_spam_ban_duration", "The same for the long window."),
        _pair("ip_ban", "Bans the address too."),
        _pair("shadow_ban", "The banned person does not notice."),
        _pair("probation_period", "How long somebody is watched after it."),
        _pair("cascading_action", "What repeated matches do.", '"|"'),
        _pair("cascading_threshold", "How many matches that takes."),
        _pair("check_message_context", "Looks at the lines around it."),
    ),
    "flood_config.identical": _FLOOD_RULE,
    "flood_config.similar": (
        *_FLOOD_RULE,
        _pair("similarity_distance", "How different they may be."),
    ),
    "video_call_rule_config": (
        _pair("harm_types", "Harms that count.", '["|"]'),
        SEVERITY,
        _pair("threshold", "How many."),
        _pair("cooldown_period", "Seconds until it counts again."),
        _pair("action_sequences", "What is done, in order.", "[{ | }]"),
    ),
    "video_call_rule_config.action_sequences": (
        ACTION,
        _pair("threshold", "After how many violations."),
        _pair("time_window", "Within so many seconds."),
        _pair("cooldown_period", "Seconds until it happens again."),
        _pair("warning", "Warns the person."),
        _pair("warning_text", "What the warning says.", '"|"'),
        _pair("blur", "Blurs the picture."),
    ),
    **{f"{name}.severity_rules": _HARM_AT for name in ("ai_text_config", "ai_audio_config")},
    "llm_config.severity_rules": _HARM_AT,
    "ai_image_config.ocr_rules": (LABEL, ACTION),
}
"""Keys of the tables in braces: by their section, or by that and the name of their list."""
