"""Which call stands in which place of the wall. Nothing moves but by the reader's hand. Pure."""

from collections.abc import Container, Iterable, Sequence

from msgspec import Struct


class Filled(Struct, frozen=True):
    """What ``Slots.fill`` changed.

    Attributes:
        taken: places whose call is another one now.
        added: how many places are new at the end.
    """

    taken: tuple[int, ...] = ()
    added: int = 0


class Slots:
    """Places in the order of the wall; each holds the cid of a call, of one that is over perhaps.

    A call that begins takes the first place whose call is over, else a new one at the end.
    """

    def __init__(self) -> None:
        self._cids: list[str] = []
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._cids)

    @property
    def cids(self) -> Sequence[str]:
        """The calls by place."""
        return self._cids

    def place_of(self, cid: str) -> int:
        """The place of a call, or -1."""
        return self._places.get(cid, -1)

    def arrange(self, cids: Iterable[str]) -> None:
        """Give these calls, and no others, places in this order."""
        self._cids = list(dict.fromkeys(cids))
        self._places = {cid: place for place, cid in enumerate(self._cids)}

    def fill(self, cids: Iterable[str], free: Container[str]) -> Filled:
        """Give places to those of ``cids`` that have none; the places of ``free`` may be taken."""
        new = [cid for cid in dict.fromkeys(cids) if cid not in self._places]
        if not new:
            return Filled()
        places = (place for place, cid in enumerate(self._cids) if cid in free)
        taken = []
        for place in places:
            if not new:
                break
            del self._places[self._cids[place]]
            self._put(new.pop(0), place)
            taken.append(place)
        for cid in new:
            self._cids.append("")
            self._put(cid, len(self._cids) - 1)
        return Filled(tuple(taken), len(new))

    def _put(self, cid: str, place: int) -> None:
        self._cids[place] = cid
        self._places[cid] = place
