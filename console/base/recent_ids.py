"""Which ids were seen of late, in bounded memory."""

from collections import OrderedDict


class RecentIds:
    """The last ``most`` ids."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, known: str) -> None:
        """Remember it."""
        self._ids[known] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)

    def __contains__(self, known: str) -> bool:
        return known in self._ids
