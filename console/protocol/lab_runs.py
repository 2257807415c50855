"""Runs of the lab: a policy, or two, on many lines.

The rows of a run stay with the engine. The window asks for those it shows, in the order and
selection it wants, while the run goes on and afterwards, until it drops the run.
"""

from enum import StrEnum

from msgspec import Struct

from console.domain.past import SavedCall
from console.domain.results import Judgement
from console.domain.verdict import Match, Verdict
from console.protocol.ask import Answer, Ask
from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished

MAX_RUNS = 4
"""Runs kept at once; with one more the oldest is dropped, and a RunDropped says so."""


# -- what is judged


class FileSource(Struct, frozen=True, tag="file"):
    """A file on this machine, in any format that is read.

    ``labels_column``: column or key that holds the true labels; empty for none. The other columns
    and the encoding are found where they are empty.
    """

    path: str
    labels_column: str = ""
    text_column: str = ""
    speaker_column: str = ""
    time_column: str = ""
    encoding: str = ""


class PastedSource(Struct, frozen=True, tag="pasted"):
    """Lines as they were pasted; empty ones are left out."""

    text: str


class CallsSource(Struct, frozen=True, tag="calls"):
    """Saved calls, as SavedCalls lists them: ``(app, cid)``; with what moderators did."""

    calls: tuple[tuple[str, str], ...]


Source = FileSource | PastedSource | CallsSource


class AskColumns(Ask, frozen=True, tag="ask_columns"):
    """Which columns has this file, and how is it understood? Answered by Columns."""

    source: FileSource


class Columns(Answer, frozen=True, tag="columns"):
    """How a file is understood; with ``read_as`` empty it cannot be, and ``sentence`` says why.

    ``columns`` is empty for a file without any; the others are those that are used.
    """

    asks = (AskColumns,)

    columns: tuple[str, ...] = ()
    text_column: str = ""
    speaker_column: str = ""
    time_column: str = ""
    read_as: str = ""


class AskSavedCalls(Ask, frozen=True, tag="ask_saved_calls"):
    """Which calls are in the store? Answered by SavedCalls."""


class SavedCalls(Answer, frozen=True, tag="saved_calls"):
    """The calls of every app, newest first, at most 1,000."""

    asks = (AskSavedCalls,)

    calls: tuple[SavedCall, ...] = ()


# -- running


class Weights(Struct, frozen=True, kw_only=True):
    """What one error of each kind costs; see ErrorCost."""

    missed: float = 5.0
    false_flag: float = 1.0
    false_block: float = 3.0
    wrong_label: float = 0.5


class StartRun(Struct, frozen=True, tag="start_run", kw_only=True):
    """Judge every line of ``source`` by ``a``, and by ``b`` if it is there.

    Answered by RunProgress again and again, and by one RunFinished.
    ``often``: a rule that matches at least this share of the lines matches too often.
    """

    run_id: str
    a: PolicyText
    source: Source
    b: PolicyText | None = None
    weights: Weights = Weights()
    often: float = 0.05


class CancelRun(Struct, frozen=True, tag="cancel_run"):
    """Stop judging; what is there so far can be looked at."""

    run_id: str


class DropRun(Struct, frozen=True, tag="drop_run"):
    """Forget a run and its rows."""

    run_id: str


class RunDropped(Struct, frozen=True, tag="run_dropped"):
    """The rows of this run are gone. ``sentence`` is empty when the window asked for it."""

    run_id: str
    sentence: str = ""


class RunProgress(Struct, frozen=True, tag="run_progress", kw_only=True):
    """At least five times a second while a run is under way.

    Attributes:
        total: lines, 0 while unknown. share: 0.0 to 1.0, always known of a run here.
        unreadable: rows of the source that could not be used.
        status: of a run on Stream, in Stream's words as it came.
    """

    run_id: str
    done: int
    total: int = 0
    share: float = 0.0
    flips: int = 0
    unreadable: int = 0
    lines_per_s: float = 0.0
    status: str = ""


class Flip(StrEnum):
    """How B differs from A on one line."""

    SAME = "same"
    STRICTER = "stricter"
    MILDER = "milder"


class HumanAct(Struct, frozen=True, kw_only=True):
    """What a moderator did about a line. ``kind``: of an act; ``undone``: taken back later."""

    kind: str
    by: str
    at: float
    undone: bool = False


