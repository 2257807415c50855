"""Lines that the window gives back: what an earlier engine heard and may not have kept."""

from msgspec import Struct

from console.domain.verdict import JudgedItem


class ReturnLines(Struct, frozen=True, tag="return_lines"):
    """Lines that still wait for their deciding verdict, as the window shows them.

    Those that the store does not hold are kept and judged now. Of the others the verdicts are told
    that the store holds.
    """

    lines: tuple[JudgedItem, ...]
