"""What the engine and a worker, the process of one run, say to each other."""

from msgspec import Struct

from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import (
    AskRows,
    Exported,
    ExportRun,
    FileSource,
    HumanAct,
    PastedSource,
    RunProgress,
    RunRows,
    Weights,
)


class Fed(Struct, frozen=True, tag="fed"):
    """The lines come as FedLines whenever the worker wants more. ``total``: how many."""

    total: int


class Begin(Struct, frozen=True, tag="begin", kw_only=True):
    """Judge; as StartRun."""

    run_id: str
    a: PolicyText
    source: FileSource | PastedSource | Fed
    b: PolicyText | None = None
    weights: Weights = Weights()
    often: float = 0.05


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


class Stop(Struct, frozen=True, tag="stop"):
    """Judge no further; questions are still answered."""


class Fetch(Struct, frozen=True, tag="fetch"):
    """Rows for the engine itself, in the order of the source; answered by RunRows."""

    request_id: str
    start: int
    count: int


class Wanted(Struct, frozen=True, tag="wanted"):
    """More FedLines, please."""


ToWorker = Begin | FedLines | Stop | Fetch | AskRows | ExportRun
FromWorker = Wanted | RunProgress | RunFinished | RunRows | Exported
