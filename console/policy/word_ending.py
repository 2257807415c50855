"""English endings of verbs and of words made from them: "dimwitted", "moaner", "crappy"."""

from collections.abc import Iterator

_ENDINGS = ("ed", "er", "ers", "ing", "ings", "y")
_AFTER_E = ("d", "r", "rs")
_VOWELS = frozenset("aeiouy")


def is_ending(word: str, rest: str) -> bool:
    """Whether ``word`` with ``rest`` behind it is a form of ``word``; both folded."""
    if word.endswith("e"):
        return rest in _AFTER_E
    if rest in _ENDINGS:
        return True
    return rest[:1] == word[-1:] and rest[:1] not in _VOWELS and rest[1:] in _ENDINGS


def forms_without_e(word: str) -> tuple[str, ...]:
    """The forms of ``word`` in which its last e is gone, if it ends with one."""
    return (f"{word[:-1]}ing", f"{word[:-1]}ings") if word.endswith("e") and len(word) > 3 else ()


def stems(word: str) -> Iterator[str]:
    """What ``word`` may be a form of."""
    for ending in (*_ENDINGS, *_AFTER_E):
        stem = word.removesuffix(ending)
        if len(stem) < len(word):
            for each in (stem, stem[:-1]):
                if is_ending(each, word[len(each) :]):
                    yield each
