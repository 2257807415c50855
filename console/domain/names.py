"""How people are called, so that everybody can be told from everybody else in their call.

A name that shows nothing is the id; a name that can be taken for another person's carries a part of
the id. What comes out is safe to look at.
"""

from hashlib import blake2b

from console.base.invisible import INVISIBLE, shows_nothing
from console.base.look_alikes import likeness
from console.base.plain_text import visible

MOST = 50_000
"""So many names of a call are compared; people beyond always carry a part of their id."""

WHOLE = 12
"""Ids up to this length are shown whole."""

PART = 5
"""How many of the last characters of a longer id are shown at least."""

LENGTH = 60
"""A name is cut to this length where a part of the id follows it."""


def plain_name(name: str, user_id: str) -> str:
    """``name``, or the id where it shows nothing; where that shows nothing too, its characters."""
    if not shows_nothing(name):
        return visible(name)
    if not shows_nothing(user_id):
        return visible(user_id)
    marks = INVISIBLE.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", user_id).strip()
    return marks or "⟦no name⟧"


def neutral_name(user_id: str) -> str:
    """A name that says nothing: what somebody is called whose own name was taken away."""
    return f"Guest {_fingerprint(user_id)[1:]}"


class CallNames:
    """The names in one call. Names that somebody had before stay theirs: old lines show them."""

    def __init__(self) -> None:
        self._alike: dict[str, set[str]] = {}
        self._noted = 0

    def note(self, user_id: str, name: str) -> bool:
        """Somebody is called ``name``. Whether others who were shown are called otherwise now."""
        alike = _likeness_of(name, user_id)
        people = self._alike.get(alike)
        if people is not None and user_id in people:
            return False
        if self._noted >= MOST:
            return False
        self._noted += 1
        people = self._alike.setdefault(alike, set())
        people.add(user_id)
        return len(people) > 1

    def shown(self, user_id: str, name: str) -> str:
        """How this person is called."""
        own = _without_id(name, user_id)
        called = plain_name(own, user_id)
        people = self._alike.get(_likeness_of(own, user_id), set())
        unknown = self._noted >= MOST and user_id not in people
        # Whoever is called "Ann (ann-1)" would look like the Ann that carries her id.
        if len(people | {user_id}) > 1 or own != name or called.endswith(")") or unknown:
            return _with_id(called, user_id, people | {user_id})
        return called


class Names:
    """The names in all calls."""

    def __init__(self) -> None:
        self._calls: dict[str, CallNames] = {}

    def of(self, cid: str) -> CallNames:
        """Those of one call."""
        return self._calls.setdefault(cid, CallNames())

    def shown(self, cid: str, user_id: str, name: str) -> str:
        """How a person is called in a call; somebody who was never noted by name alone."""
        names = self._calls.get(cid)
        return names.shown(user_id, name) if names is not None else plain_name(name, user_id)

    def clear(self) -> None:
        """Forget everybody."""
        self._calls.clear()


def _without_id(name: str, user_id: str) -> str:
    """``name``, as it was before it was told apart by a part of this very id."""
    if not name.endswith(")"):
        return name
    parts = [f"…{user_id[-length:]}" for length in range(PART, WHOLE + 1)]
    parts += [user_id, _fingerprint(user_id), f"{user_id[-PART:]} {_fingerprint(user_id)}"]
    endings = (f" ({plain_name(part, user_id)})" for part in parts)
    return next((name.removesuffix(each) for each in endings if name.endswith(each)), name)


def _likeness_of(name: str, user_id: str) -> str:
    return likeness(user_id if shows_nothing(name) else name)


def _with_id(called: str, user_id: str, people: set[str]) -> str:
    if called == visible(user_id):
        rest = _fingerprint(user_id) if len(people) > 1 else ""
        return f"{called} ({rest})" if rest else called
    short = called if len(called) <= LENGTH else f"{called[: LENGTH - 1]}…"
    return f"{short} ({_part_of(user_id, people - {user_id})})"


def _part_of(user_id: str, others: set[str]) -> str:
    """As much of the end of the id as tells it from ``others``; else what it is counted as."""
    lengths = [len(user_id)] if len(user_id) <= WHOLE else range(PART, WHOLE + 1)
    for length in lengths:
        part = user_id[-length:]
        if all(likeness(other[-length:]) != likeness(part) for other in others):
            return plain_name(part if length == len(user_id) else f"…{part}", user_id)
    return f"{plain_name(user_id[-PART:], user_id)} {_fingerprint(user_id)}"


def _fingerprint(user_id: str) -> str:
    """Four letters and digits that ids which look alike do not share."""
    return "#" + blake2b(user_id.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
