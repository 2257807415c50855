"""One rotating log file per process, owner-only, with secrets and control characters kept out."""

import logging
import logging.handlers
import os
import re
import sys
from pathlib import Path

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.base.private_folder import make_private

_JWT = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
_SECRET_FIELD = re.compile(
    r"""(?P<key>["']?(?:api_secret|secret|token|authorization|password)["']?\s*[:=]\s*)"""
    r"""["']?[^\s"',}&]+["']?""",
    re.IGNORECASE,
)

MAX_BYTES = 2_000_000
KEPT_FILES = 3


def redact(text: str) -> str:
    """``text`` without tokens and secrets."""
    return _SECRET_FIELD.sub(r"\g<key>‹redacted›", _JWT.sub("‹token›", text))


class PlainFormatter(logging.Formatter):
    """One record, no secrets, no control characters but the line breaks of a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        lines = redact(super().format(record)).split("\n")
        return "\n    ".join(visible(line) for line in lines)


def configure(process: str, folder: Path, *, to_stderr: bool = False) -> Path:
    """Send this process's log to ``folder/<process>.log``; warnings to stderr too if asked.

    Returns the file's path. Standard output is never used: the engine speaks its protocol there.

    Raises:
        WorldError: the file cannot be written.
    """
    path = folder / f"{process}.log"
    make_private(folder)
    try:
        if not path.exists():
            path.touch(mode=0o600)
        elif os.name == "posix":
            path.chmod(0o600)
        file_handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError as error:
        raise WorldError(
            f"The log {path} could not be written: {error.strerror}.",
            "Choose another one with --home FOLDER.",
        ) from error
    formatter = PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    file_handler.setFormatter(formatter)
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        handler.close()
    root.addHandler(file_handler)
    root.setLevel(logging.INFO)
    if to_stderr:
        stderr = logging.StreamHandler(sys.stderr)
        stderr.setLevel(logging.WARNING)
        stderr.setFormatter(formatter)
        root.addHandler(stderr)
    logging.captureWarnings(True)
    return path
