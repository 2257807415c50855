"""Text with the matched words marked: which stretches, and on what ground. Pure but for colours."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.verdict import REMOVE, SHADOW, Match, action_rank


class Stretch(Struct, frozen=True):
    """Code points ``start`` to ``end`` marked in the tone ``bad`` or ``warn``."""

    start: int
    end: int
    tone: str


def tone_of(action: str) -> str:
    """The colour token of an action that is not ``keep``."""
    return "bad" if action_rank(action) >= min(action_rank(SHADOW), action_rank(REMOVE)) else "warn"


def stretches(matches: Iterable[Match], length: int) -> list[Stretch]:
    """Stretches that do not overlap, in order; where matches do, the stronger action shows."""
    strength = [0] * length
    for match in matches:
        rank = 2 if tone_of(match.action) == "bad" else 1
        for at in range(max(0, match.start), min(length, match.end)):
            strength[at] = max(strength[at], rank)
    out: list[Stretch] = []
    start = 0
    for at in range(1, length + 1):
        if at == length or strength[at] != strength[start]:
            if strength[start]:
                out.append(Stretch(start, at, "bad" if strength[start] == 2 else "warn"))
            start = at
    return out


def shown(text: str, matches: Sequence[Match]) -> tuple[str, list[Stretch]]:
    """``text`` safe to look at on one line, and the stretches of ``matches`` moved with it."""
    out: list[Stretch] = []
    words = ""
    done = 0
    for stretch in stretches(matches, len(text)) if matches else ():
        words += visible(text[done : stretch.start])
        start = len(words)
        words += visible(text[stretch.start : stretch.end])
        out.append(Stretch(start, len(words), stretch.tone))
        done = stretch.end
    return words + visible(text[done:]), out
