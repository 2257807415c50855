"""Which open item comes first. Pure."""

from collections.abc import Iterable

from console.domain.raised import RaisedItem


def urgency(one: RaisedItem, me: str) -> tuple[bool, int, int, float, str]:
    """A sort key: what a colleague has taken last, then by severity, the oldest first."""
    severity, action = one.gravity
    theirs = one.handling.holder not in ("", me)
    return theirs, -severity, -action, one.handling.raised_at, one.item_id


def most_urgent(items: Iterable[RaisedItem], me: str) -> RaisedItem | None:
    """The open item to look at first."""
    return min(items, key=lambda one: urgency(one, me), default=None)
