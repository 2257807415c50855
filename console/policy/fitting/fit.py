"""Thresholds fitted to labels: for each label the lowest that is right often enough."""

from collections.abc import Sequence

from console.domain.fitted import Fitted
from console.domain.label_curve import (
    FEW,
    STEPS,
    AtThreshold,
    Case,
    LabelCurve,
    curve_of,
)

EVERY = 5
"""Thresholds that are tried, in hundredths: finer ones would fit the lines and not their kind."""
ENOUGH = 8
"""Labelled lines that a threshold is fitted to, of which the classifier is sure of the label."""
FOLDS = 5


def best(curve: LabelCurve, precision: float) -> AtThreshold:
    """The lowest threshold at which at least ``precision`` of what is raised is right.

    Where there is none, the one with the best balance of right and missed; of equals the lowest.
    """
    points = [curve.at(step / STEPS) for step in range(0, STEPS + 1, EVERY)]
    good = [each for each in points if each.right and (each.precision or 0.0) >= precision]
    return good[0] if good else max(points, key=lambda each: (each.f1, -each.threshold))


def fit_label(label: str, cases: Sequence[Case], now: float, precision: float) -> Fitted:
    """The threshold of one label; ``now`` is the present one."""
    curve = curve_of(label, cases)
    before = curve.at(now)
    if curve.sure_lines < ENOUGH or not sum(curve.right):
        return Fitted(
            label=label,
            before=before,
            after=before,
            held_out=before,
            lines=curve.lines,
            note=_too_few(curve),
        )
    after = best(curve, precision)
    same = (after.right, after.wrong) == (before.right, before.wrong)
    if same or (after.f1 <= before.f1 and (before.precision or 0.0) >= precision):
        after = before
    return Fitted(
        label=label,
        before=before,
        after=after,
        held_out=_held_out(label, cases, now, precision, after.threshold),
        lines=curve.lines,
        note=_note(curve, after, precision),
    )


def _held_out(
    label: str, cases: Sequence[Case], now: float, precision: float, threshold: float
) -> AtThreshold:
    right = wrong = missed = passed = 0
    for fold in range(FOLDS):
        learned = [case for at, case in enumerate(cases) if at % FOLDS != fold]
        curve = curve_of(label, learned)
        fitted = best(curve, precision).threshold if sum(curve.right) else now
        tried = curve_of(label, cases[fold::FOLDS]).at(fitted)
        right, wrong = right + tried.right, wrong + tried.wrong
        missed, passed = missed + tried.missed, passed + tried.passed
    return AtThreshold(threshold, right, wrong, missed, passed)


def _too_few(curve: LabelCurve) -> str:
    if curve.sure_lines and not sum(curve.right):
        return "No labelled line is right about it, so its threshold stays."
    return (
        f"The classifier is sure of it on {curve.sure_lines:,} labelled lines; "
        f"it takes {ENOUGH} to fit a threshold."
    )


def _note(curve: LabelCurve, after: AtThreshold, precision: float) -> str:
    parts = []
    if (after.precision or 0.0) < precision:
        parts.append(f"No threshold makes {precision:.0%} right.")
    if curve.missed:
        parts.append(f"{curve.missed:,} missed are below what any threshold reaches.")
    if curve.sure_lines < FEW:
        parts.append("Few labels: look at what changes before you apply it.")
    return " ".join(parts)
