"""What a run of chaos prints: progress, each broken promise with how to see it again, the sums."""

import argparse
import sys
from collections import Counter

from tests.chaos.episode import Result
from tests.chaos.outcome import PROMISES


class Report:
    """Prints as results come."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._struck: Counter[str] = Counter()
        self._receipts: Counter[str] = Counter()
        self._broken: Counter[str] = Counter()
        self._stumbles: Counter[str] = Counter()
        self._said = self._shown = self._kills = 0

    @property
    def faults(self) -> int:
        """How many really struck so far."""
        return self._struck.total()

    @property
    def acts(self) -> int:
        """How many were asked for so far, those that take back one included."""
        return self._receipts.total()

    def add(self, result: Result) -> None:
        """Print one episode."""
        self._struck += result.struck
        self._receipts += result.receipts
        self._stumbles += result.stumbles
        self._said += result.said
        self._shown += result.shown
        self._kills += result.kills
        self._broken += Counter(one.promise for one in result.violations)
        say(
            f"episode {result.episode.number} ({self.faults} faults, {self.acts} acts so far): "
            f"{result.struck.total()} faults, "
            f"{result.receipts.total()} acts, {result.said} lines said, {result.shown} shown, "
            f"{result.kills} engines killed, {len(result.violations)} promises broken "
            f"({result.seconds:.0f} s)"
        )
        for line in result.trace if self._options.trace else ():
            say(line)
        for one in result.violations:
            say(f"  {one.promise.upper()}: {one.sentence}")
        if result.violations:
            say(f"  again: {self._again(result.episode.number)}")

    def conclude(self) -> int:
        """Print the sums; 1 when a promise was broken."""
        say(f"\n{self._struck.total()} faults: {_listed(self._struck)}")
        say(f"{self._receipts.total()} acts: {_listed(self._receipts)}")
        say(f"{self._said} lines said, {self._shown} shown; {self._kills} engines killed")
        if self._stumbles:
            say("errors in the log of the engine:")
            for line, times in self._stumbles.most_common(20):
                say(f"  {times} x {line}")
        say(", ".join(f"{self._broken[promise]} {promise}" for promise in PROMISES))
        return int(bool(self._broken))

    def _again(self, episode: int) -> str:
        own = self._options
        only = f" --only {own.only!r}" if own.only else ""
        return (
            f'make chaos ARGS="--seed {own.seed} --faults {own.faults} --acts {own.acts}'
            f'{only} --episode {episode}"'
        )


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{times} {name}" for name, times in counts.most_common())


def say(line: str) -> None:
    """Print at once, whoever reads it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
