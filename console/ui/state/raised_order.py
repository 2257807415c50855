"""Which open item comes first. Pure."""

from collections.abc import Collection, Iterable

from console.domain.raised import RaisedItem


def urgency(one: RaisedItem, me: str) -> tuple[bool, int, int, float, str]:
    """A sort key: what a colleague has taken last, then by severity, the oldest first."""
    severity, action = one.gravity
    theirs = one.handling.holder not in ("", me)
    return theirs, -severity, -action, one.handling.raised_at, one.item_id


def most_urgent(items: Iterable[RaisedItem], me: str) -> RaisedItem | None:
    """The open item to look at first."""
    return min(items, key=lambda one: urgency(one, me), default=None)


def neighbour(
    items: Iterable[RaisedItem], me: str, chosen: Collection[str], by: int
) -> RaisedItem | None:
    """The open item after the chosen ones in the order of urgency, around its end.

    Before them for a negative ``by``; the most urgent where none is chosen, None for no other.
    """
    ordered = sorted(items, key=lambda one: urgency(one, me))
    places = [place for place, one in enumerate(ordered) if one.item_id in chosen]
    start = (places[-1] if by > 0 else places[0]) if places else -1
    step = 1 if by > 0 or not places else -1
    around = (ordered[(start + step * far) % len(ordered)] for far in range(1, len(ordered) + 1))
    return next((one for one in around if one.item_id not in chosen), None)
