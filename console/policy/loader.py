"""Reads policies from files, with the lists they name and our stand-ins for Stream's lists."""

from pathlib import Path

from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.policy.fallback_lists import missing_lists, with_stand_ins
from console.policy.policy_file import PolicyRead, ReadFile, read_policy, read_stand_ins

MAX_BYTES = 64 << 20
"""A policy file larger than this is refused."""


def read_policy_at(path: Path) -> PolicyRead:
    """The policy at ``path`` with the lists it names beside it, and stand-ins for Stream's own.

    Raises:
        WorldError: the file itself cannot be read; what is wrong inside it is returned.
    """
    return read_policy_text(_text_of(path), str(path), _beside(path.parent))


def read_policy_text(text: str, place: str, read_file: ReadFile | None = None) -> PolicyRead:
    """As ``read_policy``, with stand-ins for Stream's own lists.

    Without ``read_file`` lists are read beside ``place`` when that is a whole path.
    """
    if read_file is None:
        folder = Path(place).parent
        read_file = _beside(folder) if folder.is_absolute() else _unsaved
    read = read_policy(text, place, read_file)
    if read.policy is None or not missing_lists(read.policy):
        return read
    stand_ins = read_stand_ins(_beside(resources() / "policies"))
    return PolicyRead(with_stand_ins(read.policy, stand_ins))


def _unsaved(name: str) -> str:
    raise WorldError(f"“{name}” is looked for beside the policy; save the policy first.")


def _beside(folder: Path) -> ReadFile:
    def read(name: str) -> str:
        path = Path(name)
        if path.is_absolute() or ".." in path.parts:
            raise WorldError(f"“{name}” is not below the policy's own folder.")
        return _text_of(folder / path)

    return read


def _text_of(path: Path) -> str:
    try:
        return read_bytes(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorldError(f"{path} is not UTF-8 text.") from error
