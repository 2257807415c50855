"""A policy in Stream's own names (STREAM.md 6.3, 6.5). Frozen; read by ``policy_file``.

``label``, ``severity``, ``language`` and the two evasion flags without a counterpart at Stream are
additions of this program; ``stream_config`` keeps them apart.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from console.domain.verdict import FLAG, Severity


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


class Blocklist(Struct, frozen=True, kw_only=True):
    """A named list of words, patterns, domains or addresses.

    Attributes:
        words: at most 10,000; RE2 patterns when ``type`` is regex.
        label: what a match is called, e.g. ``INSULT``; the list's name when empty.
        severity: of a match; NONE when the author states none, as at Stream.
        language: the list is used only for texts of this language; empty for all.
        is_spacing_check_enabled: also finds "i d i o t", "id-iot", "shutup" and two entries run
            together. Ours, not Stream's.
        is_repetition_check_enabled: also finds "idiooot". Ours, not Stream's.
        is_ending_check_enabled: also finds "dimwitted" and "dimwitty". Ours, not Stream's.
        stand_in: ours, in place of a list of the same name that only Stream has; never sent there.
        rest: what came with the list and is not understood here; goes back with it.
    """

    name: str
    words: tuple[str, ...] = ()
    type: ListType = ListType.WORD
    label: str = ""
    severity: Severity = Severity.NONE
    language: str = ""
    is_leet_check_enabled: bool = False
    is_plural_check_enabled: bool = False
    is_substring_matching_enabled: bool = False
    is_confusable_folding_enabled: bool = False
    is_spacing_check_enabled: bool = True
    is_repetition_check_enabled: bool = True
    is_ending_check_enabled: bool = False
    stand_in: bool = False
    rest: dict[str, Any] = {}


class BlocklistRule(Struct, frozen=True, kw_only=True):
    """What happens when the list called ``name`` matches. ``action``: one of ``words.ACTIONS``.

    Attributes:
        team: Stream's multi-tenancy; kept, not evaluated.
        rest: what came with the rule and is not understood here; goes back with it.
    """

    name: str
    action: str = FLAG
    team: str = ""
    rest: dict[str, Any] = {}


class SemanticFilter(Struct, frozen=True, kw_only=True):
    """Phrases that show what is meant. ``automod_semantic_filters_config`` refers to it by name.

    ``label`` and ``severity`` as for :class:`Blocklist`.
    """

    name: str
    phrases: tuple[str, ...] = ()
    label: str = ""
    severity: Severity = Severity.NONE


class SemanticRule(Struct, frozen=True, kw_only=True):
    """What happens when a text is at least ``threshold`` (0 to 1) like the filter's phrases."""

    name: str
    action: str = FLAG
    threshold: float = 0.75


class Policy(Struct, frozen=True, kw_only=True):
    """One moderation config and the lists it refers to.

    Attributes:
        key: ``chat``, ``chat:messaging``, ``feeds:default``, ``custom:<id>``, ...
        blocklists: the lists at hand; only those that a rule names are used.
        block_list_rules: in the author's order.
        match_substring: every word list matches inside words too.
        semantic_filters, semantic_rules: seed phrases, and what happens when a text is like them.
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
    block_list_rest: dict[str, Any] = {}
    sections: dict[str, Any] = {}

    def find_list(self, name: str) -> Blocklist | None:
        """The list called ``name``, or None."""
        return next((found for found in self.blocklists if found.name == name), None)


class Hit(Struct, frozen=True):
    """Entry ``entry`` of list ``at`` matched the original's code points ``start`` to ``end``."""

    at: int
    entry: int
    start: int
    end: int
