"""The files of one export of evidence, and the list of their hashes."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from console import __version__
from console.base.csv_line import csv_line
from console.base.plain_text import visible
from console.domain.evidence import Evidence, EvidenceNote, Hold
from console.domain.redaction import Redactor
from console.engine.evidence.page import page, verdict_words, when

MANIFEST = "manifest.json"
FORMAT = 1


class Whole(NamedTuple):
    """All that is known of one evidence.

    Attributes:
        body: its JSON as it is kept, byte by byte. jpegs: by the hash of the picture.
    """

    evidence: Evidence
    body: bytes
    jpegs: Mapping[str, bytes]
    notes: tuple[EvidenceNote, ...] = ()
    hold: Hold | None = None


def files_of(whole: Whole, *, redacted: bool, made_at: float) -> dict[str, bytes]:
    """Every file by its path in the export; the manifest comes last.

    In the redacted form nothing stands that the redactor has not seen.
    """
    evidence, jpegs, notes, hold = whole.evidence, whole.jpegs, whole.notes, whole.hold
    body = whole.body
    if redacted:
        redactor = Redactor(evidence)
        evidence, jpegs, notes, hold = redactor.evidence(evidence), {}, (), None
        body = msgspec.json.encode(evidence)
    names = {key: f"media/{key}.jpg" for key in sorted(jpegs) if _is_hash(key)}
    files = {
        "page.html": page(evidence, names, notes, hold, redacted=redacted).encode(),
        "evidence.json": body,
        "lines.csv": _csv(evidence).encode(),
        **{name: jpegs[key] for key, name in names.items()},
    }
    files[MANIFEST] = manifest_of(files, redacted=redacted, made_at=made_at)
    return files


def manifest_of(files: Mapping[str, bytes], *, redacted: bool, made_at: float) -> bytes:
    """The list of ``files`` with their sizes and SHA-256, as JSON."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "made_by": f"moderator-console {__version__}",
        "made_at": when(made_at),
        "redacted": redacted,
        "files": {
            name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        },
    }
    document["digest"] = digest_of(document)
    return as_written(document)


def digest_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of all of a manifest but its own digest."""
    rest = {name: value for name, value in document.items() if name != "digest"}
    return sha256(as_written(rest)).hexdigest()


def as_written(document: Mapping[str, Any]) -> bytes:
    """The one form in which a manifest is written, byte by byte."""
    return (json.dumps(document, indent=2, sort_keys=True) + "\n").encode()


def export_note(files: Mapping[str, bytes], *, redacted: bool) -> str:
    """What is noted of an export: its form, and the hash that stands for all of its files."""
    form = "redacted" if redacted else "whole"
    return f"{form}, SHA-256 of its manifest {sha256(files[MANIFEST]).hexdigest()}"


def _csv(evidence: Evidence) -> str:
    head = ("time_utc", "user_id", "name", "kind", "role", "text", "verdicts")
    return "".join(map(csv_line, (head, *_rows(evidence))))


def _rows(evidence: Evidence) -> Iterable[tuple[str, ...]]:
    for each in evidence.lines:
        item = each.line.item
        role = "answered" if each.subject else "theirs" if each.theirs else "around"
        verdicts = " | ".join(map(verdict_words, each.line.verdicts))
        cells = (item.author_id, item.author_name, item.kind, role, item.text, verdicts)
        yield when(item.start_time), *map(visible, cells)


def _is_hash(text: str) -> bool:
    return len(text) <= 64 and text.isalnum() and text.isascii()