class RunRow(Struct, frozen=True, kw_only=True):
    """One judged line.

    Attributes:
        index: from 0, in the order of the source. line: of the file, from 1; 0 for saved calls.
        text, speaker, call: hostile text.
        language: as it was stated or identified; empty where it is not known.
        labels: true labels; None for a line without labels.
        a, b: ``b`` is None without a second policy.
        said: the recommended action that was shown live, empty when none is known.
        acts: what moderators did about it; only for saved calls.
        carried_on: places that matched together with a later line, for which they count.
        call_actions, call_actions_b: what the call rules of A, and of B, would have done at it, in
            Stream's names.
    """

    index: int
    line: int
    text: str
    a: Judgement
    b: Judgement | None = None
    flip: Flip = Flip.SAME
    language: str = ""
    speaker: str = ""
    call: str = ""
    at: float = 0.0
    labels: tuple[str, ...] | None = None
    said: str = ""
    acts: tuple[HumanAct, ...] = ()
    carried_on: tuple[Match, ...] = ()
    call_actions: tuple[str, ...] = ()
    call_actions_b: tuple[str, ...] = ()


class RowOrder(StrEnum):
    """What rows are sorted by. Equal ones keep the order of the source."""

    INDEX = "index"
    ACTION_A = "action_a"
    ACTION_B = "action_b"
    SEVERITY_A = "severity_a"
    SEVERITY_B = "severity_b"
    RULE_A = "rule_a"
    RULE_B = "rule_b"
    FLIP = "flip"
    SPEAKER = "speaker"
    CALL = "call"


class RowFilter(Struct, frozen=True, kw_only=True):
    """Which rows; every field that is not empty narrows.

    Attributes:
        actions: of A or B. flips: stricter, milder, same. rules: one of these matched, by A or B.
        labels: one of these given, by A or B.
        errors: kinds of ErrorCost that A made, or the names of Counterfactual's fields
            (``agreed``, ``missed_by_policy``, ``only_policy``) for A.
        contains: the text holds this, without case.
        bad: only rows whose true labels are not empty (True) or empty (False).
    """

    actions: tuple[str, ...] = ()
    flips: tuple[Flip, ...] = ()
    rules: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    contains: str = ""
    bad: bool | None = None


class AskRows(Ask, frozen=True, tag="ask_rows", kw_only=True):
    """Rows ``start`` to ``start + count`` of a selection; answered by RunRows.

    Only the newest question of each run is certain to be answered.
    """

    repeatable = False

    run_id: str
    start: int = 0
    count: int = 100
    order: RowOrder = RowOrder.INDEX
    descending: bool = False
    only: RowFilter = RowFilter()


class RunRows(Answer, frozen=True, tag="run_rows", kw_only=True):
    """Answer to AskRows. ``total``: rows of the whole selection so far."""

    asks = (AskRows,)

    run_id: str = ""
    start: int = 0
    total: int = 0
    rows: tuple[RunRow, ...] = ()


# -- afterwards


class ExportFormat(StrEnum):
    """Kinds of files a run can be written to."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    HTML = "html"


class ExportRun(Ask, frozen=True, tag="export_run", kw_only=True):
    """Write the rows of a selection, and the totals (HTML), to ``path``; replaces a file there."""

    repeatable = False

    run_id: str
    path: str
    format: ExportFormat
    only: RowFilter = RowFilter()


class Exported(Answer, frozen=True, tag="exported"):
    """Answer to ExportRun."""

    asks = (ExportRun,)

    path: str = ""
    rows: int = 0


class AskDisagreements(Ask, frozen=True, tag="ask_disagreements"):
    """Lines that the local policy and Stream judged differently, newest first."""

    limit: int = 200


class Disagreement(Struct, frozen=True, kw_only=True):
    """One such line. ``local`` and ``stream`` are actions, each with the rule it is due to.

    ``stands``: the verdict of the two that stands, on this ``revision`` of the line.
    """

    item_id: str
    call: str
    speaker: str
    text: str
    at: float
    local: str
    stream: str
    local_rule: str = ""
    stream_rule: str = ""
    local_why: str = ""
    stream_why: str = ""
    matches: tuple[Match, ...] = ()
    revision: int = 0
    stands: Verdict | None = None


class Disagreements(Answer, frozen=True, tag="disagreements"):
    """Answer to AskDisagreements; ``total`` since the sign-in is in Pulse."""

    asks = (AskDisagreements,)

    lines: tuple[Disagreement, ...] = ()


RunToEngine = (
    AskColumns
    | AskSavedCalls
    | StartRun
    | CancelRun
    | DropRun
    | AskRows
    | ExportRun
    | AskDisagreements
)
RunToWindow = (
    Columns
    | SavedCalls
    | RunProgress
    | RunRows
    | RunFinished
    | RunDropped
    | Exported
    | Disagreements
)
