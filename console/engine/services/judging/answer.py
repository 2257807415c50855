"""From Stream's answer, or its refusal, to the verdict that stands. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from console.base.plain_text import visible
from console.domain.item import Item, Picture
from console.domain.picture import may_be_shown
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import FLAG, KEEP, Severity, Source, Verdict, with_required
from console.engine.wire.check import CheckAnswer


def verdict_of(
    answer: CheckAnswer,
    line: Item,
    *,
    judged_at: float,
    waited_ms: float,
    checked_ms: float,
    attempts: int,
) -> Verdict:
    """Stream's verdict of ``line``; times as in Verdict.

    A label because of which nobody may see a picture is critical, and raised in any case.
    """
    gravest = isinstance(line.body, Picture) and not may_be_shown(answer.labels)
    return Verdict(
        item_id=line.item_id,
        source=Source.STREAM,
        action=FLAG if gravest and answer.action == KEEP else answer.action,
        labels=answer.labels,
        severity=Severity.CRITICAL if gravest else answer.severity,
        confidence=answer.confidence,
        rule=answer.rule,
        why=_why(answer),
        judged_at=judged_at,
        waited_ms=waited_ms,
        checked_ms=checked_ms,
        attempts=attempts,
        revision=line.revision,
        status=answer.status,
        looked=(Stage.STREAM,),
    )


def _why(answer: CheckAnswer) -> str:
    if answer.action == KEEP:
        return "Stream found nothing."
    parts = [f"Stream says {visible(answer.action)}"]
    if answer.labels:
        parts.append(f"for {', '.join(map(visible, answer.labels))}")
    if answer.rule:
        parts.append(f"by the rule {visible(answer.rule)}")
    sentence = " ".join(parts) + "."
    return f"{sentence} {visible(answer.why)}".strip() if answer.why else sentence


def verdict_without_stream(
    line: Item,
    known: Sequence[Verdict],
    sentence: str,
    *,
    judged_at: float,
    attempts: int,
) -> Verdict:
    """What stands when Stream refuses for good: the local verdict, no longer provisional.

    Where there is none either, the line is flagged, because nobody judged it.
    """
    reason = f"Stream did not judge it: {sentence}"
    local = next((verdict for verdict in known if verdict.source is Source.LOCAL), None)
    if local is None:
        return Verdict(
            item_id=line.item_id,
            source=Source.LOCAL,
            action=FLAG,
            why=f"Nobody judged this line. {reason}",
            judged_at=judged_at,
            attempts=attempts,
            revision=line.revision,
        )
    why = f"{local.why} {reason}".strip()
    not_looked = (*local.not_looked, NotLooked(Stage.STREAM, Reason.REFUSED))
    return with_required(
        replace(local, provisional=False, why=why, judged_at=judged_at, not_looked=not_looked)
    )


def verdict_unasked(line: Item, *, judged_at: float) -> Verdict:
    """What stands of a picture that no policy here judged, and that has no address for Stream."""
    return Verdict(
        item_id=line.item_id,
        source=Source.LOCAL,
        action=KEEP,
        why="No policy was active here, and Stream looks only at pictures behind an address.",
        judged_at=judged_at,
        revision=line.revision,
    )
