"""What is out of sight above and below the tiles, and needs a look. Pure."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from console.ui.widgets.short_texts import count


class Beyond(Struct, frozen=True):
    """The tiles beyond one edge.

    Attributes:
        warm, unheard: how many. nearest: the place of the first of either, -1 for none.
    """

    warm: int = 0
    unheard: int = 0
    nearest: int = -1

    @property
    def words(self) -> str:
        """``3 warm, 1 not heard``; "" for none."""
        parts = [f"{self.warm:,} warm"] if self.warm else []
        parts += [f"{self.unheard:,} not heard"] if self.unheard else []
        return ", ".join(parts)


def beyond(
    cids: Sequence[str],
    places: Sequence[int],
    is_warm: Callable[[str], bool],
    is_unheard: Callable[[str], bool],
) -> Beyond:
    """What stands in ``places``, given from the edge outwards."""
    warm = [place for place in places if is_warm(cids[place])]
    unheard = [place for place in places if is_unheard(cids[place])]
    wanted = {*warm, *unheard}
    nearest = next((place for place in places if place in wanted), -1)
    return Beyond(len(warm), len(unheard), nearest)


def totals(calls: int, people: int, warm: int, unheard: int) -> tuple[str, str, str]:
    """Words on all tiles: calls and people, how many are warm, how many are not heard."""
    return (
        f"{count(calls, 'call')} · {count(people, 'person', 'people')}",
        f"{warm:,} warm" if warm else "",
        f"{unheard:,} not heard" if unheard else "",
    )
