"""English plurals, generously: an extra form that is no word does no harm."""

_SIBILANTS = ("s", "x", "z", "ch", "sh")


def plurals(word: str) -> tuple[str, ...]:
    """The plural forms that ``word`` may take; ``word`` is folded to lower case."""
    if not word or not word[-1].isalpha():
        return ()
    if word.endswith(_SIBILANTS):
        return (f"{word}es",)
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies", f"{word}s")
    if word.endswith("man"):
        return (f"{word[:-3]}men", f"{word}s")
    if word.endswith("o"):
        return (f"{word}s", f"{word}es")
    return (f"{word}s",)
