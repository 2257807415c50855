"""A text file that is written piece by piece, and is there only when it is whole."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from console.base.errors import WorldError

Write = Callable[[str], None]


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Write]:
    """A function that writes text to ``path``, which is replaced when the block ends well.

    What was written goes beside it until then, and away when the block ends in another way, so that
    no one takes a part for the whole. A device or a pipe is written to at once.

    Raises:
        WorldError: the file cannot be written, which may show only at the end.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    at_once = _is_no_file(target)
    part = target if at_once else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        file = part.open("w", encoding="utf-8", errors="replace", newline="")
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error

    def write(text: str) -> None:
        try:
            file.write(text)
        except OSError as error:
            raise _refused(path, error) from error

    try:
        yield write
        try:
            file.flush()
            if not at_once:
                os.fsync(file.fileno())
            file.close()
            if not at_once:
                os.replace(part, target)
        except OSError as error:
            raise _refused(path, error) from error
    except BaseException:
        with contextlib.suppress(OSError):
            file.close()
        if not at_once:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise


def _is_no_file(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode) and not path.is_dir()
    except (OSError, ValueError):
        return False


def _refused(path: Path, error: OSError | ValueError) -> WorldError:
    why = error.strerror if isinstance(error, OSError) else "it is no name of a file"
    return WorldError(f"{path} could not be written: {why}.")
