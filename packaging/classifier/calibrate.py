"""What the scores of the heads are worth: ``python packaging/classifier/calibrate.py``.

Each text is scored by heads that saw neither it nor a sister of its line (as ``train.py`` does for
its figures). ``curves.py`` fits and measures what those scores are worth, and prints the diagram:
what a curve says, what was true, and of how many texts.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import curves
import numpy as np
import train
from sklearn.model_selection import GroupKFold

from console.models.harm_heads import HarmHeads
from console.models.plain_spelling import spelled_out
from console.models.sentence_encoder import SentenceEncoder


class HeldOut(NamedTuple):
    """Scores of texts that no head saw. ``odds``, ``wanted``: texts x labels."""

    labels: list[str]
    odds: Any
    wanted: Any
    lines: Any


def held_out(encoder: Path) -> HeldOut:
    """The log odds of the score of each sentence and of ordinary talk, without variants."""
    plain = train.examples.read()
    every = plain + train.variants.variants(plain) + train.background()
    own = np.array([True] * len(plain) + [False] * (len(every) - len(plain)))
    own |= np.array([each.line.startswith(train.ORDINARY) for each in every])
    lines = np.array([each.line for each in every])
    labels = sorted({label for each in plain for label, _ in each.harm})
    wanted = np.array([[label in dict(each.harm) for label in labels] for each in every])
    vectors = SentenceEncoder(encoder).embed([spelled_out(each.text) for each in every])
    matrix = train.features([spelled_out(each.text) for each in every], vectors)
    folds = list(
        GroupKFold(train.FOLDS, shuffle=True, random_state=train.SEED).split(lines, groups=lines)
    )
    linear, hidden = train.cross_validated(matrix, vectors, wanted, folds)
    talk = np.array([train.is_talk(each) for each in every])
    odds = np.zeros(wanted.shape)
    for number in range(len(labels)):
        has = wanted[:, number]
        share = train.share_of_hidden(has, linear[:, number], hidden[:, number])
        mixed = linear[:, number] * (1 - share) + hidden[:, number] * share
        least = train.threshold(has, 1 / (1 + np.exp(-mixed)), talk)
        odds[:, number] = mixed - math.log(least / (1 - least))
    return HeldOut(labels, odds[own], wanted[own], lines[own])


def main(argv: Sequence[str] = ()) -> int:
    """Measure, print, and write ``calibration.json`` beside the heads."""
    parser = argparse.ArgumentParser(prog="calibrate", description=__doc__)
    models = train.resources() / "models"
    parser.add_argument("--encoder", type=Path, default=models / "all-MiniLM-L6-v2")
    parser.add_argument("--heads", type=Path, default=models / "harm-heads")
    options = parser.parse_args(argv)
    stated = HarmHeads.load(options.heads).stated
    found = held_out(options.encoder)
    if found.labels != [head.label for head in stated.heads]:
        raise SystemExit("The heads have other labels than the sentences.")
    curves.write_curves(options.heads, found.labels, found.odds, found.wanted, found.lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
