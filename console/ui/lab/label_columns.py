"""Columns of the tables about labels: thresholds of one label, fitted ones, lines that change."""

from console.base.plain_text import visible
from console.domain.fitted import Fitted, FlippedLine
from console.domain.label_curve import AtThreshold, LabelCurve
from console.ui.widgets.columns import number_column
from console.ui.widgets.table_model import Column

STEP = 0.05


def thresholds_of(curve: LabelCurve) -> list[AtThreshold]:
    """What thresholds do, of those that raise the same lines the highest alone."""
    points = [curve.at(step * STEP) for step in range(round(1 / STEP) + 1)]
    raising = [each for each in points if each.raised] or points[:1]
    by_lines = {(each.right, each.wrong): each for each in raising}
    return list(by_lines.values())


def share(value: float | None) -> str:
    """A share in percent; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}"


THRESHOLDS: tuple[Column[AtThreshold], ...] = (
    Column("From", lambda each: f"{each.threshold:.2f}", 64, number=True),
    number_column("Raised", lambda each: each.raised, 72, tip="Labelled lines that it raises."),
    number_column("Right", lambda each: each.right, 64, "good"),
    number_column("Wrong", lambda each: each.wrong, 64, "bad"),
    number_column("Missed", lambda each: each.missed, 72, "warn", tip="Right, but not raised."),
    Column(
        "Precision",
        lambda each: share(each.precision),
        84,
        number=True,
        tip="Of what is raised, the share that is right.",
        room=380,
    ),
    Column(
        "Recall",
        lambda each: share(each.recall),
        72,
        number=True,
        tip="Of what should be raised, the share that is.",
        room=460,
    ),
    Column("", lambda _each: ""),
)


def _of(point: AtThreshold) -> str:
    return f"{point.right:,} of {point.raised:,}"


FITTED: tuple[Column[Fitted], ...] = (
    Column("Label", lambda each: visible(each.label), 150),
    number_column("Lines", lambda each: each.lines, 56, tip="Labelled lines that say something."),
    Column("Now", lambda each: f"{each.before.threshold:.2f}", 56, "text_dim", number=True),
    Column(
        "Fitted",
        lambda each: f"{each.after.threshold:.2f}" if each.changes else "stays",
        64,
        lambda each: "accent" if each.changes else "text_dim",
        number=True,
    ),
    Column("Right now", lambda each: _of(each.before), 92, "text_dim", number=True),
    Column("Right then", lambda each: _of(each.after), 92, number=True),
    Column(
        "Unseen",
        lambda each: _of(each.held_out) if each.changes else "",
        80,
        "text_dim",
        number=True,
        tip="On labelled lines that the threshold was not fitted to, over five parts.",
        room=620,
    ),
    Column(
        "Missed",
        lambda each: f"{each.before.missed:,} → {each.after.missed:,}",
        80,
        number=True,
        room=500,
    ),
    Column("", lambda each: each.note, 0, "text_faint", room=760),
)

FLIPPED: tuple[Column[FlippedLine], ...] = (
    Column(
        "Change",
        lambda each: "raised" if each.raised else "no more",
        80,
        lambda each: "warn" if each.raised else "good",
    ),
    Column("Who", lambda each: visible(each.speaker), 100, "text_dim", room=520),
    Column("Line", lambda each: visible(each.text)),
    Column("Label", lambda each: visible(each.label), 140, "text_dim", room=400),
    Column("Sure", lambda each: f"{each.confidence:.2f}", 56, number=True),
)
