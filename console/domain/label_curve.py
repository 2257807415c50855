"""How often a classifier is right, by how sure it is, on lines that a moderator labelled. Pure.

Counts stand in hundredths of confidence, so that every threshold of two digits can be tried
without asking again.
"""

import math
from collections.abc import Iterable

from msgspec import Struct

STEPS = 100
"""Thresholds go from 0 to STEPS hundredths."""
FEW = 20
"""With fewer labels the share that is right says little."""
_Z = 1.96  # 95 %


class Case(Struct, frozen=True):
    """One labelled line: how sure the classifier is of the label (None: not at all), and whether
    the label is right.
    """

    confidence: float | None
    right: bool


class AtThreshold(Struct, frozen=True):
    """What a threshold does on the labelled lines.

    Attributes:
        threshold: from 0 to 1.
        right, wrong: raised, and the label is right or wrong.
        missed: not raised though the label is right.
        passed: not raised, and rightly so.
    """

    threshold: float
    right: int
    wrong: int
    missed: int
    passed: int

    @property
    def raised(self) -> int:
        """How many lines it raises."""
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        """Of what is raised, the share that is right; None where nothing is."""
        return self.right / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        """Of what should be raised, the share that is; None where nothing should."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 0.0 where either is unknown or 0."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


class Bar(Struct, frozen=True):
    """Labelled lines of nearly the same confidence: how sure, how often right, between what."""

    told: float
    right: int
    lines: int

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.lines

    @property
    def between(self) -> tuple[float, float]:
        """Between which shares the truth lies, in 95 of 100 cases."""
        return interval(self.right, self.lines)


class LabelCurve(Struct, frozen=True, kw_only=True):
    """One label on the labelled lines.

    Attributes:
        right, wrong: STEPS + 1 counts each: lines of so many hundredths of confidence.
        missed, passed: lines of which the classifier is not sure at all, and the label is right
            or wrong: no threshold raises them.
        measured: pairs of confidence and share that is right on texts of the classifier's makers.
    """

    label: str
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    missed: int = 0
    passed: int = 0
    measured: tuple[tuple[float, float], ...] = ()

    @property
    def lines(self) -> int:
        """How many labelled lines say something of the label."""
        return sum(self.right) + sum(self.wrong) + self.missed + self.passed

    @property
    def sure_lines(self) -> int:
        """How many of them the classifier is at all sure of."""
        return sum(self.right) + sum(self.wrong)

    def at(self, threshold: float) -> AtThreshold:
        """What this threshold does, from 0 to 1 and rounded to hundredths."""
        step = min(max(0, round(threshold * STEPS)), STEPS)
        return AtThreshold(
            threshold=step / STEPS,
            right=sum(self.right[step:]),
            wrong=sum(self.wrong[step:]),
            missed=sum(self.right[:step]) + self.missed,
            passed=sum(self.wrong[:step]) + self.passed,
        )

    def bars(self, most: int = 5) -> tuple[Bar, ...]:
        """At most so many bars of about as many lines each, the least sure first."""
        each = max(1, math.ceil(self.sure_lines / most))
        bars: list[Bar] = []
        right = lines = 0
        told = 0.0
        for step, (yes, no) in enumerate(zip(self.right, self.wrong, strict=True)):
            right, lines, told = right + yes, lines + yes + no, told + (yes + no) * step / STEPS
            if lines >= each:
                bars.append(Bar(told / lines, right, lines))
                right = lines = 0
                told = 0.0
        return (*bars, Bar(told / lines, right, lines)) if lines else tuple(bars)


def curve_of(
    label: str, cases: Iterable[Case], measured: tuple[tuple[float, float], ...] = ()
) -> LabelCurve:
    """The curve of ``label`` over ``cases``."""
    right, wrong = [0] * (STEPS + 1), [0] * (STEPS + 1)
    missed = passed = 0
    for case in cases:
        if case.confidence is None:
            missed += case.right
            passed += not case.right
        else:
            # 0.29 * 100 is 28.999…: what is sure enough must not fall below its own threshold.
            step = min(max(0, math.floor(case.confidence * STEPS + 1e-9)), STEPS)
            (right if case.right else wrong)[step] += 1
    return LabelCurve(
        label=label,
        right=tuple(right),
        wrong=tuple(wrong),
        missed=missed,
        passed=passed,
        measured=measured,
    )


def interval(right: int, lines: int) -> tuple[float, float]:
    """Between which shares the truth lies in 95 of 100 cases, by Wilson's score interval."""
    if not lines:
        return 0.0, 1.0
    share, spread = right / lines, _Z * _Z / lines
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / lines + spread / (4 * lines))
    return max(0.0, middle - half), min(1.0, middle + half)


def told(point: AtThreshold) -> str:
    """What a threshold does, in a sentence."""
    if not point.raised:
        return f"At {point.threshold:.2f}: nothing is raised, {point.missed:,} missed."
    return (
        f"At {point.threshold:.2f}: {point.right:,} of {point.raised:,} right, "
        f"{point.missed:,} missed."
    )


def how_sure(point: AtThreshold) -> str:
    """How much the share that is right can be believed, in a sentence."""
    if not point.raised:
        return "No labelled line is that sure."
    low, high = interval(point.right, point.raised)
    between = f"between {low:.0%} and {high:.0%} of such lines are right"
    if point.raised < FEW:
        lines = "line" if point.raised == 1 else "lines"
        return f"Too few to say much: from {point.raised:,} {lines}, {between}."
    return f"In truth {between}, in 95 of 100 cases."
