"""The policy that gives the local verdicts: shows it, replaces it, and puts it back."""

import os
from pathlib import Path

from console.base import documents
from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.engine.services.lab.policies import Policies
from console.policy.loader import MAX_BYTES
from console.protocol.lab import AskPolicyInUse, PolicyInUse, PolicyText, PolicyUsed, UsePolicy


class LivePolicy:
    """``place``: the file that holds it; without that file the policy of the program judges."""

    def __init__(self, policies: Policies, place: Path) -> None:
        self._policies = policies
        self._place = place

    def current(self, question: AskPolicyInUse) -> PolicyInUse:
        """The policy that judges now."""
        own = self._text()
        if own is None:
            return PolicyInUse(question.request_id, _built_in())
        return PolicyInUse(question.request_id, own, str(self._place))

    def used(self, question: UsePolicy) -> PolicyUsed:
        """Let another policy judge. The answer holds the former one, so that it can be put back."""
        try:
            former, undoable = self._text(), True
        except WorldError:  # what cannot be read cannot be put back, but can be replaced
            former, undoable = None, False
        place = str(self._place)
        if question.policy is None:
            try:
                self._place.unlink(missing_ok=True)
            except OSError as error:
                raise WorldError(f"{place} could not be removed: {error.strerror}.") from error
            return PolicyUsed(question.request_id, former=former, undoable=undoable)
        # Read as it will be read there: list files have to be found beside that place.
        ready = self._policies.read(PolicyText(question.policy.text, place))
        if ready.errors:
            raise WorldError(f"The policy has errors, so nothing changed. First: {ready.errors[0]}")
        documents.write_whole(self._place, question.policy.text.encode())
        return PolicyUsed(question.request_id, place, former=former, undoable=undoable)

    def _text(self) -> str | None:
        if not os.path.lexists(self._place):
            return None
        try:
            return read_bytes(self._place, MAX_BYTES).decode("utf-8")
        except UnicodeDecodeError as error:
            raise WorldError(f"{self._place} is not UTF-8 text.") from error


def _built_in() -> str:
    return (resources() / "policies" / "default.toml").read_text(encoding="utf-8")
