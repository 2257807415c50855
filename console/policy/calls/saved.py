"""What a call rule would have done in calls that were kept, piece by piece. Pure.

The labels of words are those of the verdicts of then; a picture's are what was found in it.
"""

from collections.abc import Iterator

from msgspec import Struct

from console.domain.item import CAPTION as CAPTION_ITEM
from console.domain.item import FRAME, Item, Picture
from console.domain.picture import found_labels
from console.domain.verdict import JudgedItem, Match, Severity, Verdict
from console.policy.calls.rules import (
    CAPTION,
    KEY_FRAME,
    NEW,
    OCR,
    CallRule,
    Observed,
    RuleState,
    Triggered,
    labelled,
    observe,
)
from console.policy.label import label_key
from console.policy.sections.ai_image import KIND as OF_IMAGES
from console.policy.sections.words import IMAGE_LABELS, names

QR_CODE = "QR code"
"""What Stream calls a frame with such a code."""

_IMAGE_LABELS = frozenset(map(label_key, names(IMAGE_LABELS)))


class Effect(Struct, frozen=True):
    """What completed a violation, the ``part`` of the rule it met, and what it triggered.

    ``part``: one of ``calls.rules.SEEN``.
    """

    item: Item
    part: str
    triggered: Triggered


class Replay:
    """One rule in one session of a call. Takes what was said and shown there, in its order."""

    def __init__(self, rule: CallRule) -> None:
        self._rule = rule
        self._states: dict[str, RuleState] = {}

    def see(self, judged: JudgedItem) -> Iterator[Effect]:
        """What the rule would have done at this; of a frame, both its parts are seen."""
        item = judged.item
        for seen in _observed(judged):
            state = self._states.get(item.author_id, NEW)
            self._states[item.author_id], triggered = observe(self._rule, state, seen)
            if triggered is not None:
                yield Effect(item, seen.kind, triggered)


def _observed(judged: JudgedItem) -> Iterator[Observed]:
    item, verdict = judged.item, judged.standing
    at, call_type = item.start_time, item.cid.partition(":")[0]
    if item.kind == CAPTION_ITEM and not item.translated:
        yield Observed(kind=CAPTION, labels=_labels(verdict), at=at, call_type=call_type)
    elif item.kind == FRAME and isinstance(item.body, Picture):
        shown, sure = _shown(item.body, verdict)
        yield Observed(kind=KEY_FRAME, labels=shown, confidence=sure, at=at, call_type=call_type)
        if item.body.words:
            read = {key: grave for key, grave in _labels(verdict).items() if key not in shown}
            yield Observed(kind=OCR, labels=read, at=at, call_type=call_type)


def _shown(
    picture: Picture, verdict: Verdict | None
) -> tuple[dict[str, Severity], dict[str, float]]:
    """What a frame shows, under every name of it, and how sure each is."""
    sure: dict[str, float] = {}
    for found in found_labels(picture.labels, picture.text):
        for name in found.names:
            sure[label_key(name)] = max(found.score, sure.get(label_key(name), 0.0))
    if picture.qr:
        sure[label_key(QR_CODE)] = 1.0
    given = _labels(verdict)
    of_rules = {label_key(each.label) for each in _matches(verdict) if each.kind == OF_IMAGES}
    shown = sure.keys() | (given.keys() & (of_rules | _IMAGE_LABELS))
    return {key: given.get(key, Severity.NONE) for key in shown}, sure


def _matches(verdict: Verdict | None) -> tuple[Match, ...]:
    return verdict.matches if verdict is not None and verdict.raised else ()


def _labels(verdict: Verdict | None) -> dict[str, Severity]:
    if verdict is None or not verdict.raised:
        return {}
    found = dict.fromkeys(verdict.labels, verdict.severity)
    for match in verdict.matches:
        if match.label:
            found[match.label] = match.severity
    return labelled(found)
