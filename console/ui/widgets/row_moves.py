"""Where a step through rows leads, and why it leads nowhere. Pure."""

NO_ROWS = "There are no rows here."
FIRST = "This is the first row."
LAST = "This is the last row."


def stepped(row: int, by: int, count: int) -> tuple[int, str]:
    """The row ``by`` rows from ``row`` of ``count``; -1, and why in one sentence, where none is."""
    if not count:
        return -1, NO_ROWS
    wanted = max(0, min(count - 1, row + by))
    if wanted == row:
        return -1, FIRST if by < 0 else LAST
    return wanted, ""
