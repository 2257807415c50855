"""Invented words, patterns and lines for the speed of judging, the same in every process."""

import random
from collections.abc import Sequence

SEED = 20
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu shra plon grim stel"
SYLLABLES = _SYLLABLES.split()
TALK = (
    "and so what we are going to do tonight is look at the numbers for the third quarter",
    "hello everyone, thank you so much for coming, can you all hear me at the back",
    "I'd say about 300 people joined, give or take",
    "no no no, that's not what I meant at all",
    "well-known people from the U.S. and from naïve little towns like Scunthorpe",
)


def words(count: int) -> list[str]:
    """``count`` invented words; a longer list begins with the shorter one."""
    rng = random.Random(SEED)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5)))] = None
    return list(made)


def patterns(count: int) -> list[str]:
    """``count`` patterns of words that no list holds."""
    return [rf"(?i)\b{word}\w*\s+\d+" for word in words(20_000)[-count:]] if count else []


def is_plain(number: int) -> bool:
    """Whether line ``number`` holds a listed word as it stands: one in ten."""
    return number % 10 == 0


def is_disguised(number: int) -> bool:
    """Whether line ``number`` holds a listed word in disguise: one in forty."""
    return number % 40 == 5


def texts(count: int, listed: Sequence[str]) -> list[str]:
    """Ordinary lines; some hold a word of ``listed``."""
    rng = random.Random(SEED + 1)
    swapped = [word for word in listed if "o" in word[1:] or "e" in word[1:]]
    lines = []
    for number in range(count):
        line = rng.choice(TALK)
        if is_plain(number):
            line += " " + rng.choice(listed)
        if is_disguised(number):
            line += " " + rng.choice(swapped).replace("o", "0").replace("e", "3")
        lines.append(line)
    return lines
