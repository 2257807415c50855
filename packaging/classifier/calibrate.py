"""What the scores of the heads are worth: ``python packaging/classifier/calibrate.py``.

Each text is scored by heads that saw neither it nor a sister of its line (as ``train.py`` does for
its figures). A curve of two numbers a label (Platt 1999) turns those scores into the share of texts
that really do that harm. How far off it is, is measured on folds that the curve did not see either,
and printed with the diagram: what it says, what was true, and of how many texts.
"""

import argparse
import hashlib
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import train
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from console.domain.local_models import CurvePoint
from console.models.harm_confidence import FORMAT, Calibration, Curve
from console.models.harm_heads import HarmHeads
from console.models.plain_spelling import spelled_out
from console.models.sentence_encoder import SentenceEncoder

BINS = 5
"""Of the diagram; each holds as many texts as the others."""
LEAST_SHOWN = 0.05
"""Texts of a lower confidence are not in the diagram: nearly all texts, and nearly all right."""


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
    talk = np.array([each.line.startswith(("talk:", train.ORDINARY)) for each in every])
    odds = np.zeros(wanted.shape)
    for number in range(len(labels)):
        has = wanted[:, number]
        share = train.share_of_hidden(has, linear[:, number], hidden[:, number])
        mixed = linear[:, number] * (1 - share) + hidden[:, number] * share
        least = train.threshold(has, 1 / (1 + np.exp(-mixed)), talk)
        odds[:, number] = mixed - math.log(least / (1 - least))
    return HeldOut(labels, odds[own], wanted[own], lines[own])


def fitted(odds: Any, wanted: Any) -> tuple[float, float]:
    """Slope and intercept of the curve of one label."""
    model = LogisticRegression(C=1e6).fit(odds[:, None], wanted)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def confidences(odds: Any, wanted: Any, lines: Any) -> Any:
    """What curves say of texts that they were not fitted to."""
    told = np.zeros(len(odds))
    split = GroupKFold(train.FOLDS, shuffle=True, random_state=train.SEED + 1)
    for learn, test in split.split(odds, groups=lines):
        slope, intercept = fitted(odds[learn], wanted[learn])
        told[test] = 1 / (1 + np.exp(-(slope * odds[test] + intercept)))
    return told


def diagram(told: Any, wanted: Any) -> tuple[CurvePoint, ...]:
    """Bins with as many texts each, from the least sure on."""
    shown = np.flatnonzero(told >= LEAST_SHOWN)
    order = shown[np.argsort(told[shown], kind="stable")]
    return tuple(
        CurvePoint(
            told=round(float(told[part].mean()), 3),
            right=round(float(wanted[part].mean()), 3),
            texts=len(part),
        )
        for part in np.array_split(order, BINS)
        if len(part)
    )


def error(bins: Sequence[CurvePoint]) -> float:
    """The expected calibration error: how far off, on average over the texts."""
    texts = sum(each.texts for each in bins)
    return sum(abs(each.told - each.right) * each.texts for each in bins) / max(1, texts)


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
    curves, all_told, all_wanted = [], [], []
    for number, label in enumerate(found.labels):
        odds, wanted = found.odds[:, number], found.wanted[:, number]
        told = confidences(odds, wanted, found.lines)
        bins = diagram(told, wanted)
        slope, intercept = fitted(odds, wanted)
        curves.append(
            Curve(
                label=label,
                slope=round(slope, 4),
                intercept=round(intercept, 4),
                error=round(error(bins), 4),
                bins=bins,
            )
        )
        all_told.append(told)
        all_wanted.append(wanted)
        shown = "  ".join(f"{each.told:.2f}:{each.right:.2f}" for each in bins)
        train.say(f"  {label:<18} error {error(bins):.3f}   {shown}   ({bins[0].texts} texts each)")
    together = diagram(np.concatenate(all_told), np.concatenate(all_wanted))
    every_text = np.concatenate(all_told), np.concatenate(all_wanted)
    whole = abs(every_text[0].mean() - every_text[1].mean())
    train.say(
        f"  all labels: expected calibration error {error(together):.3f}; on all texts {whole:.4f}"
    )
    calibration = Calibration(
        format=FORMAT,
        heads=hashlib.sha256((options.heads / "heads.json").read_bytes()).hexdigest(),
        error=round(error(together), 4),
        bins=together,
        curves=tuple(curves),
    )
    document = msgspec.json.format(msgspec.json.encode(calibration), indent=2)
    (options.heads / "calibration.json").write_bytes(document + b"\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
