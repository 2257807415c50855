"""What the confidence of the local classifier is worth: how sure it is, and how often right.

By label on held-out folds of its own sentences, as measured when its curves were made; then now, on
sentences of ``ordinary`` and ``harmful`` in the languages that it knows, which it never saw, beside
others that say how sure they are. Run alone with ``python -m tests.benchmarks.confidence``.

The expected calibration error is the mean distance between both, weighted by texts (Guo 2017).
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from console.base.paths import resources
from console.domain.local_models import CurvePoint
from console.models.harm_confidence import read_calibration
from console.models.harm_heads import HarmHeads
from console.models.onnx_session import model_file
from console.models.sentence_encoder import SentenceEncoder
from console.models.text_classifier import HarmClassifier
from tests.benchmarks.ordinary_speech import Group, harmful, ordinary
from tests.benchmarks.report import say, table
from tests.benchmarks.rivals import is_installed

GOAL = 0.05
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0001)
BASELINE = "says 0 of every text"
Judge = Callable[[Sequence[str]], list[float]]
"""Texts to how likely each does harm, from 0 to 1."""


def classifier() -> HarmClassifier:
    """The one of the base install, with its curves."""
    models = resources() / "models"
    encoder = models / "all-MiniLM-L6-v2"
    heads = HarmHeads.load(models / "harm-heads")
    heads.require(model_file(encoder))
    return HarmClassifier(SentenceEncoder(encoder), heads, read_calibration(models / "harm-heads"))


def judges(ours: HarmClassifier) -> dict[str, Judge]:
    """Everyone who says how sure they are, the baseline first; word lists do not."""
    found: dict[str, Judge] = {
        BASELINE: lambda texts: [0.0] * len(texts),
        ours.name: lambda texts: [_surest(ours, text) for text in texts],
    }
    if is_installed("alt-profanity-check"):
        likely = importlib.import_module("profanity_check").predict_prob
        found["alt-profanity-check"] = lambda texts: [float(each) for each in likely(texts)]
    return found


def _surest(ours: HarmClassifier, text: str) -> float:
    return max((harm.confidence or 0.0 for harm in ours.classify(text)), default=0.0)


def reliability(told: Sequence[float], true: Sequence[bool]) -> list[CurvePoint]:
    """The bins of EDGES that hold anything."""
    points = []
    for low, high in pairwise(EDGES):
        inside = [
            (sure, right) for sure, right in zip(told, true, strict=True) if low <= sure < high
        ]
        if inside:
            sure = sum(each for each, _ in inside) / len(inside)
            right = sum(each for _, each in inside) / len(inside)
            points.append(CurvePoint(told=sure, right=right, texts=len(inside)))
    return points


def error(points: Iterable[CurvePoint]) -> float:
    """The expected calibration error of these bins."""
    known = list(points)
    texts = sum(each.texts for each in known)
    return sum(abs(each.told - each.right) * each.texts for each in known) / texts if texts else 0.0


def _diagram(points: Iterable[CurvePoint]) -> str:
    return "  ".join(f"{each.told:.2f}:{each.right:.2f}({each.texts})" for each in points)


def by_label() -> float:
    """Print what was measured on held-out folds when the curves were made; the error of all."""
    calibration = read_calibration(resources() / "models" / "harm-heads")
    assert calibration is not None, "the base install has curves"
    rows = [
        (curve.label, f"{curve.error:.4f}", _diagram(curve.bins)) for curve in calibration.curves
    ]
    rows.append(("all labels", f"{calibration.error:.4f}", _diagram(calibration.bins)))
    columns = ("label", "error", "told:right(texts)")
    table("held-out folds of its own sentences", f"at most {GOAL}", columns, rows)
    return calibration.error


def unseen(ours: HarmClassifier, groups: Sequence[tuple[Group, bool]]) -> None:
    """Print how sure everybody is of sentences that nobody was trained on."""
    texts = [(text, bad) for group, bad in groups for text in group.texts]
    rows = []
    for name, judge in judges(ours).items():
        points = reliability(judge([text for text, _ in texts]), [bad for _, bad in texts])
        rows.append((name, f"{error(points):.4f}", _diagram(points)))
    say()
    title = f"any harm, {len(texts):,} unseen sentences, {sum(bad for _, bad in texts):,} harmful"
    table(title, BASELINE, ("", "error", "told:right(texts)"), rows)


def main(argv: list[str]) -> int:
    """Measure; 1 where the error on held-out folds is above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000, help="sentences of each group")
    most = parser.parse_args(argv).most
    ours = classifier()
    held_out = by_label()
    known = [(each, False) for each in ordinary()] + [(each, True) for each in harmful()]
    unseen(
        ours,
        [
            (group._replace(texts=group.texts[:most]), bad)
            for group, bad in known
            if group.language in ours.languages
        ],
    )
    say("\nbetter-profanity and the word lists say no confidence.")
    return int(held_out > GOAL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
