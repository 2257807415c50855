"""Policy files: TOML with Stream's names (STREAM.md 6.3, 6.5). Reads text, opens nothing.

A policy with an error is never half applied: there is a policy or there are errors, not both.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from pydantic import AfterValidator, Field, create_model

from console.base.errors import BugError, WorldError
from console.base.toml_text import TomlRefusedError, toml_data
from console.domain.results import PolicyError
from console.policy.dashboard_words import in_words_of_api
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.model import Blocklist, NamesConfig, Policy
from console.policy.required_stages import never_looking
from console.policy.sections.confidence import ConfidenceConfig
from console.policy.sections.registry import SECTION_NAMES, SECTIONS
from console.policy.sections.required import RequiredConfig
from console.policy.sections.schema import (
    LENIENT,
    Choice,
    Many,
    Name,
    Problem,
    Table,
    problems,
    wrong,
)
from console.policy.sections.semantic import SemanticFilters, semantic_rules
from console.policy.sections.word_lists import (
    LISTS,
    SECTION,
    Blocklists,
    WordListConfig,
    strangers,
)
from console.policy.sections.words import KEYS
from console.policy.toml.text import TomlLines

PLAIN_KEYS = ("async", "team")
"""The keys of a config that are no sections."""
NAMES = "names"
_KEY = re.compile(r"[\w-]+(:[\w.!-]+){0,2}")

ReadFile = Callable[[str], str]
"""The text of a file that a policy names, relative to the policy; raises WorldError."""


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        wrong("expected a key such as chat, chat:messaging or custom:captions.")
    return key


class ListFile(Table):
    """A file that a policy names: further lists."""

    CLOSED: ClassVar[bool] = True

    blocklists: Blocklists = Field(
        default=(), description="A list of words, patterns, domains or addresses."
    )


class _Head(Table):
    """A policy file without the sections of the registry."""

    CLOSED: ClassVar[bool] = True

    key: Annotated[Name, AfterValidator(_key), Choice(KEYS, free=True)] = Field(
        description="Where the policy applies: chat, chat:messaging, custom:captions, ..."
    )
    blocklist_files: Many[str] = Field(default=(), description="Further lists, in files beside it.")
    block_list_config: WordListConfig = Field(
        default=WordListConfig(), description="Which lists count, and what each match does."
    )
    blocklists: Blocklists = Field(
        default=(), description="A list of words, patterns, domains or addresses."
    )
    semantic_filters: SemanticFilters = Field(
        default=(), description="Seed phrases of one filter (ours)."
    )
    names: NamesConfig = Field(
        default=NamesConfig(), description="What people call themselves (ours)."
    )
    required: RequiredConfig = Field(
        default=RequiredConfig(), description="The stages that have to have looked (ours)."
    )
    confidence: ConfidenceConfig = Field(
        default=ConfidenceConfig(), description="How sure the local classifier has to be (ours)."
    )
    team: str = Field(default="", description="Stream's multi-tenancy.")
    answer_first: bool = Field(
        default=False, alias="async", description="Stream answers first and judges later."
    )
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")


_FIELDS: dict[str, Any] = {
    each.name: (each.schema, Field(default=each.schema(), description=each.help))
    for each in SECTIONS
}
PolicyTable = create_model("PolicyTable", __base__=_Head, **_FIELDS)
"""A whole policy file."""


class PolicyRead(Struct, frozen=True):
    """What came of reading: a policy, or everything that is wrong with it."""

    policy: Policy | None
    errors: tuple[PolicyError, ...] = ()


def read_policy(text: str, place: str, read_file: ReadFile | None = None) -> PolicyRead:
    """Read ``text``; ``place`` is what errors call the file.

    ``read_file`` opens the files under ``blocklist_files``; without it such files are an error.
    """
    raw = _parsed(text, place)
    if isinstance(raw, PolicyError):
        return PolicyRead(None, (raw,))
    raw = in_words_of_api(raw)
    found = list(problems(PolicyTable, raw))
    lists, elsewhere = _named_files(raw, read_file, found)
    known = {row["name"] for row in _rows(raw) if isinstance(row.get("name"), str)}
    known |= {each.name for each in lists}
    for section in (SECTION, NAMES):
        found += strangers(raw.get(section), known, section)
    if found or elsewhere:
        return PolicyRead(None, (*_errors(text, place, found), *elsewhere))
    policy = _policy(raw, lists)
    if never := list(never_looking(policy)):
        return PolicyRead(None, tuple(_errors(text, place, never)))
    return PolicyRead(policy)


def read_stand_ins(read_file: ReadFile) -> dict[str, Blocklist]:
    """The lists of STAND_IN_FILES by name; ``read_file`` opens names below ``resources/policies``.

    Raises:
        BugError: a file that came with the program has an error.
        WorldError: a file could not be read.
    """
    found: dict[str, Blocklist] = {}
    for place in STAND_IN_FILES.values():
        lists, errors = _list_file(read_file(place), place, ())
        if errors:
            raise BugError(str(errors[0]))
        found |= {each.name: each for each in lists}
    return found


def _parsed(text: str, place: str) -> dict[str, Any] | PolicyError:
    try:
        return toml_data(text)
    except TomlRefusedError as error:
        return PolicyError(place, error.line, "", f"not TOML: {error.sentence}")


def _errors(text: str, place: str, found: Iterable[Problem]) -> list[PolicyError]:
    """What was found with its lines, in their order."""
    lines = TomlLines(text)
    errors = [PolicyError(place, lines.line(path), dotted(path), said) for path, said in found]
    return sorted(errors, key=lambda error: error.line)


def dotted(path: Iterable[str | int]) -> str:
    """``("blocklists", 0, "words")`` as ``blocklists[0].words``."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out


