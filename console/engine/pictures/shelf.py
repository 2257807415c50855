"""Small JPEGs of pictures that were looked at: in memory, the newest; of raised ones on disk."""

from collections import OrderedDict

MAX_BYTES = 48 << 20


class Shelf:
    """By the hash of the picture. What is withheld is forgotten, and never taken again."""

    def __init__(self, most_bytes: int = MAX_BYTES) -> None:
        self._most = most_bytes
        self._jpegs: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self.withheld: set[str] = set()

    def put(self, picture_id: str, jpeg: bytes) -> None:
        """Keep ``jpeg`` while there is room; the oldest goes first."""
        if not picture_id or not jpeg or picture_id in self.withheld:
            return
        self.forget(picture_id)
        self._jpegs[picture_id] = jpeg
        self._bytes += len(jpeg)
        while self._bytes > self._most:
            _, oldest = self._jpegs.popitem(last=False)
            self._bytes -= len(oldest)

    def find(self, picture_id: str) -> bytes:
        """The JPEG; empty where it is not kept."""
        return self._jpegs.get(picture_id, b"")

    def forget(self, picture_id: str) -> None:
        """Keep it no longer."""
        self._bytes -= len(self._jpegs.pop(picture_id, b""))

    def withhold(self, picture_id: str) -> None:
        """Forget it, now and whenever it is seen again."""
        self.withheld.add(picture_id)
        self.forget(picture_id)
