"""Labels for texts and nothing else: no item in the queue, no verdict on a person."""

from collections import deque
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.domain.results import NOTHING, Judgement
from console.sandbox.judging import Judging
from console.sandbox.rendering import fields
from console.sandbox.state import State

RESULTS_KEPT = 10_000
DEFAULT_KEY = "labels"
"""The policy that labels where none is named (?)."""


class NewLabels(Struct):
    """The body that asks for the labels of a text; with ``dry_run`` nothing is kept."""

    content: Annotated[str, Meta(min_length=1)]
    category: str | None = None
    content_id: str | None = None
    content_type: str | None = None
    dry_run: bool | None = None
    policy: str | None = None
    user_id: str | None = None


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
    """Judges texts and keeps the labels, if asked to."""

    def __init__(self, state: State, judging: Judging) -> None:
        self._state = state
        self._judging = judging
        self.results: deque[Labelled] = deque(maxlen=RESULTS_KEPT)

    def judge(self, key: str, text: str) -> Judgement:
        """What the policy of ``key`` says of ``text``; nothing where there is none."""
        found = self._judging.evaluator_for(key)
        return found[1].judge(text) if found else NOTHING

    def label(self, wanted: NewLabels) -> Labelled:
        """Label one text."""
        user = self._state.users.get(wanted.user_id or "")
        policy = wanted.policy or DEFAULT_KEY
        labelled = Labelled(
            id=self._state.new_id(),
            content=wanted.content,
            content_id=wanted.content_id or "",
            content_type=wanted.content_type or "text",
            category=wanted.category or "",
            policy=policy,
            user_id=wanted.user_id or "",
            created_at=self._state.now(),
            judgement=self.judge(policy, wanted.content),
            language=user.language if user else "",
        )
        if not wanted.dry_run:
            self.results.append(labelled)
        return labelled


def masked(text: str, judgement: Judgement, *, whole: bool = False) -> str:
    """``text`` with what matched as stars; ``whole`` leaves not even the first letter (?)."""
    letters = list(text)
    for match in judgement.matches:
        first = match.start if whole else match.start + 1
        letters[first : match.end] = "*" * max(0, match.end - first)
    return "".join(letters)
