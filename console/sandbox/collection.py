"""Records by their id."""

from typing import TypeVar

from console.sandbox.api_errors import not_found

T = TypeVar("T")


class Collection(dict[str, T]):
    """Records by id. Indexing it with an id that is not there raises ApiError 404.

    Args:
        missing: the sentence of that error, with ``{}`` for the id.
    """

    def __init__(self, missing: str) -> None:
        super().__init__()
        self._missing = missing

    def __missing__(self, key: str) -> T:
        raise not_found(self._missing.format(key))

    def drop(self, key: str) -> T:
        """Remove a record and return it.

        Raises:
            ApiError: 404.
        """
        found = self[key]
        del self[key]
        return found
