"""One JSON line is one message. The unknown, oversized and mistyped is refused here, once."""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import msgspec

from console.protocol.media import FromMedia, ToMedia
from console.protocol.speech_plugin import MAX_PLUGIN_LINE, FromPlugin, ToPlugin
from console.protocol.to_engine import ToEngine
from console.protocol.to_window import ToWindow

MAX_LINE_BYTES = 16 * 1024 * 1024
"""A whole directory of 1,000 calls is under 1 MB; anything near this limit is a defect."""

M = TypeVar("M")


class LineRefusedError(ValueError):
    """A line that is no message. ``str()`` says why, without the line's content."""


class LineReader(Generic[M]):
    """Cuts bytes into lines of at most ``most`` bytes, and lines into messages of a union type."""

    def __init__(self, union: Any, most: int = MAX_LINE_BYTES) -> None:
        self._most = most
        self._decoder: msgspec.json.Decoder[M] = msgspec.json.Decoder(union)
        self._rest = bytearray()
        self._skipping = False

    def decode(self, line: bytes) -> M:
        """One line, without its line break, as a message.

        Raises:
            LineRefusedError: not JSON, unknown tag, wrong type, or too long.
        """
        if len(line) > self._most:
            raise LineRefusedError(f"a line of {len(line)} bytes is over the limit")
        try:
            return self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise LineRefusedError(str(error)) from error
        except RecursionError as error:
            raise LineRefusedError("a line nests too deep") from error

    def feed(self, data: bytes) -> Iterator[M | LineRefusedError]:
        """The messages completed by ``data``; a refused line comes as its error, in order."""
        self._rest += data
        *lines, rest = bytes(self._rest).split(b"\n")
        self._rest = bytearray(rest)
        if len(self._rest) > self._most:
            self._rest.clear()
            if not self._skipping:
                self._skipping = True
                yield LineRefusedError("a line grew over the limit and is skipped")
        for line in lines:
            if self._skipping:
                self._skipping = False
                continue
            if not line.strip():
                continue
            try:
                yield self.decode(line)
            except LineRefusedError as refused:
                yield refused


_encoder = msgspec.json.Encoder()


def encode(message: ToWindow | ToEngine | ToMedia | FromMedia | ToPlugin) -> bytes:
    """``message`` as one line, line break included."""
    return _encoder.encode(message) + b"\n"


def window_reader() -> LineReader[ToWindow]:
    """Reads what an engine writes."""
    return LineReader(ToWindow)


def engine_reader() -> LineReader[ToEngine]:
    """Reads what a window writes."""
    return LineReader(ToEngine)


def orders_reader() -> LineReader[ToMedia]:
    """Reads what an engine asks of its media process."""
    return LineReader(ToMedia)


def media_reader() -> LineReader[FromMedia]:
    """Reads what a media process tells."""
    return LineReader(FromMedia)


def plugin_reader() -> LineReader[FromPlugin]:
    """Reads what a speech plugin tells."""
    return LineReader(FromPlugin, MAX_PLUGIN_LINE)
