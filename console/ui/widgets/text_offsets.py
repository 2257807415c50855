"""Code points, as the engine counts, and UTF-16 units, as Qt counts."""


def utf16(text: str) -> int:
    """How many units Qt counts in ``text``."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


def code_point(text: str, unit: int) -> int:
    """The code point at Qt's position ``unit`` in ``text``."""
    if text.isascii():
        return min(unit, len(text))
    seen = 0
    for at, char in enumerate(text):
        if seen >= unit:
            return at
        seen += 2 if char > "\uffff" else 1
    return len(text)
