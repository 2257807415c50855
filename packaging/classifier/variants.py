"""Each sentence again as people say it: with fillers, between other sentences, mistyped."""

import hashlib
import random

from examples import Example, words

SHARE_TALKED, SHARE_AMONG, SHARE_MISTYPED = 0.35, 0.25, 0.12
"""Of the sentences, how many come again with fillers, beside a harmless one, mistyped."""


def variants(examples: list[Example]) -> list[Example]:
    """More sentences, of the same lines and harm; the same ones every time."""
    forms = words()
    harmless = [each.text for each in examples if each.line.startswith("talk:")]
    made: dict[str, Example] = {}
    for example in examples:
        digest = hashlib.sha256(example.text.encode()).digest()
        rng = random.Random(int.from_bytes(digest[:8], "big"))
        texts = []
        if rng.random() < SHARE_TALKED:
            texts.append(_talked(example.text, forms, rng))
        if rng.random() < SHARE_AMONG:
            texts.append(_among(example.text, rng.choice(harmless), rng))
        if rng.random() < SHARE_MISTYPED:
            texts.append(_mistyped(example.text, rng))
        for text in texts:
            made.setdefault(text, Example(text, example.harm, example.line))
    known = {example.text for example in examples}
    return [example for text, example in made.items() if text not in known]


def _talked(text: str, forms: dict[str, list[str]], rng: random.Random) -> str:
    if rng.random() < 0.7:
        text = f"{rng.choice(forms['openers'])} {text}"
    if rng.random() < 0.5:
        text = f"{text} {rng.choice(forms['closers'])}"
    return text


def _among(text: str, other: str, rng: random.Random) -> str:
    mark = rng.choice((". ", ", ", " "))
    return f"{text}{mark}{other}" if rng.random() < 0.5 else f"{other}{mark}{text}"


def _mistyped(text: str, rng: random.Random) -> str:
    """One of the longer words with two letters changed over, one lost or one doubled."""
    words = text.split()
    long = [number for number, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    number = rng.choice(long)
    word, at = words[number], rng.randrange(1, len(words[number]) - 2)
    words[number] = rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )
    return " ".join(words)
