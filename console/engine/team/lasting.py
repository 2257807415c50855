"""What lasts is told again to consoles that join later: messages before theirs may be out of reach.

Pure.
"""

from collections.abc import Collection, Iterable

from console.domain.team import Lasting, Word


def to_tell(
    every: Iterable[Lasting], said: Collection[Word], there: Collection[str], me: str
) -> list[Word]:
    """The words of ``every`` that this console has to say now.

    It speaks of what it began itself, and of what somebody began whose console is gone if it is the
    first of those who are there. Words that were ``said`` lately are read by whoever joins.
    """
    first = min({*there, me})
    return [
        word
        for lasting in every
        if not lasting.by or (lasting.by not in there and first == me)
        for word in lasting.words
        if word not in said
    ]
