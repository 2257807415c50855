"""The block list parts of a policy file: the lists, and the rules that use them."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from console.domain.verdict import Severity
from console.policy.checked_table import CheckedTable
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.folding import CONFUSABLE, words_of
from console.policy.model import RULE_ACTIONS, Blocklist, BlocklistRule, ListType
from console.policy.pattern_matcher import PatternError, compile_pattern

MAX_ENTRIES = 10_000
MAX_NAME = 255

_FLAGS = (
    "is_leet_check_enabled",
    "is_plural_check_enabled",
    "is_substring_matching_enabled",
    "is_confusable_folding_enabled",
)
_OUR_FLAGS = ("is_spacing_check_enabled", "is_repetition_check_enabled")
_OUR_EXTRAS = ("is_ending_check_enabled",)
FLAGS = (*_FLAGS, *_OUR_FLAGS, *_OUR_EXTRAS)
"""Every switch of a list."""

LIST_KEYS = ("name", "type", "words", "label", "severity", "language", "rest", *FLAGS)
RULE_KEYS = ("name", "action", "team", "rest")
SECTION_KEYS = ("enabled", "async", "match_substring", "rules", "rest")


class BlockListSection(Struct, frozen=True):
    """``block_list_config`` as read. ``rest`` is what is only handed on."""

    enabled: bool = True
    match_substring: bool = False
    rules: tuple[BlocklistRule, ...] = ()
    rest: dict[str, Any] = {}


def read_blocklists(
    tables: Sequence[CheckedTable], known: Iterable[Blocklist] = ()
) -> list[Blocklist]:
    """The lists of ``tables``; a name that is among ``known`` already is an error."""
    names = {blocklist.name for blocklist in known}
    blocklists = []
    for table in tables:
        blocklist = _blocklist(table)
        if blocklist.name in names:
            table.complain("name", f"there is a list called “{blocklist.name}” already.")
        names.add(blocklist.name)
        blocklists.append(blocklist)
    return blocklists


def read_block_list_section(
    section: CheckedTable, blocklists: Sequence[Blocklist]
) -> BlockListSection:
    """The section with its rules, each of which must name one of ``blocklists``."""
    known = {blocklist.name for blocklist in blocklists}
    rules: list[BlocklistRule] = []
    for table in section.tables("rules"):
        rule = BlocklistRule(
            name=table.text("name", None),
            action=table.choice("action", RULE_ACTIONS, None),
            team=table.text("team"),
            rest=table.rest(),
        )
        table.close(RULE_KEYS)
        if rule.name and rule.name not in known and rule.name not in STAND_IN_FILES:
            table.complain("name", f"there is no list called “{rule.name}”.")
        if rule.name and any(rule.name == other.name for other in rules):
            table.complain("name", f"there is a rule for “{rule.name}” already.")
        rules.append(rule)
    rest = section.rest()
    if "async" in section:
        rest["async"] = section.truth("async", False)
    read = BlockListSection(
        section.truth("enabled", True),
        section.truth("match_substring", False),
        tuple(rules),
        rest,
    )
    section.close(SECTION_KEYS)
    return read


def _blocklist(table: CheckedTable) -> Blocklist:
    name = table.text("name", None)
    if len(name) > MAX_NAME:
        table.complain("name", f"is longer than {MAX_NAME} characters.")
    kind = ListType(table.choice("type", [each.value for each in ListType], ListType.WORD.value))
    words = table.texts("words")
    if len(words) > MAX_ENTRIES:
        table.complain("words", f"holds {len(words)} entries; at most {MAX_ENTRIES} are allowed.")
    for at, word in enumerate(words):
        wrong = "" if word is None else _entry_error(word, kind)
        if wrong:
            table.complain("words", wrong, at)
    off = (*_FLAGS, *_OUR_EXTRAS)
    flags: dict[str, Any] = {flag: table.truth(flag, False) for flag in off}
    flags |= {flag: table.truth(flag, True) for flag in _OUR_FLAGS}
    severities = [each.value for each in Severity]
    blocklist = Blocklist(
        name=name,
        type=kind,
        words=tuple(word for word in words if word is not None),
        label=table.text("label"),
        severity=Severity(table.choice("severity", severities, Severity.NONE.value)),
        language=table.text("language"),
        rest=table.rest(),
        **flags,
    )
    table.close(LIST_KEYS)
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
