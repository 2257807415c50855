"""How well hate is found in other languages than English, on Multilingual HateCheck where it is.

``python -m tests.benchmarks.language_quality --suites FOLDER``, or the folder in HATECHECK_SUITES:
one file a language, ``german.csv``, with the columns that its makers publish (Röttger and others,
"Multilingual HateCheck", WOAH 2022; CC BY 4.0; github.com/rewire-online/multilingual-hatecheck).
Nothing of them is part of this project, and nothing was trained on them. Prints aggregates alone.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from console.base.errors import WorldError
from console.base.paths import resources
from console.models.language_registry import load_languages
from tests.benchmarks.labelled_texts import Case, hatecheck
from tests.benchmarks.report import say, table
from tests.benchmarks.text_quality import HATE, Labels, local_classifier, row

BASELINE = "classifier of the base install"
COLUMNS = ("", "found", "missed", "wrong", "precision", "recall", "F1", "accuracy")
WORST = 6
"""Functionalities named for each language."""


def judges() -> dict[str, Labels]:
    """The English classifier and, with the extra, the one for many languages.

    Raises:
        WorldError: the extra is missing.
    """
    name, english = local_classifier()
    many = load_languages(resources() / "models")
    many.ready()
    return {
        f"{BASELINE}, {name}": english,
        many.name: lambda texts: [
            frozenset(harm.label for harm in many.classify(text)) for text in texts
        ],
    }


def print_suite(language: str, cases: Sequence[Case], all_judges: dict[str, Labels]) -> None:
    """Found and wrong; what is found worst by the last judge; milliseconds a text."""
    hateful = [case.hateful for case in cases]
    rows, said = [], [False] * len(cases)
    for name, labels in all_judges.items():
        began = time.process_time()
        said = [HATE in each for each in labels([case.text for case in cases])]
        taken = (time.process_time() - began) / len(cases) * 1000
        rows.append([f"{name} ({taken:.1f} ms)", *row("", hateful, said)[1:]])
    table(f"{language}: {sum(hateful)} hateful of {len(cases)}", BASELINE, COLUMNS, rows)
    harmless = hateful.count(False)
    wrong = sum(s and not h for s, h in zip(said, hateful, strict=True))
    say(f"  harmless sentences raised: {wrong / harmless:.1%}")
    right: dict[str, list[bool]] = {}
    for case, saying in zip(cases, said, strict=True):
        right.setdefault(case.functionality, []).append(saying == case.hateful)
    shares = {name: sum(each) / len(each) for name, each in right.items()}
    worst = sorted(shares, key=lambda name: shares[name])[:WORST]
    say("  least: " + ", ".join(f"{name} {shares[name]:.2f}" for name in worst))


def main(argv: Sequence[str] = ()) -> int:
    """Print a table for each language; 1 when a file cannot be read."""
    parser = argparse.ArgumentParser(prog="language_quality", description=__doc__)
    parser.add_argument("--suites", type=Path, default=os.environ.get("HATECHECK_SUITES"))
    options = parser.parse_args(argv)
    if not options.suites:
        say("Not measured: hate in other languages. Name a folder of Multilingual HateCheck with")
        say("--suites or in HATECHECK_SUITES.")
        return 0
    try:
        all_judges = judges()
        for file in sorted(Path(options.suites).glob("*.csv")):
            print_suite(file.stem, hatecheck(file), all_judges)
    except WorldError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
