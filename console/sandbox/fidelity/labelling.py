"""Labels for texts without anything else happening: no queue, no verdict on a person."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from console.domain.results import NOTHING, Judgement
from console.sandbox.judging import Judging
from console.sandbox.rendering import fields
from console.sandbox.state import State

RESULTS_KEPT = 10_000
DEFAULT_KEY = "labels"
"""The policy that labels where none is named (?)."""


@dataclass(slots=True, eq=False)
class Labelled:
    """One text and its labels (LabelResultResponse)."""

    id: str
    content: str
    content_id: str
    content_type: str
    category: str
    policy: str
    user_id: str
    created_at: float
    judgement: Judgement
    language: str = ""

    @property
    def harm(self) -> str:
        """The gravest label."""
        return self.judgement.labels[0] if self.judgement.labels else ""

    def answer(self) -> dict[str, Any]:
        """LabelsResponse."""
        judgement = self.judgement
        return {
            "content_id": self.content_id or None,
            "recommended_action": judgement.action,
            "severity": judgement.severity.value.upper(),
            "labels": list(judgement.labels),
            "harm_type": self.harm,
            "language": self.language,
            "masked_content": masked(self.content, judgement),
            "fully_masked_content": masked(self.content, judgement, whole=True),
        }

    def wire(self) -> dict[str, Any]:
        """LabelResultResponse."""
        return {
            **fields(self, "judgement"),
            **self.answer(),
            "user_id": self.user_id or None,
        }


class Labelling:
    """Judges texts and keeps what it said, if asked to."""

    def __init__(self, state: State, judging: Judging) -> None:
        self._state = state
        self._judging = judging
        self.results: deque[Labelled] = deque(maxlen=RESULTS_KEPT)

    def judge(self, key: str, text: str) -> Judgement:
        """What the policy of ``key`` says of ``text``; nothing where there is none."""
        found = self._judging.evaluator_for(key)
        return found[1].judge(text) if found else NOTHING

    def label(
        self,
        content: str,
        *,
        policy: str = "",
        content_id: str = "",
        content_type: str = "",
        category: str = "",
        user_id: str = "",
        keep: bool = True,
    ) -> Labelled:
        """Label one text."""
        user = self._state.users.get(user_id)
        labelled = Labelled(
            id=self._state.new_id(),
            content=content,
            content_id=content_id,
            content_type=content_type or "text",
            category=category,
            policy=policy or DEFAULT_KEY,
            user_id=user_id,
            created_at=self._state.now(),
            judgement=self.judge(policy or DEFAULT_KEY, content),
            language=user.language if user else "",
        )
        if keep:
            self.results.append(labelled)
        return labelled


def masked(text: str, judgement: Judgement, *, whole: bool = False) -> str:
    """``text`` with what matched as stars; ``whole`` leaves not even the first letter (?)."""
    letters = list(text)
    for match in judgement.matches:
        first = match.start if whole else match.start + 1
        letters[first : match.end] = "*" * max(0, match.end - first)
    return "".join(letters)
