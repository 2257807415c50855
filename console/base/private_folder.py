"""Folders that only their owner may look into, also those that somebody else made."""

import os
import stat
from pathlib import Path

from console.base.errors import WorldError


def make_private(folder: Path) -> None:
    """Make ``folder``, or take from everybody else what they may do in the one that is there.

    Raises:
        WorldError: it cannot be made, is another user's, or stays open to others.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name != "posix":
            return
        about = folder.stat()
        if not about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return
        if about.st_uid != os.geteuid():
            raise WorldError(
                f"The folder {folder} belongs to another user, who could read what is kept there.",
                "Choose another one with --home FOLDER.",
            )
        folder.chmod(0o700)
    except OSError as error:
        raise WorldError(
            f"The folder {folder} could not be made: {error.strerror}.",
            "Choose another one with --home FOLDER.",
        ) from error
    if folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WorldError(
            f"Other users may look into the folder {folder}, and its disk keeps it so.",
            "Choose another one with --home FOLDER.",
        )
