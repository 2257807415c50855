"""Every disguise the engine claims to see through, on every word of the profanity list."""

import pytest

from console.base.paths import resources
from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist
from console.policy.policy_file import read_stand_ins

FOLDER = resources() / "policies"
LIST = read_stand_ins(lambda name: (FOLDER / name).read_text("utf-8"))["profanity_en_2020_v1"]
SINGLE = [word for word in LIST.words if " " not in word and len(word) >= 4]
CYRILLIC = str.maketrans("aceopxyik", "асеорхуік")
LEET = str.maketrans("aeiost", "431057")
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(ord("a"), ord("z") + 1)})
WIDE_DIGITS = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(ord("0"), ord("9"))})
BOLD = str.maketrans({chr(ord("a") + at): chr(0x1D41A + at) for at in range(26)})


def leet(word):
    """``word`` with a letter left at each end, as people write it."""
    return word[0] + word[1:-1].translate(LEET) + word[-1]


DISGUISES = {
    "upper case": str.upper,
    "leet": leet,
    "spaces": " ".join,
    "full stops": ".".join,
    "dashes": "-".join,
    "zero-width": "\u200b".join,
    "one hyphen": lambda word: f"{word[:2]}-{word[2:]}",
    "repetition": lambda word: word[:-1] + word[-1] * 5,
    "Cyrillic": lambda word: word.translate(CYRILLIC),
    "full width": lambda word: word.translate(WIDE),
    "mathematical bold": lambda word: word.translate(BOLD),
    "accents": lambda word: "".join(f"{char}\u0301" for char in word),
    "a star": lambda word: f"{word[0]}*{word[2:]}",
    "stars": lambda word: word[0] + "*" * (len(word) - 1),
    "another sign": lambda word: f"{word[0]}#{word[2:]}",
    "ph for f": lambda word: word if "ff" in word else word.replace("f", "ph"),
    "v for u": lambda word: word.replace("u", "v"),
    "kk for ck": lambda word: word.replace("ck", "kk"),
    "zz for ss": lambda word: word.replace("ss", "zz"),
    "full-width leet": lambda word: leet(word).translate(WIDE_DIGITS),
    "twice without a space": lambda word: word * 2,
    "plural in z": lambda word: (
        word + ("ez" if word.endswith(("s", "x", "z", "ch", "sh")) else "z")
    ),
    "plural": lambda word: word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"),
}


@pytest.fixture(scope="module")
def matcher():
    return WordMatcher([(0, LIST)])


@pytest.mark.parametrize("name", DISGUISES)
def test_every_word_is_seen_through(matcher, name):
    missed = []
    for word in SINGLE:
        text = f"well {DISGUISES[name](word)} you"
        spans = {(hit.start, hit.end) for hit in matcher.find(text)}
        if not any(start <= 5 and end >= len(text) - 6 for start, end in spans):
            missed.append(text)
    assert missed == []


def test_without_the_flags_disguises_pass():
    plain = WordMatcher(
        [
            (
                0,
                Blocklist(
                    name="x",
                    words=LIST.words,
                    is_spacing_check_enabled=False,
                    is_repetition_check_enabled=False,
                ),
            )
        ]
    )
    for name in ("leet", "spaces", "Cyrillic", "stars", "repetition"):
        assert plain.find(f"well {DISGUISES[name]('bastard')} you") == set()
