"""Every format that is read: the first that recognizes the beginning of a file reads it."""

from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

from console.policy.inputs.formats.chat_log import CHAT_LOG
from console.policy.inputs.formats.delimited import DELIMITED
from console.policy.inputs.formats.headed_paragraphs import HEADED_PARAGRAPHS
from console.policy.inputs.formats.json_document import JSON_DOCUMENT
from console.policy.inputs.formats.json_lines import JSON_LINES
from console.policy.inputs.formats.parquet import read_parquet
from console.policy.inputs.formats.plain_lines import PLAIN_LINES
from console.policy.inputs.formats.spreadsheet import read_spreadsheet
from console.policy.inputs.formats.subrip import SUBRIP, SUBVIEWER
from console.policy.inputs.formats.webvtt import WEBVTT
from console.policy.inputs.understood import Asked, Reading

FORMATS = (
    WEBVTT,
    SUBRIP,
    SUBVIEWER,
    JSON_LINES,
    JSON_DOCUMENT,
    DELIMITED,
    HEADED_PARAGRAPHS,
    CHAT_LOG,
    PLAIN_LINES,
)


class Binary(Struct, frozen=True):
    """A format that is no text.

    Attributes:
        begins: the first bytes of such a file.
        suffixes: those that alone tell it from others that begin so; empty for any.
        read: reads a file of so many bytes. Raises WorldError.
    """

    begins: bytes
    suffixes: tuple[str, ...]
    read: Callable[[BinaryIO, int, Asked], Reading]


BINARIES = (
    Binary(b"PAR1", (), read_parquet),
    Binary(b"PK\x03\x04", (), read_spreadsheet),
    Binary(b"\xd0\xcf\x11\xe0", (), read_spreadsheet),
)
OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"(\xb5/\xfd", "packed with zstd"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ID3", "a recording"),
    (b"RIFF", "a recording"),
    (b"\x7fELF", "a program"),
)
"""What files begin with that hold no text to read here."""
