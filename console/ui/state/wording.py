"""Verdicts and receipts in words: for screen readers, search and plain tables. Pure."""

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.act import AUTOMATION, Act, Receipt, ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.names import plain_name
from console.domain.verdict import Severity, Verdict


def verdict_words(verdict: Verdict | None) -> str:
    """All of a badge in words."""
    if verdict is None:
        return "not judged yet"
    parts = [visible(verdict.action), *(visible(label) for label in verdict.labels)]
    if verdict.severity is not Severity.NONE:
        parts.append(f"{verdict.severity.value} severity")
    if verdict.provisional:
        parts.append("provisional")
    return ", ".join(parts)


class Step(Struct, frozen=True):
    """One step of a receipt: ``ms`` after the press, None while it was not reached."""

    name: str
    ms: float | None


class ReceiptSteps(Struct, frozen=True, kw_only=True):
    """A receipt as a stepper shows it.

    Attributes:
        steps: queued, sent, accepted, seen, in this order, always all four.
        failed, unconfirmed: how it ended, when it did not end in seen.
        unknown: unconfirmed without an answer, so that it may or may not have been done.
        left: nobody asks any more what became of it.
        reason: why, or why it is being tried again; safe to look at.
    """

    steps: tuple[Step, ...]
    failed: bool = False
    unconfirmed: bool = False
    unknown: bool = False
    left: bool = False
    reason: str = ""


DO_AGAIN = "Do it again"
LEAVE = "Leave it"

_STATES = {
    ReceiptState.QUEUED: "waits to be sent",
    ReceiptState.SENT: "sent, not answered yet",
    ReceiptState.ACCEPTED: "accepted, not seen in the call yet",
    ReceiptState.SEEN: "seen",
    ReceiptState.UNCONFIRMED: "accepted, but the call has not shown it",
    ReceiptState.FAILED: "failed",
}


_WAITS = "goes on at the next sign-in"

_UNDER_WAY = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)


def receipt_words(receipt: Receipt, *, signed_out: bool = False) -> str:
    """How far an act got, in a few words."""
    if signed_out and receipt.state in _UNDER_WAY:
        return f"{_STATES[receipt.state]}; {_WAITS}"
    if receipt.done_for and receipt.state in (ReceiptState.SENT, ReceiptState.ACCEPTED):
        return f"done for {receipt.done_for} so far"
    if receipt.task and receipt.state is ReceiptState.ACCEPTED:
        return f"Stream's task: {visible(receipt.task)}"
    words = "sent, outcome not known" if receipt.outcome_unknown else _STATES[receipt.state]
    return f"{words}, left as it is" if receipt.left else words


def reason_with_details(receipt: Receipt) -> str:
    """Why an act stands as it does, and below it what Stream itself said; safe to look at."""
    details = f"Stream said: {visible(receipt.details)}" if receipt.details else ""
    return "\n".join(filter(None, (visible(receipt.reason), details)))


def asks_for_a_choice(receipt: Receipt) -> bool:
    """Whether only a person can say if the act is done again or left."""
    return receipt.state is ReceiptState.UNCONFIRMED and not receipt.left


def repair_word(receipt: Receipt) -> str:
    """What a button offers for an act that did not end in seen; "" for nothing."""
    if receipt.state is ReceiptState.FAILED:
        return "Retry"
    return DO_AGAIN if asks_for_a_choice(receipt) else ""


def steps_of(act: Act, receipt: Receipt, *, signed_out: bool = False) -> ReceiptSteps:
    """How far an act got, in ms since the press."""

    def since_press(at: float) -> float | None:
        return max(0.0, (at - act.requested_at) * 1000.0) if at else None

    return ReceiptSteps(
        steps=(
            Step("queued", since_press(receipt.queued_at)),
            Step("sent", since_press(receipt.sent_at)),
            Step("accepted", since_press(receipt.accepted_at)),
            Step("seen", since_press(receipt.seen_at)),
        ),
        failed=receipt.state is ReceiptState.FAILED,
        unconfirmed=receipt.state is ReceiptState.UNCONFIRMED,
        unknown=receipt.outcome_unknown,
        left=receipt.left,
        reason=_WAITS if signed_out and receipt.state in _UNDER_WAY else visible(receipt.reason),
    )


def steps_text(steps: ReceiptSteps) -> str:
    """``queued 3 ms · sent 10 ms · accepted 52 ms · seen 80 ms``, as far as it got."""
    return " · ".join(
        f"{step.name} {step.ms:.0f} ms" for step in steps.steps if step.ms is not None
    )


def who_text(act: Act) -> str:
    """Whom an act concerns, safe to look at."""
    spec = spec_of(act.kind)
    if spec.for_each and act.names:
        return f"{len(act.names)} people" if len(act.names) > 1 else visible(act.names[0])
    if spec.scope is Scope.CALL:
        return "everyone" if spec.of_people else "the call"
    if not act.user_ids:
        return "somebody unknown"
    names = act.names or act.user_ids
    return ", ".join(
        plain_name(name, user_id) for name, user_id in zip(names, act.user_ids, strict=True)
    )


def done_text(act: Act) -> str:
    """What an act did, in the past tense."""
    return spec_of(act.kind).done.format(who=who_text(act))


def act_text(act: Act) -> str:
    """What an act is called in the log, with what matters of its details."""
    label = spec_of(act.kind).title
    details: list[str] = []
    if act.by == AUTOMATION:
        details.append("by automation")
    elif act.rule:
        details.append("suggested by automation")
    if act.minutes is not None:
        details.append(lasting(act.minutes))
    if act.ip_ban:
        details.append("and IP address")
    if act.reason:
        details.append(visible(act.reason))
    if act.undo_of:
        details.append("undo")
    return f"{label} ({', '.join(details)})" if details else label


def evidence_text(act: Act) -> str:
    """What an act answers, and the rule that wanted it; empty where neither is known."""
    parts = [f"Rule: {visible(act.rule)}"] if act.rule else []
    if act.item is not None and act.item.text:
        parts.append(f"They said: “{visible(act.item.text)[:300]}”")
    return "\n".join(parts)


def lasting(minutes: int) -> str:
    """``2 hours``, in the largest unit that fits."""
    for size, unit in ((24 * 60, "day"), (60, "hour")):
        if minutes % size == 0:
            many = minutes // size
            return f"{many} {unit}" if many == 1 else f"{many} {unit}s"
    return f"{minutes} min"
