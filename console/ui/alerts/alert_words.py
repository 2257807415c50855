"""What alerts and announcements say. Pure; nothing that was said in a call is repeated in them."""

from collections import Counter
from collections.abc import Sequence

from console.base.plain_text import visible
from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.domain.names import plain_name
from console.domain.raised import RaisedItem
from console.domain.verdict import Severity
from console.protocol.acts import ActProgress
from console.ui.alerts.alert_rows import RowKey, Subject, Way
from console.ui.alerts.decide import Alert
from console.ui.state.wording import done_text, reason_with_details, receipt_words, who_text
from console.ui.widgets.short_texts import clock_minute, count

MOST = 80
"""Code points of a name or of a label in an alert."""

WAY_WORDS = {
    Way.SOUND: "Sound",
    Way.ATTENTION: "Taskbar or dock",
    Way.NOTIFICATION: "Desktop notification",
}

SUBJECT_WORDS = {
    Subject.SEVERITY: "Severity",
    Subject.LABEL: "Label",
    Subject.RULE: "Rule",
    Subject.CALL: "Call",
}


def alert_title(alert: Alert) -> str:
    """What was raised: ``Critical: scam``."""
    return what_words(alert.raised)


def alert_body(alert: Alert, call_name: str) -> str:
    """Who, in which call, and how many alerts before it were held back."""
    who = _short(plain_name(alert.raised.item.author_name, alert.raised.item.author_id))
    held = f"\n{count(alert.held, 'more alert')} before it." if alert.held else ""
    return f"{who} in {_short(call_name)}{held}"


def what_words(raised: RaisedItem) -> str:
    """How grave and which labels: ``Critical: scam, spam``."""
    verdict = raised.verdict
    grave = verdict.severity.value if verdict.severity is not Severity.NONE else verdict.action
    labels = ", ".join(_short(label) for label in verdict.labels[:3])
    return _short(visible(grave)).capitalize() + (f": {labels}" if labels else "")


def row_words(key: RowKey, call_name: str = "") -> str:
    """What a row is about, safe to look at."""
    name = call_name or key.name
    if key.subject is Subject.SEVERITY:
        return f"{key.name.capitalize()} severity"
    return f"{SUBJECT_WORDS[key.subject]} {_short(name)}"


def snooze_words(what: str, until: float) -> str:
    """``Alerts for label scam are silent until 12:40``."""
    return f"Alerts for {what[:1].lower()}{what[1:]} are silent until {clock_minute(until)}"


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= MOST else shown[: MOST - 1] + "…"


def raised_words(raised: Sequence[RaisedItem], worst: RaisedItem, call_name: str) -> str:
    """What a screen reader says of lines that were raised together; ``worst`` is the gravest."""
    who = _short(plain_name(worst.item.author_name, worst.item.author_id))
    one = f"{what_words(worst)}, {who} in {_short(call_name)}"
    if len(raised) == 1:
        return f"Raised: {one}"
    return f"{count(len(raised), 'raised line')}, the gravest: {one}"


def ended_words(ended: Sequence[ActProgress]) -> str:
    """What a screen reader says of acts that ended together."""
    if len(ended) <= FEW:
        return ". ".join(_ended(each) for each in ended)
    states = Counter(each.receipt.state for each in ended)
    parts = [f"{states[state]} {words}" for state, words in _STATES.items() if states[state]]
    return f"{len(ended)} acts ended: {', '.join(parts)}"


FEW = 3
_STATES = {
    ReceiptState.SEEN: "seen in the call",
    ReceiptState.UNCONFIRMED: "not confirmed",
    ReceiptState.FAILED: "failed",
}


def _ended(progress: ActProgress) -> str:
    words = done_text(progress.act)
    if progress.receipt.state is ReceiptState.SEEN:
        return f"{words[:1].upper()}{words[1:]}, seen in the call"
    spec, who = spec_of(progress.act.kind), who_text(progress.act)
    why = reason_with_details(progress.receipt).replace("\n", " ")
    return f"{spec.title} for {who}: {receipt_words(progress.receipt)}. {why}".rstrip()
