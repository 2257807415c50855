"""Small speech models that lose the thread say the same again and again: that is cut. Pure."""

LONGEST_PHRASE = 12
TIMES = 3
"""A phrase said so often in a row is taken for a model's, not for a person's; "no no" stays."""
FASTEST = 9.0
"""Words a second; nobody speaks faster, so more are made up."""


def without_repeats(text: str, seconds: float) -> tuple[str, bool]:
    """``text`` with each phrase that is repeated TIMES in a row said once, and whether any was.

    Of what is still more than somebody can say in ``seconds``, the beginning is kept.
    """
    words = text.split()
    kept: list[str] = []
    at, cut = 0, False
    plain = [word.strip(".,!?;:\"'").lower() for word in words]
    while at < len(words):
        length, times = _loop_at(plain, at)
        if times < TIMES:
            kept.append(words[at])
            at += 1
            continue
        kept += words[at : at + length]
        at += length * times
        cut = True
    most = max(3, int(seconds * FASTEST))
    if len(kept) > most:
        kept, cut = kept[:most], True
    return (" ".join(kept), True) if cut else (text.strip(), False)


def _loop_at(words: list[str], at: int) -> tuple[int, int]:
    """The length of the phrase that is repeated most words long from ``at``, and how often."""
    best = (1, 1)
    for length in range(1, min(LONGEST_PHRASE, (len(words) - at) // TIMES) + 1):
        phrase = words[at : at + length]
        times = 1
        while words[at + length * times : at + length * (times + 1)] == phrase:
            times += 1
        if times >= TIMES and length * times > best[0] * best[1]:
            best = (length, times)
    return best
