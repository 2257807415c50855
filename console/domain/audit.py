"""One row of the log that cannot be changed silently, and the bytes that its hash covers.

docs/AUDIT.md says the same in words, for whoever checks a log by a program of their own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from msgspec import Struct

FIRST_HASH = "0" * 64
"""Stands where the hash before would, for the first row."""

_NO_FACTS: Mapping[str, str] = MappingProxyType({})


class AuditKind(StrEnum):
    """What a row proves."""

    ACT = "act"
    """A moderator wanted something done."""
    AUTOMATIC_ACT = "automatic_act"
    """A rule or a clock wanted it."""
    OUTCOME = "outcome"
    """How far an act got, where nothing more happens to it by itself."""
    VETO = "veto"
    """Somebody stopped or declined what a rule proposed."""
    DECISION = "decision"
    """A raised item was handled or dismissed, or that was taken back."""
    SETTING = "setting"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    EVIDENCE_FROZEN = "evidence_frozen"
    EVIDENCE_OPENED = "evidence_opened"
    EVIDENCE_HELD = "evidence_held"
    EVIDENCE_RELEASED = "evidence_released"
    EVIDENCE_DELETED = "evidence_deleted"
    EXPORT = "export"
    """Something left the store as a file."""
    RETENTION = "retention"
    """What had come to the end of its time was deleted."""
    ERASED = "erased"
    """A person was erased."""
    RESTORED = "restored"
    """A copy took the place of the store: what came after the copy was made is not in this log."""
    HEAD = "head"
    """Where the log stood at the end of a day or of a sign-in, signed."""


class PersonalText(Struct, frozen=True):
    """A text that says something of a person: the log holds only a salted hash of it.

    Attributes:
        what: ``person``, ``name``, ``reason`` and the like. who: the user id that it is about;
            empty where that is nobody in particular.
    """

    what: str
    text: str
    who: str = ""


class AuditEntry(Struct, frozen=True, kw_only=True):
    """What a row is to prove.

    Attributes:
        at: unix seconds. by: user id of the moderator, AUTOMATION, BY_CLOCK, or empty.
        facts: what is no text of a person: ids of acts, calls and evidence, states, numbers.
        texts: what is. It can be erased later, and the log stays whole.
    """

    kind: AuditKind
    at: float
    by: str = ""
    facts: Mapping[str, str] = _NO_FACTS
    texts: tuple[PersonalText, ...] = ()


def person_texts(user_ids: Iterable[str], names: Iterable[str] = ()) -> tuple[PersonalText, ...]:
    """The people that a row is about, with their names where those are known."""
    people = list(user_ids)
    called = [PersonalText("name", name, who) for who, name in zip(people, names, strict=False)]
    return (*(PersonalText("person", who, who) for who in people), *called)


def canonical(document: Any) -> str:
    """``document`` as the one JSON text that is hashed: ASCII, keys sorted, nothing between."""
    return json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def at_ms(entry: AuditEntry) -> int:
    """When it was, in whole milliseconds: a float has more than one form as text."""
    return round(entry.at * 1000)


def body_of(entry: AuditEntry, place: int, app: str, text_hashes: Iterable[str]) -> str:
    """The canonical body of the row at ``place`` in the log of one store. ``app``: its API key."""
    hashes = list(text_hashes)
    document = {
        "n": place,
        "app": app,
        "at_ms": at_ms(entry),
        "by": entry.by,
        "facts": dict(entry.facts),
        "kind": entry.kind.value,
        "texts": digest_of(hashes) if hashes else "",
    }
    return canonical(document)


def hash_of(before: str, body: str) -> str:
    """The hash of a row, in hex. ``before``: that of the row before, or FIRST_HASH."""
    return hashlib.sha256(f"{before}\n{body}".encode("ascii")).hexdigest()


def text_of(personal: PersonalText) -> str:
    """The canonical form of a text that a row stands for."""
    return canonical({"text": personal.text, "what": personal.what, "who": personal.who})


def text_hash(salt: str, text: str) -> str:
    """What stands in the log for a text. ``salt``: 32 hex digits of chance."""
    return hashlib.sha256(f"{salt}\n{text}".encode("ascii")).hexdigest()


def digest_of(hashes: Iterable[str]) -> str:
    """One hash over several, in their order."""
    return hashlib.sha256("\n".join(hashes).encode("ascii")).hexdigest()
