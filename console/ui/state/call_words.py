"""A whole call in words. Pure."""

from console.domain.call import ASKABLE, DOOR_MEMBERS, Call
from console.ui.widgets.short_texts import count

_BESIDE = (("recording", "one recording"), ("transcribing", "one transcription"))


def kept_words(call: Call) -> str:
    """What is kept up in a call until somebody ends it, in a few words; "" for nothing."""
    parts: list[str] = []
    if call.suspended:
        parts.append("suspended" if call.suspended == ASKABLE else "microphones taken")
    if call.to_give_back:
        parts.append(f"{call.to_give_back} wait" if call.to_give_back > 1 else "1 waits")
    if call.door == DOOR_MEMBERS:
        parts.append("members only")
    return ", ".join(parts)


def reach(call: Call) -> str:
    """Whom and what an act on the whole call concerns: ``214 people, one recording``."""
    beside = [words for running, words in _BESIDE if getattr(call, running)]
    return ", ".join([count(call.people, "person", "people"), *beside])
