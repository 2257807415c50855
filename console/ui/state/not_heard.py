"""What a call that is not heard says of itself while it lasts. Pure; times are unix seconds."""

from collections.abc import Collection

from console.domain.call import Call
from console.protocol.listening import ListeningChanged
from console.ui.state.listening_words import why_not_written
from console.ui.widgets.short_texts import clock_minute, count, running_clock

NOT_LISTENING = ListeningChanged()


def not_heard_words(since: float, now: float) -> str:
    """``not monitored since 12:04, 1:20``; "" for a call that is heard (``since`` is 0.0)."""
    if not since:
        return ""
    return f"not monitored since {clock_minute(since)}, {running_clock(now - since)}"


def as_of(words: str, since: float) -> str:
    """What was known of people, with its time where it is old: ``41 as of 12:04``."""
    return f"{words} as of {clock_minute(since)}" if since else words


def not_heard_sentence(call: Call, now: float, listening: ListeningChanged = NOT_LISTENING) -> str:
    """What stands at the live end of the call's transcript; "" while it is heard.

    ``listening``: what this machine listens to by itself.
    """
    words = not_heard_words(call.unmonitored_since, now)
    if not words:
        return ""
    return f"{words[:1].upper()}{words[1:]}{_why(call, listening)}"


def _why(call: Call, listening: ListeningChanged) -> str:
    if call.captioning:
        return ""
    listened = next((each for each in listening.calls if each.cid == call.cid), None)
    if listened is not None:
        return f" · {why_not_written(listened, listening)}"
    if call.captions_mode == "disabled":
        return " · its settings allow no captions; you can listen to it yourself"
    return " · its captions are off"


def live_end_words(
    call: Call | None, calls: Collection[Call], now: float, listening: ListeningChanged
) -> str:
    """What stands at the live end of the transcript of ``call``, or of all ``calls`` for None."""
    if call is None:
        return not_heard_of_all(calls, now)
    return not_heard_sentence(call, now, listening)


def not_heard_of_all(calls: Collection[Call], now: float) -> str:
    """The same for the transcript of all calls together."""
    lost = [call for call in calls if call.unmonitored_since]
    if not lost:
        return ""
    words = not_heard_words(min(call.unmonitored_since for call in lost), now)
    if len(lost) == 1:
        return f"1 of {count(len(calls), 'call')} {words}"
    longest = words.removeprefix("not monitored ")
    return f"{len(lost):,} of {count(len(calls), 'call')} not monitored, the first {longest}"
