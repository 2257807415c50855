"""What moderation.check is asked, and what it said, read from the wire (STREAM.md 6.1)."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from console.base.plain_text import visible
from console.domain.verdict import KEEP, Severity
from console.engine.wire.bounded import cut_list, cut_text
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.limits import MAX_WORD

MAX_LABELS = 20


class CheckRequest(Struct, frozen=True, omit_defaults=True):
    """What is to be checked, in the words of the request body.

    Attributes:
        config_key: of the policy; empty for the one that the profile names.
        test_mode: nothing of it goes into the review queue.
        options: Stream's own; ``force_sync`` waits until pictures were looked at, too.
    """

    entity_type: str
    entity_id: str
    entity_creator_id: str
    moderation_payload: dict[str, Any]
    config_key: str = ""
    test_mode: bool = False
    options: dict[str, bool] = {}


class CheckAnswer(Struct, frozen=True, kw_only=True):
    """One check's result.

    Attributes:
        action: recommended action in Stream's words.
        status: complete, partial, or what else Stream calls it.
        rule: the deciding rule or list, empty when Stream names none.
        why: one sentence without the text that was checked.
    """

    action: str
    status: str = ""
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NONE
    confidence: float | None = None
    rule: str = ""
    why: str = ""


class _Rule(Struct):
    rule_name: str = ""


class _Item(Struct):
    severity: float = 0
    ai_text_severity: str | None = None
    confidence_score: float | None = None
    flags: list[Any] = msgspec.field(default_factory=list)


class _Answer(Struct):
    recommended_action: str
    status: str = ""
    item: _Item | None = None
    triggered_rules: list[_Rule] | None = None


def read_check(untrusted: Any) -> CheckAnswer:
    """The answer of a check.

    Raises:
        MalformedAnswerError: it names no recommended action, or is no answer at all.
    """
    try:
        answer = msgspec.convert(untrusted, _Answer)
    except msgspec.ValidationError as error:
        raise MalformedAnswerError(visible(str(error))[:200]) from error
    item = answer.item or _Item()
    flags = [flag for flag in item.flags if isinstance(flag, dict)]
    labels = tuple(dict.fromkeys(label for flag in flags for label in _labels(flag)))
    rule = next((r.rule_name for r in answer.triggered_rules or () if r.rule_name), "")
    rule = rule or next((name for name in map(_rule, flags) if name), "")
    severity = Severity.NONE if answer.recommended_action == KEEP else _severity(item)
    reason = next((r for r in (flag.get("reason") for flag in flags) if isinstance(r, str)), "")
    return CheckAnswer(
        action=cut_text(answer.recommended_action, MAX_WORD, "Verdicts"),
        status=cut_text(answer.status, MAX_WORD, "Verdicts"),
        labels=cut_list(labels, MAX_LABELS, "Labels of one verdict"),
        severity=severity,
        confidence=_confidence(item.confidence_score),
        rule=visible(rule[:200]),
        why=visible(reason[:300]),
    )


def _labels(flag: dict[str, Any]) -> Iterator[str]:
    labels = flag.get("labels")
    for label in labels if isinstance(labels, list) else ():
        if isinstance(label, str) and label:
            yield visible(label[:MAX_WORD])


def _rule(flag: dict[str, Any]) -> str:
    """The list or rule a flag's ``result`` names; its keys are not documented, so several."""
    found = flag.get("result")
    details = found[0] if isinstance(found, list) and found else found
    if not isinstance(details, dict):
        return ""
    for key in ("rule", "rule_name", "blocklist", "blocklist_name", "name"):
        if isinstance(details.get(key), str):
            return str(details[key])
    return ""


def _severity(item: _Item) -> Severity:
    word = (item.ai_text_severity or "").lower()
    if word in Severity.__members__.values():
        return Severity(word)
    # The int's scale is given once, as 1 to 100 (STREAM.md 6.4): four equal parts.
    if item.severity <= 0:
        return Severity.NONE
    steps = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
    return steps[min(3, int(item.severity - 1) // 25)]


def _confidence(score: float | None) -> float | None:
    if score is None:
        return None
    return min(1.0, max(0.0, score / 100 if score > 1 else score))
