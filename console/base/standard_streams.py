"""Standard input, output and error as a shell may leave them: closed, full, or without a reader.

A closed one is filled before a file of ours gets its number. What cannot be written to standard
output is an error of the world with one sentence; what cannot be written to standard error has no
place to be said.
"""

import contextlib
import io
import os
import sys

from console.base.errors import WorldError


class OutputRefusedError(WorldError):
    """Standard output takes no more."""


class _Output(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._refused(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> OutputRefusedError:
        discard_output()  # what is still held back must not fail once more at the end
        return OutputRefusedError(f"Standard output could not be written: {error.strerror}.")


class _Errors(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            super().flush()


def prepare() -> None:
    """Make the three streams safe to use; ``sys.stdin`` stays None where it was closed.

    Streams that somebody has put in their place, as tests do, are left alone.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # Open the wrong way, so that using it fails as on a closed one; but errors go nowhere.
            os.open(os.devnull, os.O_RDONLY if number < 2 else os.O_WRONLY)
    sys.stdout = _safe(sys.stdout, _Output, 1)
    sys.stderr = _safe(sys.stderr, _Errors, 2)


def _safe(stream: object, kind: type[io.TextIOWrapper], number: int) -> io.TextIOWrapper:
    if stream is None:
        return kind(_fresh(number), "utf-8", errors="backslashreplace")
    if type(stream) is not io.TextIOWrapper:
        return stream  # type: ignore[return-value]  # somebody else's, of whatever type
    stream.flush()
    raw = getattr(stream.buffer, "raw", stream.buffer)  # unbuffered there is no layer between
    return kind(
        # A console of Windows is no file. Of a file the buffer may remember what it no longer is.
        _fresh(number) if type(raw) is io.FileIO else stream.buffer,
        stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _fresh(number: int) -> io.BufferedWriter:
    return io.BufferedWriter(io.FileIO(number, "w", closefd=False))


def flush_output() -> None:
    """Write what is held back.

    Raises:
        OutputRefusedError: it cannot be written.
    """
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def discard_output() -> None:
    """From now on standard output goes nowhere."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
