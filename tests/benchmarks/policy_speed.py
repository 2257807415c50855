"""How fast the policy engine judges, beside other ways to find the same words in the same texts.

Run alone with ``python -m tests.benchmarks.policy_speed``; ``--lines 1000000`` for the long run.
better-profanity and alt-profanity-check are compared where they are installed.
"""

import argparse
import importlib
import importlib.util
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import psutil

from console.policy.evaluator import Evaluator
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy

SEED = 20
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu shra plon grim stel"
SYLLABLES = _SYLLABLES.split()
_PIECES = "a ,ss,1d10t ,@, ,.,-,i d ,о,é,\u0301,x.com ,dot com ,aaa,1 ,漢,💥,ass ,$"
TALK = (
    "and so what we are going to do tonight is look at the numbers for the third quarter",
    "hello everyone, thank you so much for coming, can you all hear me at the back",
    "I'd say about 300 people joined, give or take",
    "no no no, that's not what I meant at all",
    "well-known people from the U.S. and from naïve little towns like Scunthorpe",
)


def words(count: int) -> list[str]:
    """``count`` invented words, the same every time."""
    rng = random.Random(SEED)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5)))] = None
    return list(made)


def texts(count: int, listed: Sequence[str]) -> list[str]:
    """Ordinary lines; one in ten holds a listed word, one in forty a disguised one."""
    rng = random.Random(SEED + 1)
    lines = []
    for number in range(count):
        line = rng.choice(TALK)
        if number % 10 == 0:
            line += " " + rng.choice(listed)
        if number % 40 == 0:
            line += " " + rng.choice(listed).replace("o", "0").replace("e", "3")
        lines.append(line)
    return lines


def policy(listed: Sequence[str], patterns: Sequence[str] = ()) -> Policy:
    """Every disguise is seen through, as in the default policy."""
    return Policy(
        key="custom:bench",
        blocklists=(
            Blocklist(
                name="words",
                words=tuple(listed),
                is_leet_check_enabled=True,
                is_plural_check_enabled=True,
                is_confusable_folding_enabled=True,
            ),
            Blocklist(name="patterns", type=ListType.REGEX, words=tuple(patterns)),
        ),
        block_list_rules=(BlocklistRule(name="words"), BlocklistRule(name="patterns")),
    )


def measure(name: str, make: Callable[[], Callable[[str], object]], lines: Sequence[str]) -> None:
    """Print what it costs to make a judge and to have it judge ``lines``."""
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    judge = make()
    made = time.perf_counter() - began
    judge(lines[0])
    began = time.perf_counter()
    found = sum(bool(judge(line)) for line in lines)
    spent = time.perf_counter() - began
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    each = spent / len(lines) * 1e6
    say(
        f"  {name:<20} {len(lines) / spent:>9,.0f} texts/s {each:>9.1f} us/text"
        f"  ready in {made * 1e3:>6.1f} ms  +{max(0.0, grown):>5.1f} MB"
        f"  raised {found}/{len(lines)}"
    )


def ours(listed: Sequence[str], patterns: Sequence[str] = ()) -> Callable[[str], object]:
    evaluator = Evaluator(policy(listed, patterns))
    return lambda text: evaluator.judge(text).matches


def plain_re(listed: Sequence[str]) -> Callable[[str], object]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE).search


def better_profanity(listed: Sequence[str]) -> Callable[[str], object]:
    profanity = importlib.import_module("better_profanity").Profanity()
    profanity.load_censor_words(list(listed))
    judge: Callable[[str], object] = profanity.contains_profanity
    return judge


def alt_profanity_check() -> Callable[[str], object]:
    predict = importlib.import_module("profanity_check").predict
    return lambda text: bool(predict([text])[0])


def worst_text(evaluator: Evaluator, seconds: float) -> tuple[str, float]:
    """The slowest pattern of text found by trying, with its microseconds a character."""
    rng = random.Random(SEED)
    pieces = _PIECES.split(",")
    worst, slowest = "", 0.0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        unit = "".join(rng.choices(pieces, k=rng.randint(1, 4)))
        text = (unit * 2_000)[:2_000]
        began = time.perf_counter()
        evaluator.judge(text)
        cost = (time.perf_counter() - began) / len(text) * 1e6
        if cost > slowest:
            worst, slowest = unit, cost
    return worst, slowest


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(argv: Sequence[str] = ()) -> int:
    """Print every table; returns 0."""
    parser = argparse.ArgumentParser(prog="policy_speed", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000, help="lines of the batch run")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to look for the worst")
    options = parser.parse_args(argv)
    for count in (100, 1_000, 10_000):
        listed = words(count)
        lines = texts(1_000, listed)
        say(f"{count:,} words")
        measure("this engine", partial(ours, listed), lines)
        measure("re alternation", partial(plain_re, listed), lines[:200])
        if importlib.util.find_spec("better_profanity") and count <= 1_000:
            # It writes out every spelling of every word: 10,000 words take minutes.
            measure("better-profanity", partial(better_profanity, listed), lines[:200])
    hundred = words(100)
    patterns = [rf"(?i)\b{word}\w*\s+\d+" for word in words(200)[100:]]
    say("100 words and 100 patterns")
    measure("this engine", lambda: ours(hundred, patterns), texts(1_000, hundred))
    if importlib.util.find_spec("profanity_check"):
        say("a classifier, on the same texts (it knows its own words only)")
        measure("alt-profanity-check", alt_profanity_check, texts(200, hundred))
    say(f"batch of {options.lines:,} lines, 1,000 words")
    listed = words(1_000)
    measure("this engine", lambda: ours(listed), texts(options.lines, listed))
    unit, cost = worst_text(Evaluator(policy(["ass", "idiot"], [r"\d+"])), options.seconds)
    say(f"worst text found: {cost:.2f} us a character, of {unit!r} again and again")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
