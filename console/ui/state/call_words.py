"""A whole call in words. Pure."""

from console.domain.call import Call
from console.ui.widgets.short_texts import count

_BESIDE = (("recording", "one recording"), ("transcribing", "one transcription"))


def reach(call: Call) -> str:
    """Whom and what an act on the whole call concerns: ``214 people, one recording``."""
    beside = [words for running, words in _BESIDE if getattr(call, running)]
    return ", ".join([count(call.people, "person", "people"), *beside])
