"""What a call that is not heard says of itself while it lasts. Pure; times are unix seconds."""

from console.ui.widgets.short_texts import clock_minute, running_clock


def not_heard_words(since: float, now: float) -> str:
    """``not monitored since 12:04, 1:20``; "" for a call that is heard (``since`` is 0.0)."""
    if not since:
        return ""
    return f"not monitored since {clock_minute(since)}, {running_clock(now - since)}"


def as_of(words: str, since: float) -> str:
    """What was known of people, with its time where it is old: ``41 as of 12:04``."""
    return f"{words} as of {clock_minute(since)}" if since else words
