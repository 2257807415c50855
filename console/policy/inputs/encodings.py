"""Which encoding the bytes of a text file are in: UTF-8, UTF-16, UTF-32, or one of before Unicode.

A byte order mark decides; without one, whether the whole file is UTF-8 or looks like UTF-16; what
is left is guessed with charset-normalizer among the encodings that spreadsheets still write.
"""

import codecs
import unicodedata
from typing import BinaryIO

from charset_normalizer import from_bytes
from msgspec import Struct

CHUNK = 1 << 20
SAMPLE = 1 << 16
MAX_DAMAGED = 1_000
"""Faults after which a file is no longer taken for damaged UTF-8."""
LEAST_OF_NO_TEXT = 512
_CONTROLS = bytes(each for each in range(32) if each not in b"\t\n\v\f\r\x1b") + b"\x7f"

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# Those that come first are taken where several fit equally well.
_OLD = (
    *("cp1252", "cp1250", "cp1254", "cp1251", "cp1253", "koi8_r", "cp1256", "cp1255"),
    *("euc_jp", "shift_jis", "gb18030", "big5", "cp949"),
)
NAMES = {
    **{f"cp125{at}": f"Windows-125{at}" for at in range(9)},
    **{"koi8_r": "KOI8-R", "euc_jp": "EUC-JP", "shift_jis": "Shift JIS", "gb18030": "GB 18030"},
    **{"big5": "Big5", "cp949": "EUC-KR", "utf-8": "UTF-8", "iso8859-1": "Latin-1"},
    **{"utf-16": "UTF-16", "utf-32": "UTF-32", "ascii": "ASCII"},
}
# Signs that Western texts have inside of words only when they were read in the wrong encoding.
_NEIGHBOURS = frozenset("'’´`-_.,;:!?\"“”„‘«»()[]{}<>/\\|&*+=#@%€£$§©®™°ªº–—…·•¿¡~^")


class Encoding(Struct, frozen=True):
    """An encoding by Python's name and for people.

    Attributes:
        damaged: how many places could not be decoded.
        damaged_lines: their lines, from 1.
    """

    codec: str
    name: str
    damaged: int = 0
    damaged_lines: tuple[int, ...] = ()


def encoding_of(file: BinaryIO) -> Encoding:
    """The encoding of ``file``, which is read to its end and rewound."""
    head = file.read(SAMPLE)
    file.seek(0)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, f"{name} with a byte order mark")
    if wide := wide_without_mark(head):
        return wide
    found = _as_utf8(file)
    file.seek(0)
    if found is not None:
        return found
    sample = _beyond_ascii(file)
    file.seek(0)
    return _guessed(sample)


def wide_without_mark(head: bytes) -> Encoding | None:
    """UTF-16 whose mark is missing: one half of the byte pairs of letters and line ends is 0."""
    if b"\0" not in head:
        return None
    pairs = head[: len(head) // 2 * 2]
    zeros = pairs[0::2].count(0), pairs[1::2].count(0)
    for codec, name, empty, full, end in (
        ("utf-16-le", "UTF-16, little end first", zeros[1], zeros[0], b"\n\0"),
        ("utf-16-be", "UTF-16, big end first", zeros[0], zeros[1], b"\0\n"),
    ):
        ends = pairs.count(end)
        many = empty > len(pairs) // 5 or (ends and ends * 10 >= pairs.count(b"\n") * 9)
        if many and full * 20 <= empty and _decodes(pairs, codec):
            return Encoding(codec, f"{name}, without a byte order mark")
    return None


def holds_text(file: BinaryIO) -> bool:
    """False where so many control characters stand at the beginning as no text has.

    It is rewound. A few bytes prove nothing; UTF-16 and UTF-32 are full of zeros.
    """
    head = file.read(SAMPLE)
    file.seek(0)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return len(head) < LEAST_OF_NO_TEXT or controls * 20 < len(head)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(file: BinaryIO) -> Encoding | None:
    """UTF-8, though some of its bytes be damaged; None where they are rather of another sort."""
    damaged, lines, beyond, line = 0, [], 0, 1
    rest = b""
    while True:
        data = file.read(CHUNK)
        block, rest = rest + data, b""
        at = 0
        while at < len(block):
            try:
                text, used = codecs.utf_8_decode(block[at:], "strict", not data)
            except UnicodeDecodeError as error:
                good = block[at : at + error.start]
                beyond += len(good) - len(good.decode())
                damaged += 1
                line += good.count(b"\n")
                lines.append(line)
                at += error.end
                if damaged >= MAX_DAMAGED:
                    return None
                continue
            beyond += used - len(text)
            line += block.count(b"\n", at, at + used)
            rest = block[at + used :]
            break
        if not data:
            break
    if damaged == 0:
        return Encoding("utf-8", "UTF-8")
    if beyond < damaged * 4:
        return None
    said = f"UTF-8 with {damaged:,} damaged place" + ("s" if damaged > 1 else "")
    return Encoding("utf-8", said, damaged, tuple(dict.fromkeys(lines)))


def _beyond_ascii(file: BinaryIO) -> bytes:
    """The first lines that hold more than ASCII."""
    found, size = [], 0
    while size < SAMPLE and (line := file.readline(SAMPLE)):
        if not line.isascii():
            found.append(line)
            size += len(line)
    return b"".join(found)


def _guessed(sample: bytes) -> Encoding:
    fits = list(from_bytes(sample, cp_isolation=list(_OLD)))
    codec = "cp1252"
    if fits:
        chaos = min(each.chaos for each in fits)
        near = [each for each in fits if each.chaos <= chaos + 0.01]
        coherent = max(each.coherence for each in near)
        near = [each for each in near if each.coherence >= coherent - 0.1]
        codec = min((each.encoding for each in near), key=_OLD.index)
        if codec in ("cp1252", "cp1250"):
            codec = "cp1252" if _western(sample) else "cp1250"
    return Encoding(codec, f"{NAMES.get(codec, codec)} (guessed)")


def _western(sample: bytes) -> bool:
    """Whether Windows-1252 makes words of these bytes, with no sign in the midst of letters."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    for before, char, after in zip(text, text[1:], text[2:], strict=False):
        if char.isascii() or char.isalpha() or char in _NEIGHBOURS:
            continue
        if before.isalpha() and after.isalpha() and unicodedata.category(char)[0] != "Z":
            return False
    return True
