"""Who is called otherwise than before in a call, also after they were away."""

from collections import OrderedDict

from console.base.clock import Clock
from console.domain.impersonation import is_same_name
from console.domain.names import plain_name
from console.engine.services.notices import in_a_sentence
from console.protocol.to_window import Notice, NoticeKind

MOST_PEOPLE = 20_000
PAUSE_S = 10.0
"""Who changes their name over and over is told of no more often than this; the card has all that
they spoke under.
"""


class OtherNames:
    """Remembers how each person in each call was called last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[str, float]] = OrderedDict()

    def seen(self, cid: str, user_id: str, name: str, *, came: bool) -> Notice | None:
        """Somebody is called ``name``, and ``came`` or was there; a notice where that is new."""
        key = (cid, user_id)
        now = self._clock.monotonic()
        before, told_at = self._known.get(key, ("", float("-inf")))
        known = key in self._known
        news = known and not is_same_name(before, name)
        if news and now - told_at < PAUSE_S:
            return None
        self._known[key] = (name, now if news else told_at)
        self._known.move_to_end(key)
        if len(self._known) > MOST_PEOPLE:
            self._known.popitem(last=False)
        if not news:
            return None
        old, new = (in_a_sentence(plain_name(one, user_id)) for one in (before, name))
        text = f"{old} is called {new} now."
        if came:
            text = f"{new} is back, and was called {old} before."
        return Notice(
            cid=cid,
            at=self._clock.now(),
            kind=NoticeKind.UPDATED,
            text=text,
            user_ids=(user_id,),
        )
