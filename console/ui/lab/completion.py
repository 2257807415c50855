"""What may be written at the cursor of a policy. Pure; bears texts that are not TOML yet."""

import re
from collections.abc import Sequence

from msgspec import Struct

from console.ui.lab.vocabulary import (
    ACTIONS,
    BAN,
    IMAGE_LABELS,
    INLINE,
    KEEP,
    KEYS,
    LABELS,
    LIST_TYPES,
    MANY,
    SECTIONS,
    SEVERITIES,
    TRUTHS,
    Word,
)

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]?\]?\s*(?:#.*)?$")
_KEY_START = re.compile(r"^\s*[\w-]*$")
_HEAD_START = re.compile(r"^\s*(\[\[?)\s*([\w-]*)$")
_IN_STRING = re.compile(r'([\w-]+)\s*=\s*"([^"]*)$')
_IN_BARE = re.compile(r"([\w-]+)\s*=\s*([\w]*)$")
_IN_BRACE = re.compile(r"[{,]\s*([\w-]*)$")
_LIST_NAME = re.compile(r'^\s*name\s*=\s*"([^"\n]*)"', re.MULTILINE)
_COMMENT = re.compile(r'^(?:[^"\'#]|"[^"]*"|\'[^\']*\')*#')
_SIGNS = re.compile(r"""[\w-]+\s*=|"(?:[^"\\]|\\.)*"?|'[^']*'?|[\[\]{},#]""")
_FLAG = re.compile(
    r"enabled$|^async$|^match_substring$|_only$|^cascading_actions$|^flag_all_labels$"
    r"|^(ip|shadow)_ban$|^warning$|^blur$|^check_message_context$"
)

_IMAGE_SECTIONS = ("ai_image_config", "ai_video_config")
_NEVER_KEPT = (
    "block_list_config",
    "automod_semantic_filters_config",
    "automod_toxicity_config",
    "automod_platform_circumvention_config",
)
_SPAM_ACTIONS = ("flag", "shadow", "remove")

WORD_PART = 3
"""So many characters find a word by its middle too."""


class Offer(Struct, frozen=True):
    """What fits. ``typed`` stands before the cursor already and is replaced."""

    typed: str = ""
    words: tuple[Word, ...] = ()


NOTHING = Offer()


def section_at(lines: Sequence[str]) -> str:
    """The section that the last of ``lines`` is in; empty before the first header."""
    for line in reversed(lines):
        match = _HEADER.match(line)
        if match:
            return match.group(1).partition(".")[0]
    return ""


def list_names(text: str, section: str = "blocklists") -> tuple[str, ...]:
    """The names of the lists of an unfinished text."""
    names = []
    for block in re.split(r"^(?=\s*\[)", text, flags=re.MULTILINE):
        head = _HEADER.match(block.partition("\n")[0])
        if head and head.group(1) == section:
            names += _LIST_NAME.findall(block)[:1]
    return tuple(names)


def offer(text: str, position: int) -> Offer:
    """What may be written at ``position``."""
    before = text[:position]
    lines = before.split("\n")
    line = lines[-1]
    if _COMMENT.match(line) or before.count("'''") % 2 or before.count('"""') % 2:
        return NOTHING
    head = _HEAD_START.match(line)
    if head:
        return _sections(head.group(1), head.group(2))
    section = section_at(lines[:-1])
    inside = open_tables(lines)
    return _value(line, section, text, inside) or _key(line, section, inside)


def open_tables(lines: Sequence[str]) -> tuple[str, ...]:
    """The keys whose braces are open at the end of ``lines``, the outermost first.

    ``rules = [{ label = "A", severity_rules = [{`` gives rules and severity_rules.
    """
    first = next((at for at in range(len(lines) - 1, -1, -1) if _HEADER.match(lines[at])), -1)
    stack: list[tuple[str, str]] = []
    for line in lines[first + 1 :]:
        key = ""
        for sign in _SIGNS.finditer(line):
            match sign.group():
                case "[" | "{" as opening:
                    stack.append((opening, key or (stack[-1][1] if stack else "")))
                    key = ""
                case "]" | "}":
                    if stack:
                        stack.pop()
                    key = ""
                case ",":
                    key = ""
                case "#":
                    break
                case word if word.endswith("="):
                    key = word[:-1].strip(" \t\"'")
    if not stack or stack[-1][0] != "{":
        return ()
    return tuple(key for opening, key in stack if opening == "{")


def _fit(typed: str, words: Sequence[Word]) -> Offer:
    low = typed.lower()
    found = [word for word in words if word.name.lower().startswith(low)]
    if len(low) >= WORD_PART:
        found += [word for word in words if low in word.name.lower() and word not in found]
    if [word.name for word in found] == [typed]:
        found = []
    return Offer(typed, tuple(found))


def _sections(brackets: str, typed: str) -> Offer:
    words = []
    for name, help_text in SECTIONS.items():
        many = name in MANY
        if brackets == "[[" and not many:
            continue
        whole = f"[[{name}]]" if many else f"[{name}]"
        words.append(Word(name, help_text, whole))
    fit = _fit(typed, words)
    return Offer(brackets + typed, fit.words)


def _key(line: str, section: str, inside: tuple[str, ...]) -> Offer:
    if inside:
        match = _IN_BRACE.search(line) or _KEY_START.match(line)
        keys = INLINE.get(f"{section}.{inside[-1]}", INLINE.get(section, ()))
        return _fit(match.group().strip(" \t{,"), keys) if match else NOTHING
    if not _KEY_START.match(line):
        return NOTHING
    typed = line.strip()
    keys = KEYS.get(section, ())
    heads = (
        tuple(
            Word(name, help_text, f"[[{name}]]" if name in MANY else f"[{name}]")
            for name, help_text in SECTIONS.items()
        )
        if not line[:1].isspace()
        else ()
    )
    return _fit(typed, (*keys, *heads) if typed else keys)


def _value(line: str, section: str, text: str, inside: tuple[str, ...]) -> Offer | None:
    quoted = _IN_STRING.search(line)
    if quoted:
        key, typed = quoted.groups()
        return _fit(typed, _values(key, section, text, braces=bool(inside)))
    bare = _IN_BARE.search(line)
    if bare and _FLAG.search(bare.group(1)):
        return _fit(bare.group(2), TRUTHS)
    return NOTHING if bare else None


def _values(key: str, section: str, text: str, *, braces: bool) -> tuple[Word, ...]:
    match key:
        case "action" | "cascading_action" if section == "velocity_filter_config":
            return (*(each for each in ACTIONS if each.name in _SPAM_ACTIONS), BAN)
        case "action" if section in _IMAGE_SECTIONS:
            return tuple(each for each in ACTIONS if "mask" not in each.name)
        case "action":
            return ACTIONS if section in _NEVER_KEPT else (KEEP, *ACTIONS)
        case "label" if section in _IMAGE_SECTIONS:
            return IMAGE_LABELS
        case "severity":
            return SEVERITIES
        case "type":
            return LIST_TYPES
        case "label":
            return LABELS
        case "key":
            names = ("chat", "chat:messaging", "feeds:default", "custom:captions")
            return tuple(Word(name) for name in names)
        case "name" if braces and section == "automod_semantic_filters_config":
            return tuple(Word(name) for name in list_names(text, "semantic_filters"))
        case "name" if braces:
            return tuple(Word(name) for name in list_names(text))
        case _:
            return ()
