"""Whom the policies wrong on ordinary speech, and what they miss of what is plainly harmful.

Ten kinds of calls in English, and eleven other languages (``ordinary_speech``). Each policy is
asked as a call asks it where the captions name their language, and once more where they do not.
Run alone with ``python -m tests.benchmarks.false_alarms``; ``--examples 20`` prints what was raised
and missed.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence

from console.base.paths import resources
from console.domain.local_models import NO_MODELS, LocalModels
from console.domain.verdict import KEEP, REMOVE, action_rank
from console.models.model_registry import ModelRegistry
from console.policy.evaluator import Evaluator
from console.policy.loader import read_policy_at
from console.policy.model import ListType
from tests.benchmarks.ordinary_speech import Group, harmful, ordinary
from tests.benchmarks.report import say, table
from tests.benchmarks.rivals import plain_re

BASELINE = "re, whole words"
Judge = Callable[[str, str], str]
"""A text and its language, or "" for one that is not named, to the recommended action."""


def evaluator(name: str, models: LocalModels = NO_MODELS) -> Evaluator:
    """The policy of the file ``name`` that comes with the program."""
    read = read_policy_at(resources() / "policies" / name)
    if read.policy is None:
        raise ValueError(f"{name} has errors: {read.errors}")
    return Evaluator(read.policy, models=models)


def judges() -> dict[str, Judge]:
    """Everyone who judges, the baseline first."""
    default = evaluator("default.toml")
    words = [
        word
        for each in default.policy.blocklists
        if each.type == ListType.WORD
        for word in each.words
    ]
    hit = plain_re(words)
    found: dict[str, Judge] = {
        BASELINE: lambda text, _: REMOVE if hit(text) else KEEP,
        "default policy": lambda text, language: default.judge(text, language).action,
        "language not named": lambda text, _: default.judge(text).action,
    }
    models = ModelRegistry(None, resources() / "models").take().models
    if models.text is not None:
        meaning = evaluator("by-meaning.toml", models)
        found["by meaning"] = lambda text, language: meaning.judge(text, language).action
    return found


def answers(group: Group, judge: Judge) -> list[str]:
    return [judge(text, group.language) for text in group.texts]


def _is_removed(action: str) -> bool:
    return action_rank(action) > action_rank("flag")


def false_alarms(groups: Iterable[Group], all_judges: dict[str, Judge], examples: int) -> int:
    """Print what each judge flags and removes of ordinary speech; how much ours removes."""
    removed = 0
    rows, shown = [], []
    totals: dict[str, list[str]] = {name: [] for name in all_judges}
    for group in groups:
        cells = []
        for name, judge in all_judges.items():
            given = answers(group, judge)
            totals[name] += given
            cells.append(_cell(given))
            if name != BASELINE:
                removed += sum(map(_is_removed, given))
                shown += _shown(group, name, given, lambda action: action != KEEP, examples)
        rows.append([group.name, str(len(group.texts)), *cells])
    whole = [_cell(given) for given in totals.values()]
    rows.append(["ALL", str(len(next(iter(totals.values()), []))), *whole])
    head = ("", "sentences", *all_judges)
    table("ordinary speech: raised (of them removed)", BASELINE, head, rows)
    for line in shown:
        say(line)
    return removed


def misses(groups: Iterable[Group], all_judges: dict[str, Judge], examples: int) -> None:
    """Print what each judge keeps of what is plainly harmful."""
    rows, shown = [], []
    for group in groups:
        cells = []
        for name, judge in all_judges.items():
            given = answers(group, judge)
            cells.append(f"{given.count(KEEP)} ({given.count(KEEP) / len(given):.0%})")
            if name != BASELINE:
                shown += _shown(group, name, given, lambda action: action == KEEP, examples)
        rows.append([group.name, str(len(group.texts)), *cells])
    table("plainly harmful: missed", BASELINE, ("", "sentences", *all_judges), rows)
    for line in shown:
        say(line)


def _cell(given: Sequence[str]) -> str:
    raised = sum(action != KEEP for action in given)
    return f"{raised} ({sum(map(_is_removed, given))})"


def _shown(
    group: Group, name: str, given: Sequence[str], wanted: Callable[[str], bool], examples: int
) -> list[str]:
    found = zip(group.texts, given, strict=True)
    lines = [
        f"  {name}, {group.name}, {action}: {text}" for text, action in found if wanted(action)
    ]
    return lines[:examples]


def main(argv: Sequence[str] = ()) -> int:
    """Print both tables; 1 when a policy of ours removes ordinary speech."""
    parser = argparse.ArgumentParser(prog="false_alarms", description=__doc__)
    parser.add_argument("--examples", type=int, default=0, help="what was raised and missed")
    options = parser.parse_args(argv)
    all_judges = judges()
    removed = false_alarms(ordinary(), all_judges, options.examples)
    misses(harmful(), all_judges, options.examples)
    return int(removed > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
