"""One judge in a process of its own: what it costs to make, to keep and to ask. For policy_speed.

Prints one JSON object: ``texts`` judged, ``seconds`` for them at best, ``ready_s``, ``mb`` (memory
that importing, making and asking it added), ``plain``, ``disguised`` (share of such lines found).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import psutil

from tests.benchmarks import rivals
from tests.benchmarks.made_texts import is_disguised, is_plain, patterns, texts, words
from tests.benchmarks.report import rss_mb

MAX_IN_FLIGHT = "alt-profanity-check, at once"
JUDGES: dict[str, Callable[[Sequence[str], Sequence[str]], Any]] = {
    "re alternation": rivals.plain_re,
    "this engine": rivals.ours,
    "ours, every disguise": partial(rivals.ours, disguises=True),
    "better-profanity": lambda listed, _: rivals.better_profanity(listed),
    "alt-profanity-check": lambda *_: rivals.alt_profanity_check(),
    MAX_IN_FLIGHT: lambda *_: rivals.alt_profanity_check_at_once(),
}
"""Each made from words and patterns, which some do without."""


def share(found: Sequence[bool], wanted: Callable[[int], bool]) -> float | None:
    """How many of the lines that are ``wanted`` were found; None when none was judged."""
    those = [raised for number, raised in enumerate(found) if wanted(number)]
    return sum(those) / len(those) if those else None


def once(name: str, judge: Any, lines: Sequence[str], until: float) -> tuple[list[bool], float]:
    """Ask ``judge`` about ``lines`` in order, until ``until``: the answers, and the seconds."""
    began = time.perf_counter()
    if name == MAX_IN_FLIGHT:
        found = list(judge(lines))
    else:
        found = []
        for line in lines:
            found.append(judge(line))
            if time.perf_counter() > until:
                break
    return found, time.perf_counter() - began


def measure(name: str, lines: Sequence[str], make: Callable[[], Any], longest_s: float) -> object:
    """Make a judge and ask it about ``lines``, again and again for ``longest_s``; the best counts.

    A judge that is not done with them once in that time is measured by what it has done.
    """
    process = psutil.Process()
    before = rss_mb(process)
    began = time.perf_counter()
    judge = make()
    judge([lines[0]] if name == MAX_IN_FLIGHT else lines[0])
    ready = time.perf_counter() - began
    until = time.perf_counter() + longest_s
    found, best = once(name, judge, lines, until)
    while time.perf_counter() < until:
        again, spent = once(name, judge, lines, until)
        best = min(best, spent) if len(again) == len(lines) else best
    return {
        "texts": len(found),
        "seconds": best,
        "ready_s": ready,
        "mb": rss_mb(process) - before,
        "plain": share(found, is_plain),
        "disguised": share(found, is_disguised),
    }


def main(argv: Sequence[str]) -> int:
    """Measure one judge."""
    parser = argparse.ArgumentParser(prog="one_judge", description=__doc__)
    parser.add_argument("judge", choices=JUDGES)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--patterns", type=int, default=0)
    parser.add_argument("--lines", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args(argv)
    listed, sought = words(options.words), patterns(options.patterns)
    make = partial(JUDGES[options.judge], listed, sought)
    lines = texts(options.lines, listed)
    sys.stdout.write(json.dumps(measure(options.judge, lines, make, options.seconds)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
