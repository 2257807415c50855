"""How many letters two texts differ in (Levenshtein), as far as it matters."""

MAX_LETTERS = 1_000
"""Letters looked at of each text; the rest counts as the same."""

_BITS = 512


def within_distance(one: str, other: str, most: int) -> bool:
    """Whether ``other`` is ``one`` with at most ``most`` letters added, removed or replaced.

    Texts that differ early are told apart early: the time grows with ``most``, not with them.
    """
    one, other = _differing(one[:MAX_LETTERS], other[:MAX_LETTERS])
    if abs(len(one) - len(other)) > most:
        return False
    if not one or not other:
        return True  # and the difference in length is all there is
    far = most + 1
    width = len(other)
    row = list(range(min(width, most) + 1)) + [far] * (width - most)
    for down, letter in enumerate(one, 1):
        # Outside of this band the distance is more than ``most``.
        first, last = max(1, down - most), min(width, down + most)
        diagonal = row[first - 1]
        left = row[first - 1] = min(down, far) if first == 1 else far
        nearest = left
        for at in range(first, last + 1):
            # Written out, since these few steps are nearly all of the time.
            above = row[at]
            best = diagonal if letter == other[at - 1] else diagonal + 1
            if above < best:
                best = above + 1
            if left < best:
                best = left + 1
            diagonal = above
            left = row[at] = best if best < far else far
            if left < nearest:
                nearest = left
        if nearest > most:
            return False
    return row[-1] <= most


def letter_pairs(text: str) -> int:
    """Which pairs of neighbouring letters are in ``text``, as bits; different pairs may share one.

    For :func:`may_be_within`. Only the letters that ``within_distance`` looks at count.
    """
    bits = 0
    before = 0
    for letter in text[:MAX_LETTERS]:
        code = ord(letter)
        bits |= 1 << ((before * 31 + code) % _BITS)
        before = code
    return bits


def may_be_within(one: int, other: int, most: int) -> bool:
    """Whether texts with these ``letter_pairs`` can be within ``most`` of each other.

    One letter more, less or replaced takes away at most two pairs and brings at most two.
    """
    return (one ^ other).bit_count() <= 4 * most


def _differing(one: str, other: str) -> tuple[str, str]:
    """The texts without what they begin and end with alike."""
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    one, other = one[start:], other[start:]
    least -= start
    end = next((at for at in range(1, least + 1) if one[-at] != other[-at]), least + 1) - 1
    return one[: len(one) - end], other[: len(other) - end]
