"""What the dialog of retention says. Pure."""

from collections.abc import Sequence

from console.domain.retention import AtEnd, Going, Kept, StoreSize
from console.protocol.retention import RetentionNumbers
from console.ui.widgets.short_texts import count, moment

TITLES = {
    Kept.LINES: ("Lines and names", "What was said, and names that were judged."),
    Kept.CHAT: ("Chat messages", "What was written in chats of calls."),
    Kept.FRAMES: ("Frames and pictures", "What was seen, and the small pictures of it."),
    Kept.VERDICTS: ("Verdicts", "What the policy and Stream found, where the line stays longer."),
    Kept.ACTS: (
        "Acts",
        "What was done, here and by colleagues, with proposals, decisions and the texts of people"
        " in the log. The log itself stays whole.",
    ),
    Kept.EVIDENCE: ("Evidence", "What was copied for acts. What somebody holds never goes."),
}
"""Title and help of each."""

AT_END = ((AtEnd.COUNT.value, "keep counts"), (AtEnd.DELETE.value, "delete"))


def going_words(going: Sequence[Going]) -> str:
    """What would go, as lines; one sentence where that is nothing."""
    if not going:
        return "Nothing would go now."
    rows = [
        f"{each.count:,} of {TITLES[each.kept][0].casefold()}, the oldest of {moment(each.oldest)}"
        for each in going
    ]
    return "Would go now:\n" + "\n".join(rows)


def size_words(size: StoreSize) -> str:
    """How large the store is."""
    said = f"The store has {size.bytes / 1e6:,.1f} MB, {size.free / 1e6:,.1f} MB of them free."
    if not size.shrinks:
        said += " It shrinks once it was compacted: moderator-console store compact."
    return said


def numbers_words(numbers: RetentionNumbers) -> str:
    """What was done since the sign-in."""
    parts = []
    if numbers.running:
        parts.append("Deleting now.")
    if numbers.deleted:
        parts.append(f"Since the sign-in {count(numbers.deleted, 'thing')} went.")
    if numbers.failed:
        parts.append(f"The store refused {count(numbers.failed, 'time')}.")
    return " ".join(parts)
