"""What is said of listening: on the call's row, in its head, and before the first time."""

from console.base.plain_text import visible
from console.domain.listening import BY_HAND, HOT, NO_CAPTIONS
from console.protocol.listening import ListenedCall, ListeningChanged
from console.protocol.media import Joining
from console.ui.widgets.short_texts import count

_STATES = {
    None: ("waits, to listen", "warn"),
    Joining.JOINING: ("joining, to listen", "warn"),
    Joining.JOINED: ("listening, the call sees you", "accent"),
    Joining.AGAIN: ("joining again", "warn"),
    Joining.FAILED: ("cannot listen", "bad"),
    Joining.LEFT: ("not listening", "text_faint"),
}
_WHY = {
    BY_HAND: "You chose this call.",
    NO_CAPTIONS: "A rule chose it: it has no captions.",
    HOT: "A rule chose it: it is hot.",
}


_NOT_WRITTEN = ("nothing is written down", "bad")


def state_of(listened: ListenedCall, told: ListeningChanged) -> tuple[str, str]:
    """Words and colour token of how a call is listened to."""
    in_vain = listened.state is Joining.JOINED and told.sentence
    return _NOT_WRITTEN if in_vain else _STATES[listened.state]


def why_not_written(listened: ListenedCall, told: ListeningChanged) -> str:
    """Why nobody writes down what is said in a call that is listened to, or is to be."""
    if listened.state is Joining.JOINED and told.sentence:
        return f"you are in it, but nothing writes it down: {_with_advice(told)}"
    words = "you are in it, and writing it down begins"
    if listened.state is not Joining.JOINED:
        words, _ = _STATES[listened.state]
    return f"{words}: {visible(listened.sentence)}" if listened.sentence else words


def _with_advice(told: ListeningChanged) -> str:
    return visible(" ".join(filter(None, (told.sentence, told.advice))))


def row_words(listened: ListenedCall, told: ListeningChanged) -> tuple[str, str]:
    """The same where there is little room."""
    words, token = state_of(listened, told)
    return words.partition(",")[0], token


def listening_help(listened: ListenedCall, told: ListeningChanged) -> str:
    """Why it is listened to, by what, and what that costs now."""
    parts = [_WHY.get(listened.why, "")]
    if listened.state is None:
        parts.append("Enough hotter calls are listened to; it is its turn when one of them ends.")
    else:
        parts.append(f"Everybody in it sees {told.seen_as} as a participant.")
    trouble = visible(listened.sentence) or _with_advice(told)
    if trouble:
        parts.append(trouble)
    if told.hears_by and not told.sentence:
        name = visible(told.hears_by)
        parts.append(
            f"{name} writes it down, a plugin: what is said goes there, and may leave this machine."
            if told.by_plugin
            else f"{name} writes it down on this machine."
        )
    if load := load_words(told):
        parts.append(load)
    return " ".join(filter(None, parts))


def short_load(told: ListeningChanged) -> str:
    """The same in a few words."""
    load = told.load
    if load is None:
        return ""
    words = f"{load.cpu:.0%} of a processor, {load.rss_mb:,.0f} MB"
    lost = told.totals.shed + told.totals.hung
    return f"{words}, {lost:,} left out" if lost else words


def load_words(told: ListeningChanged) -> str:
    """What listening costs now; empty where nothing runs."""
    load = told.load
    if load is None:
        return ""
    totals = told.totals
    words = (
        f"Listening to {load.calls} of {count(len(told.calls), 'call')} takes {load.cpu:.0%} of a"
        f" processor and {load.rss_mb:,.0f} MB; {count(totals.lines, 'line')} of"
        f" {totals.heard_s:,.0f} s of sound so far"
    )
    if load.waiting:
        words += f", {load.waiting} wait"
    if totals.shed:
        left = "stretch of speech was" if totals.shed == 1 else "stretches of speech were"
        words += f", {totals.shed:,} {left} left out because too much was said at once"
    if totals.hung:
        words += f", {totals.hung:,} given up because nothing wrote them down in time"
    if load.silent:
        words += f", {count(load.silent, 'microphone')} on with nothing but silence"
    if totals.unreadable:
        words += f", {count(totals.unreadable, 'piece')} of sound unreadable"
    return words + "."
