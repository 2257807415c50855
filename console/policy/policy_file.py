"""Policy files: TOML with Stream's names (STREAM.md 6.3, 6.5). Reads text, opens nothing.

A policy with an error is never half applied: there is a policy or there are errors, not both.
"""

import re
import tomllib

from msgspec import Struct

from console.domain.verdict import Severity
from console.policy.checked_table import CheckedTable, ErrorList, PolicyError, kind_of
from console.policy.folding import CONFUSABLE, words_of
from console.policy.model import RULE_ACTIONS, Blocklist, BlocklistRule, ListType, Policy
from console.policy.pattern_matcher import PatternError, compile_pattern
from console.policy.toml_lines import TomlLines

MOST_ENTRIES = 10_000
MOST_NAME = 255

SECTIONS = (
    "automod_toxicity_config",
    "automod_platform_circumvention_config",
    "automod_semantic_filters_config",
    "ai_text_config",
    "bodyguard_config",
    "ai_image_config",
    "aws_rekognition_config",
    "ai_video_config",
    "ai_audio_config",
    "google_vision_config",
    "llm_config",
    "velocity_filter_config",
    "flood_config",
    "video_call_rule_config",
    "rule_builder_config",
)
"""Sections of Stream's config that are kept as they are and handed on."""

_PLAIN_KEYS = ("async", "team")
_BLOCKLIST_FLAGS = (
    "is_leet_check_enabled",
    "is_plural_check_enabled",
    "is_substring_matching_enabled",
    "is_confusable_folding_enabled",
)
_OUR_FLAGS = ("is_spacing_check_enabled", "is_repetition_check_enabled")
_BLOCKLIST_KEYS = ("name", "type", "words", "label", "severity", "language")
_KEY = re.compile(r"[\w-]+(:[\w.!-]+){0,2}")


class PolicyRead(Struct, frozen=True):
    """What came of reading: a policy, or everything that is wrong with it."""

    policy: Policy | None
    errors: tuple[PolicyError, ...] = ()


def read_policy(text: str, place: str) -> PolicyRead:
    """Read ``text``; ``place`` is what errors call the file."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return PolicyRead(None, (_syntax_error(error, text, place),))
    errors = ErrorList(place, TomlLines(text))
    policy = _policy(CheckedTable(document, (), errors))
    if errors.errors:
        return PolicyRead(None, tuple(sorted(errors.errors, key=lambda error: error.line)))
    return PolicyRead(policy)


def _syntax_error(error: tomllib.TOMLDecodeError, text: str, place: str) -> PolicyError:
    said = str(error)
    found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    line = int(found[1]) if found else text.count("\n") + 1
    sentence = said[: found.start()] if found else said.removesuffix(" (at end of document)")
    return PolicyError(place, line, "", f"not TOML: {sentence}.")


def _policy(root: CheckedTable) -> Policy:
    key = root.text("key", None)
    if key and not _KEY.fullmatch(key):
        root.complain("key", "expected a key such as chat, chat:messaging or custom:captions.")
    blocklists: list[Blocklist] = []
    for table in root.tables("blocklists"):
        blocklist = _blocklist(table)
        if any(blocklist.name == other.name for other in blocklists):
            table.complain("name", f"there is a list called “{blocklist.name}” already.")
        blocklists.append(blocklist)
    config = root.table("block_list_config")
    enabled, substring = True, False
    rules: tuple[BlocklistRule, ...] = ()
    if config is not None:
        enabled, substring, rules = _block_list_config(config, blocklists)
    sections = {}
    for name in (*_PLAIN_KEYS, *SECTIONS):
        value = root.whole(name)
        if value is None:
            continue
        if name in SECTIONS and not isinstance(value, dict):
            root.complain(name, f"expected a table, not {kind_of(value)}.")
        sections[name] = value
    root.close(("key", "blocklists", "block_list_config", *_PLAIN_KEYS, *SECTIONS))
    return Policy(
        key=key,
        blocklists=tuple(blocklists),
        block_list_rules=rules,
        block_list_enabled=enabled,
        match_substring=substring,
        sections=sections,
    )


def _block_list_config(
    config: CheckedTable, blocklists: list[Blocklist]
) -> tuple[bool, bool, tuple[BlocklistRule, ...]]:
    enabled = config.truth("enabled", True)
    config.truth("async", False)
    substring = config.truth("match_substring", False)
    known = {blocklist.name for blocklist in blocklists}
    rules: list[BlocklistRule] = []
    for table in config.tables("rules"):
        rule = BlocklistRule(
            name=table.text("name", None),
            action=table.choice("action", RULE_ACTIONS, None),
            team=table.text("team"),
        )
        table.close(("name", "action", "team"))
        if rule.name and rule.name not in known:
            table.complain("name", f"there is no list called “{rule.name}”.")
        if any(rule.name == other.name for other in rules):
            table.complain("name", f"there is a rule for “{rule.name}” already.")
        rules.append(rule)
    config.close(("enabled", "async", "match_substring", "rules"))
    return enabled, substring, tuple(rules)


def _blocklist(table: CheckedTable) -> Blocklist:
    name = table.text("name", None)
    if len(name) > MOST_NAME:
        table.complain("name", f"is longer than {MOST_NAME} characters.")
    kind = ListType(table.choice("type", [each.value for each in ListType], ListType.WORD.value))
    words = table.texts("words")
    if len(words) > MOST_ENTRIES:
        table.complain("words", f"holds {len(words)} entries; at most {MOST_ENTRIES} are allowed.")
    for at, word in enumerate(words):
        wrong = _entry_error(word, kind)
        if wrong:
            table.complain("words", wrong, at)
    severities = [each.value for each in Severity]
    blocklist = Blocklist(
        name=name,
        type=kind,
        words=words,
        label=table.text("label"),
        severity=Severity(table.choice("severity", severities, Severity.NONE.value)),
        language=table.text("language"),
        **{flag: table.truth(flag, False) for flag in _BLOCKLIST_FLAGS},
        **{flag: table.truth(flag, True) for flag in _OUR_FLAGS},
    )
    table.close((*_BLOCKLIST_KEYS, *_BLOCKLIST_FLAGS, *_OUR_FLAGS))
    return blocklist


def _entry_error(word: str, kind: ListType) -> str:
    """What is wrong with one entry of a list, in one sentence, or nothing."""
    if not word.strip():
        return "an entry must not be empty."
    if kind == ListType.REGEX:
        try:
            compile_pattern(word)
        except PatternError as error:
            return f"RE2 refuses the pattern “{word}”: {error}."
    elif kind == ListType.WORD and not words_of(word, CONFUSABLE):
        return f"“{word}” has no letter or digit, so it would never match."
    return ""
