"""The encoding that somebody names for a file, and the bytes of the file that do not fit it."""

import codecs
import io
from typing import BinaryIO

from console.base.errors import WorldError
from console.policy.inputs.encodings import CHUNK, NAMES, Encoding, wide_without_mark

MAX_LINES = 100_000
"""Damaged lines of one file that are told one by one; places are all counted."""

_MARK = "\udfff"
"""Stands for one place that could not be decoded; no decoder makes it of sound bytes."""
_MARKING = "console.policy.damage"
_NEED_A_MARK = ("utf-16", "utf-32")
_NO_TEXTS = ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
"""Codecs that Python takes for encodings of texts, but which write names, source code or mail."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _MARK, error.end
    raise error


codecs.register_error(_MARKING, _mark)


def asked_encoding(file: BinaryIO, name: str) -> Encoding:
    """The encoding called ``name`` for ``file``, which is read to its end and rewound.

    Raises:
        WorldError: no encoding of texts has this name, or the file cannot be in it.
    """
    codec = _codec(name)
    if not codec:
        raise WorldError(f"“{name}” is no encoding of texts.", "utf-8, utf-16 or cp1252 are some.")
    said = NAMES.get(codec, name)
    if codec in _NEED_A_MARK:
        codec = _with_its_order(file, codec, said)
    try:
        damaged, lines = _damage(file, codec)
    except UnicodeError as error:
        raise WorldError(f"The file cannot be read as {said}.") from error
    finally:
        file.seek(0)
    if damaged:
        said += f" with {damaged:,} damaged place" + ("s" if damaged > 1 else "")
    return Encoding(codec, f"{said} (as asked)", damaged, lines)


def _codec(name: str) -> str:
    """Python's name for it; empty where it makes no text of bytes."""
    try:
        found = codecs.lookup(name).name
        "".encode(name)  # of the others some make bytes of bytes
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if found.replace("_", "-") in _NO_TEXTS else found


def _with_its_order(file: BinaryIO, codec: str, said: str) -> str:
    """``codec``, or the one that names the order of bytes where the file has no mark of it."""
    head = file.read(CHUNK)
    file.seek(0)
    little, big = (
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        if codec == "utf-16"
        else (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
    )
    if not head or head.startswith((little, big)):
        return codec
    found = wide_without_mark(head)
    if found is not None and found.codec.startswith(codec):
        return found.codec
    raise WorldError(
        f"The file is not {said}: it begins with no byte order mark.",
        f"Name {codec}-le or {codec}-be if it has none, or name no encoding.",
    )


def _damage(file: BinaryIO, codec: str) -> tuple[int, tuple[int, ...]]:
    """How many places do not fit, and their lines."""
    decoder = codecs.getincrementaldecoder(codec)(_MARKING)
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    damaged, line = 0, 1
    lines: dict[int, None] = {}
    while True:
        data = file.read(CHUNK)
        text = ends.decode(decoder.decode(data, not data), not data)
        *before, rest = text.split(_MARK)
        for piece in before:
            line += piece.count("\n")
            damaged += 1
            if len(lines) < MAX_LINES:
                lines[line] = None
        line += rest.count("\n")
        if not data:
            return damaged, tuple(lines)