def _policy(raw: Mapping[str, Any], more: Iterable[Blocklist]) -> Policy:
    head = {key: raw[key] for key in raw if key not in SECTION_NAMES}
    read = _Head.model_validate(head, context=LENIENT)  # every entry was checked already
    config = read.block_list_config
    sections = dict(read.rest)
    sections |= {name: raw[name] for name in (*PLAIN_KEYS, *SECTION_NAMES) if name in raw}
    return Policy(
        key=read.key,
        blocklists=(*read.blocklists, *more),
        block_list_rules=config.rules,
        block_list_enabled=config.enabled,
        match_substring=config.match_substring,
        semantic_filters=read.semantic_filters,
        semantic_rules=semantic_rules(sections),
        names=read.names,
        required=read.required,
        confidence=read.confidence,
        block_list_rest=config.rest_read(),
        sections=sections,
    )


def _rows(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables of the lists of an unchecked file."""
    rows = raw.get(LISTS)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _named_files(
    raw: Mapping[str, Any], read_file: ReadFile | None, found: list[Problem]
) -> tuple[list[Blocklist], list[PolicyError]]:
    """The lists of the files that the policy names, and the errors in those files.

    Adds to ``found`` which of them cannot be read.
    """
    lists: list[Blocklist] = []
    elsewhere: list[PolicyError] = []
    names = raw.get("blocklist_files")
    for at, name in enumerate(names if isinstance(names, list) else ()):
        if not isinstance(name, str):
            continue
        path = ("blocklist_files", at)
        if read_file is None:
            found.append((path, f"“{name}” cannot be read here."))
            continue
        try:
            text = read_file(name)
        except WorldError as error:
            found.append((path, error.sentence))
            continue
        known = (*(row.get("name") for row in _rows(raw)), *(each.name for each in lists))
        more, errors = _list_file(text, name, known)
        lists += more
        elsewhere += errors
    return lists, elsewhere


def _list_file(
    text: str, place: str, known: Iterable[object]
) -> tuple[tuple[Blocklist, ...], list[PolicyError]]:
    """The lists of a file, or its errors; a name that is among ``known`` already is one."""
    raw = _parsed(text, place)
    if isinstance(raw, PolicyError):
        return (), [raw]
    found = list(problems(ListFile, raw))
    found += [
        ((LISTS, at, "name"), f"there is a list called “{row['name']}” already.")
        for at, row in enumerate(_rows(raw))
        if row.get("name") in set(known)
    ]
    if found:  # its lists are known by name, so that the rules about them are right
        named = (row["name"] for row in _rows(raw) if isinstance(row.get("name"), str))
        return tuple(Blocklist(name=name, words=()) for name in named), _errors(text, place, found)
    return ListFile.model_validate(raw, context=LENIENT).blocklists, []
