"""What the engine and a worker, the process of one run, say to each other."""

from msgspec import Struct

from console.domain.given_label import GivenLabel
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import (
    AskRows,
    Exported,
    ExportRun,
    HumanAct,
    RunProgress,
    RunRows,
    StartRun,
)
from console.protocol.label_fits import FitFinished, FitProgress, StartFit


class Begin(Struct, frozen=True, tag="begin"):
    """Judge. Lines of saved calls come as FedLines when they are wanted; ``total``: how many."""

    request: StartRun
    total: int = 0


class RunLine(Struct, frozen=True, kw_only=True):
    """One line to judge; fields as in RunRow. ``speaker_id``: empty where only a name is known."""

    text: str
    line: int = 0
    labels: tuple[str, ...] | None = None
    language: str = ""
    speaker: str = ""
    speaker_id: str = ""
    call: str = ""
    at: float = 0.0
    said: str = ""
    acts: tuple[HumanAct, ...] = ()


class FedLines(Struct, frozen=True, tag="fed_lines"):
    """The next lines; ``last``: there are no more. ``sentence``: why they end too early."""

    lines: tuple[RunLine, ...]
    last: bool = False
    sentence: str = ""


class BeginFit(Struct, frozen=True, tag="begin_fit"):
    """Fit. Labels and then lines come when they are wanted; how many there are of each."""

    request: StartFit
    labels: int = 0
    lines: int = 0


class FedLabels(Struct, frozen=True, tag="fed_labels"):
    """The next labels of moderators; ``last``: there are no more."""

    labels: tuple[GivenLabel, ...]
    last: bool = False


class Stop(Struct, frozen=True, tag="stop"):
    """Judge no further; questions are still answered."""


class Wanted(Struct, frozen=True, tag="wanted"):
    """More FedLines or FedLabels, please."""


ToWorker = Begin | BeginFit | FedLabels | FedLines | Stop | AskRows | ExportRun
"""AskRows without a run_id is the engine's own question, which no other overtakes."""
FromWorker = Wanted | RunProgress | RunFinished | RunRows | Exported | FitProgress | FitFinished
