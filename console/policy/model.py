"""A policy in Stream's own names (STREAM.md 6.3, 6.5). Frozen; read by ``policy_file``.

``label``, ``severity``, ``language``, ``exceptions`` and the evasion flags without a counterpart at
Stream are additions of this program; ``stream_config`` keeps them apart.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from pydantic import AfterValidator, Field, ValidationInfo

from console.base.pattern import PatternError, compile_pattern
from console.domain.verdict import FLAG, Severity
from console.policy.sections.confidence import ConfidenceConfig
from console.policy.sections.required import RequiredConfig
from console.policy.sections.schema import (
    ASKED,
    AUTHOR,
    Choice,
    Many,
    Name,
    Share,
    Table,
    unique,
    wrong,
)
from console.policy.sections.words import ACTIONS, HARM_ACTIONS, LABELS, LIST_TYPES, SEVERITIES


class ListType(StrEnum):
    """What the entries of a list are. An allow-list matches what is *not* in it."""

    WORD = "word"
    REGEX = "regex"
    DOMAIN = "domain"
    DOMAIN_ALLOWLIST = "domain_allowlist"
    EMAIL = "email"
    EMAIL_ALLOWLIST = "email_allowlist"


STREAM_FLAGS = (
    "is_leet_check_enabled",
    "is_plural_check_enabled",
    "is_substring_matching_enabled",
    "is_confusable_folding_enabled",
)
"""The switches of a list that Stream knows; the others are ours."""


MAX_ENTRIES = 10_000
MAX_NAME = 255
THRESHOLD = 0.75


def _short(name: str, info: ValidationInfo) -> str:
    if info.context and len(name) > MAX_NAME:
        wrong(f"is longer than {MAX_NAME} characters.")
    return name


def _few(words: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    if info.context and len(words) > MAX_ENTRIES:
        wrong(f"holds {len(words)} entries; at most {MAX_ENTRIES} are allowed.")
    return words


def _entry(word: str, info: ValidationInfo) -> str:
    if info.context != AUTHOR:
        return word
    kind = info.data.get("type", ListType.WORD)
    if not word.strip():
        wrong("an entry must not be empty.")
    if kind == ListType.REGEX:
        try:
            compile_pattern(word)
        except PatternError as error:
            wrong(f"RE2 refuses the pattern “{word}”: {error}.")
    return word


class Blocklist(Table):
    """A named list of words, patterns, domains or addresses.

    Attributes:
        words: RE2 patterns when ``type`` is regex.
        label: the list's name when empty.
        severity: NONE when the author states none, as at Stream.
        is_spacing_check_enabled: also finds "id-iot", "shutup" and two entries run together.
        stand_in: ours, in place of a list of the same name that only Stream has; never sent there.
        rest: what came with the list and is not understood here.
    """

    CLOSED: ClassVar[bool] = True
    stand_in: ClassVar[bool] = False

    name: Annotated[Name, AfterValidator(_short)] = Field(description="What rules call this list.")
    type: Annotated[ListType, Choice(LIST_TYPES, free=True)] = Field(
        default=ListType.WORD, strict=False, description="What its entries are."
    )
    words: Annotated[Many[Annotated[str, AfterValidator(_entry)]], AfterValidator(_few)] = Field(
        default=(), description="Its entries, at most 10,000.", json_schema_extra=ASKED
    )
    label: Annotated[str, Choice(LABELS, free=True)] = Field(
        default="", description="What a match is called."
    )
    severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.NONE, strict=False, description="How grave a match is."
    )
    language: str = Field(default="", description="Only for texts of this language (ours).")
    exceptions: Many[str] = Field(
        default=(), description="Phrases in which its entries mean no harm (ours)."
    )
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
    is_respelling_check_enabled: bool = Field(
        default=False, description="Also finds “fcuk”: letters swapped, left out, alike (ours)."
    )
    is_compound_check_enabled: bool = Field(
        default=False, description="Also finds it in compounds and forms, “idiothead” (ours)."
    )
    is_transliteration_check_enabled: bool = Field(
        default=False, description="Also finds сука as “suka”, حمار as “7mar” (ours)."
    )
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")


class StandIn(Blocklist):
    """A list of ours in place of one that only Stream has."""

    stand_in: ClassVar[bool] = True


FLAGS = tuple(name for name in Blocklist.model_fields if name.endswith("_enabled"))
"""Every switch of a list."""


class BlocklistRule(Table):
    """What happens when a list matches."""

    CLOSED: ClassVar[bool] = True

    name: Annotated[Name, Choice(names_of="blocklists")] = Field(
        description="The list that the rule is about."
    )
    action: Annotated[str, Choice(ACTIONS)] = Field(
        default=FLAG, description="What happens on a match.", json_schema_extra=ASKED
    )
    team: str = Field(default="", description="Stream's multi-tenancy.")
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")


class SemanticFilter(Table):
    """One of the ``semantic_filters``. Ours; Stream keeps its own."""

    CLOSED: ClassVar[bool] = True

    name: Name = Field(description="What rules call this filter.")
    phrases: Many[str] = Field(
        default=(), description="Texts that show what is meant.", json_schema_extra=ASKED
    )
    label: Annotated[str, Choice(LABELS, free=True)] = Field(
        default="", description="What a match is called."
    )
    severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.NONE, strict=False, description="How grave a match is."
    )


class SemanticRule(Table):
    """A rule. Its filter may live at Stream only, so any name goes."""

    CLOSED: ClassVar[bool] = True

    name: Annotated[Name, Choice(names_of="semantic_filters")] = Field(
        description="The filter that the rule is about."
    )
    action: Annotated[str, Choice(ACTIONS)] = Field(
        default=FLAG, description="What happens on a match.", json_schema_extra=ASKED
    )
    threshold: Share = Field(
        default=THRESHOLD, description="0 to 1: how sure it has to be.", json_schema_extra=ASKED
    )


class NamesConfig(Table):
    """How the names of people are judged. Ours; Stream has a policy of its own for them.

    Lists alone judge names: models are made for sentences.

    Attributes:
        rules: go before those of ``block_list_config`` about the same list.
        languages: a name is too short to tell its language, so the author says which count.
        protected: names that nobody may have, besides those of whoever runs the call.
    """

    CLOSED: ClassVar[bool] = True

    enabled: bool = Field(default=True, description="Whether names are judged.")
    rules: Annotated[Many[BlocklistRule], unique("name", "a rule for")] = Field(
        default=(), description="Lists that count for names, or count otherwise for them."
    )
    only_these: bool = Field(default=False, description="No other list counts for names.")
    languages: Many[str] = Field(
        default=("en",), description="Lists of these languages count, and those without one."
    )
    allowed: Many[str] = Field(
        default=(), description="Names, or parts of names, that mean no harm."
    )
    look_alikes: Annotated[str, Choice(HARM_ACTIONS)] = Field(
        default=FLAG, description="What happens to a name that looks like a host's."
    )
    look_alike_severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.HIGH, strict=False, description="How grave that is."
    )
    same_names: Annotated[str, Choice(HARM_ACTIONS)] = Field(
        default=FLAG, description="What happens to a name that is spelled as a host's is."
    )
    same_name_severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.MEDIUM,
        strict=False,
        description="How grave that is: two people may have one name.",
    )
    banned_names: Annotated[str, Choice(HARM_ACTIONS)] = Field(
        default=FLAG, description="What happens to a name like that of somebody who is banned."
    )
    banned_name_severity: Annotated[Severity, Choice(SEVERITIES, free=True)] = Field(
        default=Severity.LOW, strict=False, description="How grave that is: it may be a namesake."
    )
    protected: Many[str] = Field(
        default=(), description="Further names that nobody may have, such as Support."
    )
    pictures: bool = Field(
        default=True, description="Whether pictures beside names are fetched and looked at."
    )


class Policy(Struct, frozen=True, kw_only=True):
    """One moderation config and the lists it refers to.

    Attributes:
        key: ``chat``, ``chat:messaging``, ``feeds:default``, ``custom:<id>``, ...
        blocklists: the lists at hand; only those that a rule names are used.
        block_list_rules: in the author's order.
        match_substring: every word list matches inside words too.
        semantic_filters, semantic_rules: seed phrases, and what happens when a text is like them.
        names: how the names of people are judged.
        required: the stages that have to have looked.
        confidence: how sure the local classifier of texts has to be.
        block_list_rest: what else the section of the block lists holds.
        sections: the sections of Stream's config this engine does not evaluate, as they came.
    """

    key: str
    blocklists: tuple[Blocklist, ...] = ()
    block_list_rules: tuple[BlocklistRule, ...] = ()
    block_list_enabled: bool = True
    match_substring: bool = False
    semantic_filters: tuple[SemanticFilter, ...] = ()
    semantic_rules: tuple[SemanticRule, ...] = ()
    names: NamesConfig = NamesConfig()
    required: RequiredConfig = RequiredConfig()
    confidence: ConfidenceConfig = ConfidenceConfig()
    block_list_rest: dict[str, Any] = {}
    sections: dict[str, Any] = {}

    def find_list(self, name: str) -> Blocklist | None:
        """The list called ``name``, or None."""
        return next((found for found in self.blocklists if found.name == name), None)


class Hit(Struct, frozen=True):
    """Entry ``entry`` of list ``at`` matched the original's code points ``start`` to ``end``.

    ``needs``: the disguises it was seen through, bits of ``text.variants.Need``.
    """

    at: int
    entry: int
    start: int
    end: int
    needs: int = 0
