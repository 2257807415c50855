"""How items of the review queue are worded. Pure; everything is safe to look at."""

from console.base.plain_text import visible
from console.domain.names import plain_name
from console.domain.review import ReviewAction, ReviewFlag, ReviewItem
from console.domain.verdict import Severity
from console.ui.widgets.short_texts import clock, clock_minute, count, span

_KINDS = {
    "stream:v1:utterance": "spoken words",
    "stream:v1:call": "a call",
    "stream:user": "a person",
    "stream:v1:user_profile": "a profile",
    "stream:chat:v1:message": "a chat message",
}


def who(item: ReviewItem) -> str:
    """Whose content it is."""
    if not item.author_id:
        return "Somebody unknown"
    return plain_name(item.author_name, item.author_id)


def content_kind(item: ReviewItem) -> str:
    """What sort of content it is."""
    return _KINDS.get(item.entity_type, visible(item.entity_type) or "content")


def excerpt(item: ReviewItem) -> str:
    """What it is about, in a line."""
    if item.appeal is not None and item.appeal.open:
        return f"Appeal: {visible(item.appeal.reason)}"
    if item.texts:
        return visible(" / ".join(item.texts))
    if item.images or item.videos:
        parts = [
            count(len(urls), word)
            for urls, word in ((item.images, "picture"), (item.videos, "video"))
            if urls
        ]
        return " and ".join(parts)
    return content_kind(item)


def reasons(item: ReviewItem) -> str:
    """What was recommended, why, how bad, and by how many."""
    parts = [f"{visible(item.action).replace('_', ' and ')} recommended" if item.action else ""]
    parts.append(", ".join(map(visible, item.labels[:4])))
    if item.severity is not Severity.NONE:
        parts.append(item.severity.value)
    if item.reports:
        parts.append(count(item.reports, "report"))
    return " · ".join(filter(None, parts))


def in_minutes(seconds: float) -> str:
    """A stretch of time: in minutes after the first, in days after the first of those."""
    if seconds < 60:
        return span(seconds)
    return span(seconds // 60 * 60) if seconds < 86400 else count(int(seconds // 86400), "day")


def waited(item: ReviewItem, now: float) -> str:
    """How long it has waited."""
    return in_minutes(max(0.0, now - item.created_at))


def flag_line(flag: ReviewFlag) -> str:
    """One report: when, who or which rule, why."""
    by = plain_name(flag.by_name, flag.by) if flag.by else visible(flag.rule) or "a rule"
    labels = ", ".join(map(visible, flag.labels))
    why = " · ".join(filter(None, (labels, visible(flag.reason))))
    kind = visible(flag.kind).replace("_", " ") or "report"
    return f"{clock(flag.at)}  {kind} by {by}" + (f": {why}" if why else "")


def done_line(done: ReviewAction) -> str:
    """One thing that was done about it."""
    by = plain_name(done.by_name, done.by) if done.by else "a rule of Stream"
    what = visible(done.kind).replace("_", " ")
    return f"{clock(done.at)}  {what} by {by}" + (
        f": {visible(done.reason)}" if done.reason else ""
    )


def escalation_line(item: ReviewItem) -> str:
    """How it was handed on; "" where it was not."""
    if not item.escalated:
        return ""
    parts = [f"Escalated by {visible(item.escalated_by)}" if item.escalated_by else "Escalated"]
    if item.priority:
        parts.append(f"priority {visible(item.priority)}")
    parts += [visible(text) for text in (item.escalation_reason, item.notes) if text]
    return " · ".join(parts)


HERE_ONLY = "remembered on this computer only"


def standing(item: ReviewItem, me: str, *, with_team: bool = True) -> tuple[str, str]:
    """What a moderator has to know before they decide, and its colour token; two "" for nothing.

    ``with_team``: who passed it over is known on other consoles as well.
    """
    if not item.due:
        last = item.done[-1] if item.done else None
        by = "you" if item.reviewed_by == me else visible(item.reviewed_by) or "somebody"
        if last is not None and last.by == item.reviewed_by != me:
            by = plain_name(last.by_name, last.by)
        what = f": {visible(last.kind).replace('_', ' ')}" if last else ""
        return f"Decided by {by} at {clock_minute(item.reviewed_at)}{what}.", "good"
    if item.holder not in ("", me):
        name = plain_name(item.holder_name, item.holder)
        return f"{name} is reviewing this. What you decide is told to both of you.", "warn"
    if item.skipped_by:
        by = "You" if item.skipped_by == me else visible(item.skipped_by)
        only = "" if with_team else f", {HERE_ONLY}"
        return f"{by} passed it over at {clock_minute(item.skipped_at)}{only}.", ""
    return "", ""


def row_spoken(item: ReviewItem, now: float, me: str) -> str:
    """A row for screen readers."""
    parts = [who(item), excerpt(item), reasons(item), f"waiting {waited(item, now)}"]
    return ", ".join(filter(None, (*parts, standing(item, me)[0])))
