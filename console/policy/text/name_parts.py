"""Names as their readers take them apart: ``FuckYou_99`` is three words."""

from console.policy.text.shown import Shown

_JOINTS = frozenset("_-.·•|~+/\\")
"""What stands between the words of a name where a space is not allowed."""


def name_parts(name: str) -> Shown | None:
    """``name`` with a space wherever a new word begins; None where that changes nothing."""
    text: list[str] = []
    origin: list[int] = []
    before = ""
    for at, char in enumerate(name):
        if char in _JOINTS:
            char = " "
        elif _begins_word(before, char):
            text.append(" ")
            origin.append(at)
        text.append(char)
        origin.append(at)
        before = char
    parted = "".join(text)
    return None if parted == name else Shown(parted, origin)


def _begins_word(before: str, char: str) -> bool:
    if before.islower() and char.isupper():
        return True
    return before.isalnum() and char.isalnum() and before.isdigit() is not char.isdigit()
