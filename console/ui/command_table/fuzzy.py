"""How well a few typed letters fit a title. Pure."""


def score(typed: str, title: str) -> int:
    """Higher fits better; 0 means not at all, 1 that nothing was typed.

    Letters must come in order. Beginnings of words and neighbours count more.
    """
    wanted = "".join(typed.lower().split())
    if not wanted:
        return 1
    text = title.lower()
    total, place, last = 0, 0, -2
    for char in wanted:
        found = _best_place(text, char, place, last)
        if found < 0:
            return 0
        starts_word = found == 0 or not text[found - 1].isalnum()
        total += 10 + (14 if starts_word else 0) + (12 if found == last + 1 else 0)
        last, place = found, found + 1
    if "".join(text.split()).find(wanted) >= 0:
        total += 25
    return max(2, total - len(text) // 8)


def _best_place(text: str, char: str, place: int, last: int) -> int:
    """The next neighbour, else the next beginning of a word, else the next occurrence."""
    first = text.find(char, place)
    if first == last + 1 or first < 0:
        return first
    found = first
    while found >= 0:
        if found == 0 or not text[found - 1].isalnum():
            return found
        found = text.find(char, found + 1)
    return first
