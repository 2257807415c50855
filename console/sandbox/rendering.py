"""Records as JSON objects: each field under its own name."""

from typing import Any

from console.sandbox.timestamps import stamp

_TIMES = ("_at", "expires")


def fields(record: Any, *left_out: str) -> dict[str, Any]:
    """The fields of a dataclass, apart from those ``left_out``.

    What ends in ``_at`` or ``expires`` holds unix seconds and becomes a Stamp.
    """
    return {
        name: stamp(getattr(record, name)) if name.endswith(_TIMES) else getattr(record, name)
        for name in record.__dataclass_fields__
        if name not in left_out
    }
