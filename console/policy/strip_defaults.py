"""What of a document of Stream says something."""

from collections.abc import Mapping
from typing import Any


def telling(value: Any) -> Any:
    """``value`` without the fields that say nothing: null, false, empty.

    A server gives such fields back where none were sent. ``enabled`` is true where it is missing,
    so false says something there.
    """
    if isinstance(value, Mapping):
        kept = {name: telling(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if name == "enabled" or not _empty(each)}
    if isinstance(value, list | tuple):
        return [telling(each) for each in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)
