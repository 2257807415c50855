"""Thresholds fitted to the labels of moderators, and those labels written out and deleted."""

from typing import ClassVar

from msgspec import Struct

from console.domain.fitted import Fit
from console.domain.given_label import LabelCounts
from console.protocol.ask import Answer, Ask
from console.protocol.lab import PolicyText
from console.protocol.lab_runs import ExportFormat


class StartFit(Struct, frozen=True, tag="start_fit", kw_only=True):
    """Fit the thresholds of a policy to all labels; it changes nothing.

    Answered by FitProgress again and again, and by one FitFinished. A newer one ends it.

    Attributes:
        precision: the share of what is raised that is to be right.
        saved: look at saved lines too, for what would change on them.
    """

    fit_id: str
    policy: PolicyText
    precision: float = 0.9
    saved: bool = False


class CancelFit(Struct, frozen=True, tag="cancel_fit"):
    """Stop it; its FitFinished says so."""

    fit_id: str


class FitProgress(Struct, frozen=True, tag="fit_progress", kw_only=True):
    """At least five times a second while lines are looked at. ``done`` of ``total`` lines."""

    fit_id: str
    done: int
    total: int


class FitFinished(Struct, frozen=True, tag="fit_finished", kw_only=True):
    """The end of it. Without ``fit`` a ``sentence`` says why; ``counts``: of the labels."""

    fit_id: str
    fit: Fit | None = None
    sentence: str = ""
    counts: LabelCounts = LabelCounts()


class ExportLabels(Ask, frozen=True, tag="export_labels", kw_only=True):
    """Write all labels to ``path``, as CSV or JSON lines; replaces a file there."""

    repeatable = False

    path: str
    format: ExportFormat


class LabelsExported(Answer, frozen=True, tag="labels_exported", kw_only=True):
    """Answer to ExportLabels."""

    asks: ClassVar = (ExportLabels,)

    path: str = ""
    labels: int = 0


class DeleteLabels(Ask, frozen=True, tag="delete_labels"):
    """Delete all labels on this machine, for good."""

    repeatable = False


class LabelsDeleted(Answer, frozen=True, tag="labels_deleted", kw_only=True):
    """Answer to DeleteLabels; ``labels``: how many there were."""

    asks: ClassVar = (DeleteLabels,)

    labels: int = 0


FitsToEngine = StartFit | CancelFit | ExportLabels | DeleteLabels
FitsToWindow = FitProgress | FitFinished | LabelsExported | LabelsDeleted
