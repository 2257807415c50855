"""From held-out scores to curves that say what a score is worth, and to their diagram.

A curve of two numbers a label (Platt 1999) turns a score into the share of texts that really do
that harm. How far off it is, is measured on folds that the curve did not see either.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fitting
import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from console.domain.local_models import CurvePoint
from console.models.harm_confidence import FORMAT, Calibration, Curve

FOLDS, SEED = 5, 8
BINS = 5
"""Of the diagram; each holds as many texts as the others."""
LEAST_SHOWN = 0.05
"""Texts of a lower confidence are not in the diagram: nearly all texts, and nearly all right."""


def write_curves(folder: Path, labels: list[str], odds: Any, wanted: Any, lines: Any) -> None:
    """Measure, print, and write ``calibration.json`` beside the heads in ``folder``.

    ``odds``, ``wanted``: texts x labels, of texts that the heads did not see.
    """
    curves, told = [], np.zeros(odds.shape)
    for number, label in enumerate(labels):
        told[:, number] = confidences(odds[:, number], wanted[:, number], lines)
        bins = diagram(told[:, number], wanted[:, number])
        slope, intercept = fitted(odds[:, number], wanted[:, number])
        curves.append(
            Curve(
                label=label,
                slope=round(slope, 4),
                intercept=round(intercept, 4),
                error=round(error(bins), 4),
                bins=bins,
            )
        )
        shown = "  ".join(f"{each.told:.2f}:{each.right:.2f}" for each in bins)
        fitting.say(
            f"  {label:<18} error {error(bins):.3f}   {shown}   ({bins[0].texts} texts each)"
        )
    together = diagram(told.ravel(), wanted.ravel())
    whole = abs(told.mean() - wanted.mean())
    fitting.say(
        f"  all labels: expected calibration error {error(together):.3f}; on all texts {whole:.4f}"
    )
    calibration = Calibration(
        format=FORMAT,
        heads=hashlib.sha256((folder / "heads.json").read_bytes()).hexdigest(),
        error=round(error(together), 4),
        bins=together,
        curves=tuple(curves),
    )
    document = msgspec.json.format(msgspec.json.encode(calibration), indent=2)
    (folder / "calibration.json").write_bytes(document + b"\n")


def fitted(odds: Any, wanted: Any) -> tuple[float, float]:
    """Slope and intercept of the curve of one label."""
    model = LogisticRegression(C=1e6).fit(odds[:, None], wanted)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def confidences(odds: Any, wanted: Any, lines: Any) -> Any:
    """What curves say of texts that they were not fitted to."""
    told = np.zeros(len(odds))
    split = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
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
