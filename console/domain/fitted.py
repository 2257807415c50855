"""What fitting thresholds to labels comes to: what changes where, before anything is changed."""

from msgspec import Struct

from console.domain.label_curve import AtThreshold, LabelCurve


class Fitted(Struct, frozen=True, kw_only=True):
    """One label.

    Attributes:
        before, after: what the present and the fitted threshold do on the labelled lines.
        held_out: what thresholds do on those lines that they were not fitted to, over five parts.
        lines: labelled lines that say something of the label.
        note: why its threshold stays, or how far it can be believed; a sentence.
    """

    label: str
    before: AtThreshold
    after: AtThreshold
    held_out: AtThreshold
    lines: int
    note: str = ""

    @property
    def changes(self) -> bool:
        """Whether its threshold becomes another."""
        return self.before.threshold != self.after.threshold


class FlippedLine(Struct, frozen=True, kw_only=True):
    """A line that is raised and was not, or the other way round. Hostile text."""

    text: str
    label: str
    confidence: float
    raised: bool
    speaker: str = ""
    call: str = ""


class Flips(Struct, frozen=True, kw_only=True):
    """What changes on some lines.

    Attributes:
        lines: how many were looked at. before, after: raised.
        more, fewer: raised now and not before, and the other way round.
        examples: the first of those.
    """

    lines: int = 0
    before: int = 0
    after: int = 0
    more: int = 0
    fewer: int = 0
    examples: tuple[FlippedLine, ...] = ()


class Fit(Struct, frozen=True, kw_only=True):
    """All of it.

    Attributes:
        precision: the share of what is raised that is to be right.
        curves: of every label that a line has something to say of, as the policy stands.
        fitted: the labels whose thresholds were looked at.
        labelled, saved: what changes on labelled lines, and on saved ones.
        unused: labels of pictures, or of lines that no stage with a confidence looks at.
        text: the policy with the fitted thresholds; empty where none changes.
        sentence: why there is nothing to fit at all; empty where there is.
    """

    precision: float
    curves: tuple[LabelCurve, ...] = ()
    fitted: tuple[Fitted, ...] = ()
    labelled: Flips = Flips()
    saved: Flips = Flips()
    unused: int = 0
    text: str = ""
    sentence: str = ""
