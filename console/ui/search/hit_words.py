"""What rows and pages say of hits. Pure."""

from collections.abc import Sequence
from datetime import datetime

from console.base.plain_text import visible
from console.domain.search.fields import Kind
from console.domain.search.hit import Found, Hit, IndexState
from console.ui.state.targets import Target
from console.ui.widgets.marked_text import Stretch
from console.ui.widgets.short_texts import clock_minute, count, moment

SHOWN = 400
"""Characters of a text that a row can show."""
AROUND = 40
"""Characters before the first mark of a long text."""

ICONS = {
    Kind.CAPTION: "caption",
    Kind.MESSAGE: "chat",
    Kind.FRAME: "screen",
    Kind.PICTURE: "camera",
    Kind.NAME: "name",
    Kind.ACT: "bolt",
    Kind.NOTE: "info",
}


def target_of_hit(hit: Hit) -> Target | None:
    """Whom an act on this hit would be for; None where it is about nobody."""
    if not hit.user_id:
        return None
    return Target(
        cid=hit.cid,
        session_id=hit.session_id,
        user_id=hit.user_id,
        name=hit.name,
        call_name=hit.call_name or hit.cid,
    )


def when_words(at: float, now: float) -> str:
    """The time of day today, the day and the time before."""
    today = datetime.fromtimestamp(now).date() == datetime.fromtimestamp(max(at, 0.0)).date()
    return clock_minute(at) if today else moment(at)


def group_span(hits: Sequence[Hit], now: float) -> str:
    """From when to when the hits of one call are."""
    times = [hit.at for hit in hits]
    first, last = when_words(min(times), now), when_words(max(times), now)
    return first if first == last else f"{first} to {last}"


def shown_with_marks(hit: Hit) -> tuple[str, list[Stretch]]:
    """What a row says of a hit, safe to look at, with the places that were searched for.

    The words that matched are in it: of a long text its part around them, of an edited one the
    earlier words, and the reason where that was searched for.
    """
    if hit.before and not hit.marks:
        return visible(f"Before: {hit.before[:SHOWN]}"), []
    if hit.why_marks and not hit.marks:
        return _cut(f"{hit.text[: SHOWN // 2]} · Reason: ", hit.why, hit.why_marks)
    return _cut("", hit.text, hit.marks)


def _cut(lead: str, text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, list[Stretch]]:
    start = max(0, marks[0][0] - AROUND) if marks and len(text) > SHOWN else 0
    if start and " " in text[start : marks[0][0]]:
        start = text.index(" ", start) + 1  # not in the middle of a word
    words = visible(lead) + ("…" if start else "")
    done, stretches = start, []
    for begin, end in marks:
        if begin - start > SHOWN:
            break
        words += visible(text[done:begin])
        place = len(words)
        words += visible(text[begin:end])
        stretches.append(Stretch(place, len(words), "warn"))
        done = end
    return words + visible(text[done : start + SHOWN]), stretches


def nothing_found(found: Found) -> str:
    """Why there are no hits."""
    if found.cut and not found.next:
        return "Nothing was found in time. Add a word, a call or a day."
    return f"Nothing that was said, done or written fits, {looked_words(found)}."


def looked_words(found: Found) -> str:
    """How much was looked through."""
    return f"{count(found.looked, 'line')} looked at"


def index_words(state: IndexState) -> str:
    """How far the index is; empty where it is done."""
    if state.waiting < 200:
        return ""
    left = count(state.waiting, "line")
    return f"Still indexing, {state.percent} % done; {left} cannot be found yet."
