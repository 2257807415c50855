"""What a mark on the time line says of speech that was heard and not written down."""

from console.protocol.media import NotWritten


def missed_words(missed: NotWritten) -> str:
    """One sentence without a full stop: how much speech, whose, and why."""
    names = ", ".join(missed.names)
    if missed.speakers > len(missed.names):
        names += f" and {missed.speakers - len(missed.names)} more"
    if not missed.seconds:
        return f"{names}: {missed.why}"
    seconds = max(1, round(missed.seconds))
    return f"{seconds} s of speech of {names} not written down: {missed.why}"
