"""The policy that gives the local verdicts: shows it, replaces it, and puts it back."""

import os
from pathlib import Path

from console.base import documents
from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.engine.chat_policy_files import file_of, is_for_chats
from console.engine.services.lab.policies import Policies
from console.policy.loader import MAX_BYTES
from console.protocol.lab import AskPolicyInUse, PolicyInUse, PolicyText, PolicyUsed, UsePolicy


class LivePolicy:
    """``place``: the file that holds it; without that file the policy of the program judges.

    ``chats``: the folder of the policies for chats alone; without a file there, ``place`` judges.
    """

    def __init__(self, policies: Policies, place: Path, chats: Path) -> None:
        self._policies = policies
        self._place = place
        self._chats = chats

    def current(self, question: AskPolicyInUse) -> PolicyInUse:
        """The policy that judges now."""
        key = self._chats_of(question.instead)
        place = self._place_of(key)
        own = _text(place)
        if own is None:
            return PolicyInUse(question.request_id, "" if key else _built_in(), chats=key)
        return PolicyInUse(question.request_id, own, str(place), chats=key)

    def used(self, question: UsePolicy) -> PolicyUsed:
        """Let another policy judge. The answer holds the former one, so that it can be put back."""
        text = question.policy.text if question.policy is not None else ""
        key = self._chats_of(text) if text else question.chats
        file = self._place_of(key)
        try:
            former, undoable = _text(file), True
        except WorldError:  # what cannot be read cannot be put back, but can be replaced
            former, undoable = None, False
        place = str(file)
        if question.policy is None:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise WorldError(f"{place} could not be removed: {error.strerror}.") from error
            return PolicyUsed(question.request_id, former=former, undoable=undoable, chats=key)
        # Read as it will be read there: list files have to be found beside that place.
        ready = self._policies.read(PolicyText(text, place))
        if ready.errors:
            raise WorldError(f"The policy has errors, so nothing changed. First: {ready.errors[0]}")
        file.parent.mkdir(parents=True, exist_ok=True)
        documents.write_whole(file, text.encode())
        return PolicyUsed(question.request_id, place, former=former, undoable=undoable, chats=key)

    def _chats_of(self, text: str) -> str:
        """The key of the chats that the policy ``text`` is for alone; empty for any other."""
        if not text:
            return ""
        policy = self._policies.read(PolicyText(text, str(self._place))).policy
        return policy.key if policy is not None and is_for_chats(policy.key) else ""

    def _place_of(self, key: str) -> Path:
        return file_of(self._chats, key) if is_for_chats(key) else self._place


def _text(place: Path) -> str | None:
    if not os.path.lexists(place):
        return None
    try:
        return read_bytes(place, MAX_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorldError(f"{place} is not UTF-8 text.") from error


def _built_in() -> str:
    return (resources() / "policies" / "default.toml").read_text(encoding="utf-8")
