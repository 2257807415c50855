"""Lists of words, patterns, domains and addresses, and the rules that use them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, ValidationInfo

from console.base.toml_map import Path
from console.domain.verdict import Severity
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.folding import CONFUSABLE, words_of
from console.policy.model import Blocklist, BlocklistRule, ListType
from console.policy.pattern_matcher import PatternError, compile_pattern
from console.policy.sections.schema import (
    Choice,
    Config,
    Many,
    Name,
    Problem,
    Table,
    unique,
    wrong,
)
from console.policy.sections.words import ACTIONS, LABELS

SECTION = "block_list_config"
LISTS = "blocklists"
MAX_ENTRIES = 10_000
MAX_NAME = 255


def _short(name: str) -> str:
    if len(name) > MAX_NAME:
        wrong(f"is longer than {MAX_NAME} characters.")
    return name


def _few(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) > MAX_ENTRIES:
        wrong(f"holds {len(words)} entries; at most {MAX_ENTRIES} are allowed.")
    return words


def _entry(word: str, info: ValidationInfo) -> str:
    kind = info.data.get("type", ListType.WORD)
    if not word.strip():
        wrong("an entry must not be empty.")
    if kind == ListType.REGEX:
        try:
            compile_pattern(word)
        except PatternError as error:
            wrong(f"RE2 refuses the pattern “{word}”: {error}.")
    elif kind == ListType.WORD and not words_of(word, CONFUSABLE):
        wrong(f"“{word}” has no letter or digit, so it would never match.")
    return word


class BlocklistTable(Table):
    """One of the ``blocklists``."""

    CLOSED: ClassVar[bool] = True

    name: Annotated[Name, AfterValidator(_short)] = Field(description="What rules call this list.")
    type: ListType = Field(default=ListType.WORD, strict=False, description="What its entries are.")
    words: Annotated[Many[Annotated[str, AfterValidator(_entry)]], AfterValidator(_few)] = Field(
        description="Its entries, at most 10,000."
    )
    label: Annotated[str, Choice(LABELS, free=True)] = Field(
        default="", description="What a match is called."
    )
    severity: Severity = Field(
        default=Severity.NONE, strict=False, description="How grave a match is."
    )
    language: str = Field(default="", description="Only for texts of this language (ours).")
    is_leet_check_enabled: bool = Field(default=False, description="Also finds “1d10t”.")
    is_plural_check_enabled: bool = Field(default=False, description="Also finds the plural.")
    is_substring_matching_enabled: bool = Field(
        default=False, description="Also finds it inside longer words."
    )
    is_confusable_folding_enabled: bool = Field(
        default=False, description="Also finds look-alike letters."
    )
    is_spacing_check_enabled: bool = Field(
        default=True, description="Also finds “i d i o t” (ours; on unless false)."
    )
    is_repetition_check_enabled: bool = Field(
        default=True, description="Also finds “idiooot” (ours; on unless false)."
    )
    is_ending_check_enabled: bool = Field(
        default=False, description="Also finds it with -ed, -er, -ing, -y (ours)."
    )
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")


FLAGS = tuple(name for name in BlocklistTable.model_fields if name.endswith("_enabled"))
"""Every switch of a list."""


class BlocklistRuleTable(Table):
    """What happens when a list matches."""

    CLOSED: ClassVar[bool] = True

    name: Annotated[Name, Choice(names_of=LISTS)] = Field(
        description="The list that the rule is about."
    )
    action: Annotated[str, Choice(ACTIONS)] = Field(description="What happens on a match.")
    team: str = Field(default="", description="Stream's multi-tenancy.")
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")


class WordListConfig(Config):
    """``block_list_config``."""

    CLOSED: ClassVar[bool] = True

    rules: Annotated[Many[BlocklistRuleTable], unique("name", "a rule for")] = Field(
        default=(), description="What happens on a match."
    )
    match_substring: bool = Field(default=False, description="Every list matches inside words too.")
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")

    def rules_read(self) -> tuple[BlocklistRule, ...]:
        """The rules as they are evaluated."""
        return tuple(BlocklistRule(**dict(rule)) for rule in self.rules)

    def rest_read(self) -> dict[str, Any]:
        """What is only handed on."""
        named = "answer_first" in self.model_fields_set
        return {**self.rest, "async": self.answer_first} if named else self.rest


Blocklists = Annotated[Many[BlocklistTable], unique("name", "a list called")]


def lists_read(tables: Iterable[BlocklistTable]) -> tuple[Blocklist, ...]:
    """The lists as they are evaluated."""
    return tuple(Blocklist(**dict(table)) for table in tables)


def strangers(config: Any, known: Collection[str]) -> Iterable[Problem]:
    """The rules of an unchecked section that name none of the ``known`` lists."""
    rows = config.get("rules") if isinstance(config, Mapping) else None
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get("name") if isinstance(row, Mapping) else None
        if isinstance(name, str) and name and name not in known and name not in STAND_IN_FILES:
            path: Path = (SECTION, "rules", at, "name")
            yield path, f"there is no list called “{name}”."
