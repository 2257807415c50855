"""What the rows and heads of past calls say, safe to look at. Pure."""

from datetime import datetime

from console.base.plain_text import visible
from console.domain.past import PastSession
from console.ui.widgets.short_texts import clock_minute, count, span_of_minutes


def day_words(at: float, now: float) -> str:
    """``today``, ``yesterday``, or the day; with the year where that is another."""
    moment, today = datetime.fromtimestamp(at), datetime.fromtimestamp(now)
    days = (today.date() - moment.date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return moment.strftime("%a %d %b" if moment.year == today.year else "%d %b %Y")


def when_words(session: PastSession, now: float) -> str:
    """``yesterday 14:02``."""
    return f"{day_words(session.since, now)} {clock_minute(session.since)}"


def who_words(session: PastSession) -> str:
    """``12 people: Ann, Ben and 10 more``; ``nobody spoke`` where nothing was said."""
    if not session.people:
        return "nobody spoke"
    names = [visible(name) for name in session.names]
    more = session.people - len(names)
    shown = ", ".join(names) + (f" and {more:,} more" if more > 0 else "")
    return shown if session.people == 1 else f"{count(session.people, 'person', 'people')}: {shown}"


def what_words(session: PastSession) -> str:
    """``3 raised, 1 open · 2 acts``; empty where nothing was."""
    parts = []
    if session.raised:
        still_open = f", {session.open:,} open" if session.open else ""
        parts.append(f"{session.raised:,} raised{still_open}")
    if session.acts:
        parts.append(count(session.acts, "act"))
    return " · ".join(parts)


def lasted_words(session: PastSession) -> str:
    """``1 h 8 min``."""
    return span_of_minutes(session.until - session.since)


def head_words(session: PastSession, now: float) -> str:
    """When it was, how long, and how much was said, raised and done."""
    times = f"{when_words(session, now)} to {clock_minute(session.until)}"
    lines = count(session.lines, "line")
    parts = (f"{times} ({lasted_words(session)})", lines, who_words(session), what_words(session))
    return " · ".join(filter(None, parts))


def state_words(session: PastSession) -> str:
    """Whether it is over, and what can still be done."""
    if session.running:
        return "This call goes on. Here it stands still: go into the call to see what comes in."
    if not session.session_id:
        return "Written while no call was running. Nothing new comes in here."
    return "This call is over. Acts are for the person, and only those that outlast a call."


def row_spoken(session: PastSession, now: float) -> str:
    """A row for screen readers."""
    parts = (
        visible(session.name),
        "goes on" if session.running else "",
        when_words(session, now),
        lasted_words(session),
        count(session.lines, "line"),
        who_words(session),
        what_words(session),
    )
    return ", ".join(filter(None, parts))
