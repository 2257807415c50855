"""Policy files: TOML with Stream's names (STREAM.md 6.3, 6.5). Reads text, opens nothing.

A policy with an error is never half applied: there is a policy or there are errors, not both.
"""

import re
import tomllib
from collections.abc import Callable

from msgspec import Struct

from console.base.errors import BugError, WorldError
from console.domain.results import PolicyError
from console.policy.blocklist_section import (
    BlockListSection,
    read_block_list_section,
    read_blocklists,
)
from console.policy.checked_table import CheckedTable, ErrorList
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.model import Blocklist, Policy
from console.policy.section_checks import CHECKS
from console.policy.semantic_section import read_semantic_filters, semantic_rules

SECTIONS = tuple(CHECKS)
"""Sections of Stream's config that are kept as they are and handed on."""

PLAIN_KEYS = ("async", "team")
TOP_KEYS = (
    "key",
    "blocklists",
    "blocklist_files",
    "block_list_config",
    "semantic_filters",
    "rest",
    *PLAIN_KEYS,
    *SECTIONS,
)
_KEY = re.compile(r"[\w-]+(:[\w.!-]+){0,2}")

ReadFile = Callable[[str], str]
"""The text of a file that a policy names, relative to the policy; raises WorldError."""


class PolicyRead(Struct, frozen=True):
    """What came of reading: a policy, or everything that is wrong with it."""

    policy: Policy | None
    errors: tuple[PolicyError, ...] = ()


def read_policy(text: str, place: str, read_file: ReadFile | None = None) -> PolicyRead:
    """Read ``text``; ``place`` is what errors call the file.

    ``read_file`` opens the files under ``blocklist_files``; without it such files are an error.
    """
    root = _root(text, place)
    if isinstance(root, PolicyError):
        return PolicyRead(None, (root,))
    table, errors = root
    policy, elsewhere = _policy(table, read_file)
    if errors.errors or elsewhere:
        here = sorted(errors.errors, key=lambda error: error.line)
        return PolicyRead(None, (*here, *elsewhere))
    return PolicyRead(policy)


def read_stand_ins(read_file: ReadFile) -> dict[str, Blocklist]:
    """The lists of STAND_IN_FILES by name; ``read_file`` opens names below ``resources/policies``.

    Raises:
        BugError: a file that came with the program has an error.
        WorldError: a file could not be read.
    """
    found: dict[str, Blocklist] = {}
    for place in STAND_IN_FILES.values():
        root = _root(read_file(place), place)
        if isinstance(root, PolicyError):
            raise BugError(str(root))
        table, errors = root
        found |= {each.name: each for each in read_blocklists(table.tables("blocklists"))}
        table.close(("blocklists",))
        if errors.errors:
            raise BugError(str(errors.errors[0]))
    return found


def _root(text: str, place: str) -> tuple[CheckedTable, ErrorList] | PolicyError:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_error(error, text, place)
    errors = ErrorList(place, text)
    return CheckedTable(document, (), errors), errors


def _syntax_error(error: tomllib.TOMLDecodeError, text: str, place: str) -> PolicyError:
    said = str(error)
    found = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    line = int(found[1]) if found else text.count("\n") + 1
    sentence = said[: found.start()] if found else said.removesuffix(" (at end of document)")
    return PolicyError(place, line, "", f"not TOML: {sentence}.")


def _policy(root: CheckedTable, read_file: ReadFile | None) -> tuple[Policy, list[PolicyError]]:
    key = root.text("key", None)
    if key and not _KEY.fullmatch(key):
        root.complain("key", "expected a key such as chat, chat:messaging or custom:captions.")
    blocklists = read_blocklists(root.tables("blocklists"))
    elsewhere = _named_files(root, read_file, blocklists)
    config = root.table("block_list_config")
    section = read_block_list_section(config, blocklists) if config else BlockListSection()
    filters = read_semantic_filters(root.tables("semantic_filters"))
    sections = root.rest()
    for name in (*PLAIN_KEYS, *SECTIONS):
        value = root.whole(name)
        if value is None:
            continue
        if name in CHECKS:
            CHECKS[name](root.nested(name, value))
        sections[name] = value
    root.close(TOP_KEYS)
    policy = Policy(
        key=key,
        blocklists=tuple(blocklists),
        block_list_rules=section.rules,
        block_list_enabled=section.enabled,
        match_substring=section.match_substring,
        semantic_filters=filters,
        semantic_rules=semantic_rules(sections),
        block_list_rest=section.rest,
        sections=sections,
    )
    return policy, elsewhere


def _named_files(
    root: CheckedTable, read_file: ReadFile | None, blocklists: list[Blocklist]
) -> list[PolicyError]:
    """Add the lists of the files that the policy names; returns the errors in those files."""
    elsewhere: list[PolicyError] = []
    names = root.texts("blocklist_files") if "blocklist_files" in root else ()
    for at, name in enumerate(names):
        if name is None:
            continue
        if read_file is None:
            root.complain("blocklist_files", f"“{name}” cannot be read here.", at)
            continue
        try:
            text = read_file(name)
        except WorldError as error:
            root.complain("blocklist_files", error.sentence, at)
            continue
        other = _root(text, name)
        if isinstance(other, PolicyError):
            elsewhere.append(other)
            continue
        table, errors = other
        blocklists += read_blocklists(table.tables("blocklists"), blocklists)
        table.close(("blocklists",))
        elsewhere += sorted(errors.errors, key=lambda error: error.line)
    return elsewhere
