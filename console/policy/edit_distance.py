"""How many letters two texts differ in (Levenshtein), as far as it matters."""

MOST_LETTERS = 1_000
"""Letters looked at of each text; the rest counts as the same."""


def within_distance(one: str, other: str, most: int) -> bool:
    """Whether ``other`` is ``one`` with at most ``most`` letters added, removed or replaced.

    Texts that differ early are told apart early: the time grows with ``most``, not with them.
    """
    one, other = _differing(one[:MOST_LETTERS], other[:MOST_LETTERS])
    if abs(len(one) - len(other)) > most:
        return False
    if not one or not other:
        return True  # and the difference in length is all there is
    far = most + 1
    row = [min(at, far) for at in range(len(other) + 1)]
    for down, letter in enumerate(one, 1):
        # Outside of this band the distance is more than ``most``.
        first, last = max(1, down - most), min(len(other), down + most)
        above = row[first - 1]
        row[first - 1] = min(down, far) if first == 1 else far
        for at in range(first, last + 1):
            across = above + (letter != other[at - 1])
            above = row[at] if at < down + most else far
            row[at] = min(across, above + 1, row[at - 1] + 1, far)
        if min(row[first - 1 : last + 1]) > most:
            return False
    return row[-1] <= most


def _differing(one: str, other: str) -> tuple[str, str]:
    """The texts without what they begin and end with alike."""
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    one, other = one[start:], other[start:]
    least -= start
    end = next((at for at in range(1, least + 1) if one[-at] != other[-at]), least + 1) - 1
    return one[: len(one) - end], other[: len(other) - end]
