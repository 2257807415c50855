"""Each sentence again as people say it: with fillers, between other sentences, mistyped."""

import hashlib
import random

from examples import Example

OPENERS = (
    "um", "so", "well", "like", "honestly", "okay so", "i mean", "look", "and", "yeah", "listen", "guys", "bro",
    "oh my god", "haha", "lol", "wait", "hey", "no but seriously", "let me tell you", "you know what", "sorry but",
    "as i said", "i guess", "right", "hm", "dude", "man", "and then", "the thing is",
)  # fmt: skip
CLOSERS = (
    "you know", "right", "lol", "haha", "i think", "to be honest", "okay", "man", "bro", "for real", "and that's it",
    "anyway", "just saying", "thanks", "if you ask me", "as usual", "in my opinion", "or so", "everyone", "no joke",
)  # fmt: skip
SHARE_TALKED, SHARE_AMONG, SHARE_MISTYPED = 0.35, 0.25, 0.12
"""Of the sentences, how many come again with fillers, beside a harmless one, mistyped."""


def variants(examples: list[Example]) -> list[Example]:
    """More sentences, of the same lines and harm; the same ones every time."""
    harmless = [each.text for each in examples if each.line.startswith("talk:")]
    made: dict[str, Example] = {}
    for example in examples:
        digest = hashlib.sha256(example.text.encode()).digest()
        rng = random.Random(int.from_bytes(digest[:8], "big"))
        texts = []
        if rng.random() < SHARE_TALKED:
            texts.append(_talked(example.text, rng))
        if rng.random() < SHARE_AMONG:
            texts.append(_among(example.text, rng.choice(harmless), rng))
        if rng.random() < SHARE_MISTYPED:
            texts.append(_mistyped(example.text, rng))
        for text in texts:
            made.setdefault(text, Example(text, example.harm, example.line))
    known = {example.text for example in examples}
    return [example for text, example in made.items() if text not in known]


def _talked(text: str, rng: random.Random) -> str:
    if rng.random() < 0.7:
        text = f"{rng.choice(OPENERS)} {text}"
    if rng.random() < 0.5:
        text = f"{text} {rng.choice(CLOSERS)}"
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
