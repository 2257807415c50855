"""The columns of run tables and what their cells say. Pure."""

from enum import Enum, auto
from time import localtime, strftime

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.results import Judgement
from console.domain.verdict import Severity
from console.protocol.lab_runs import Flip, RowOrder, RunRow
from console.ui.lab.lists_model import SEVERITY_TONES


class Cell(Enum):
    """What a cell tells of a row."""

    NUMBER = auto()
    ACTION_A = auto()
    ACTION_B = auto()
    FLIP = auto()
    SEVERITY_A = auto()
    LABELS_A = auto()
    TEXT = auto()
    RULE_A = auto()
    RULES = auto()
    WANTED = auto()
    SPEAKER = auto()
    CALL = auto()
    TIME = auto()
    ACTS = auto()
    SAID = auto()


class RowColumn(Struct, frozen=True):
    """One column. ``order`` is what its header sorts by; None for a column that cannot be."""

    head: str
    cell: Cell
    width: int
    order: RowOrder | None = None
    number: bool = False


_NUMBER = RowColumn("Line", Cell.NUMBER, 60, RowOrder.INDEX, number=True)
_TEXT = RowColumn("Text", Cell.TEXT, 0)

RUN = (
    _NUMBER,
    RowColumn("Action", Cell.ACTION_A, 100, RowOrder.ACTION_A),
    RowColumn("Severity", Cell.SEVERITY_A, 76, RowOrder.SEVERITY_A),
    _TEXT,
    RowColumn("Rule", Cell.RULE_A, 116, RowOrder.RULE_A),
    RowColumn("Labels", Cell.LABELS_A, 112),
    RowColumn("Labelled as", Cell.WANTED, 112),
)
COMPARE = (
    _NUMBER,
    RowColumn("Before", Cell.ACTION_A, 100, RowOrder.ACTION_A),
    RowColumn("Now", Cell.ACTION_B, 100, RowOrder.ACTION_B),
    RowColumn("Change", Cell.FLIP, 80, RowOrder.FLIP),
    _TEXT,
    RowColumn("Rule behind it", Cell.RULES, 120, RowOrder.RULE_B),
    RowColumn("Labelled as", Cell.WANTED, 112),
)
CALLS = (
    RowColumn("Time", Cell.TIME, 76, RowOrder.INDEX),
    RowColumn("Policy", Cell.ACTION_A, 100, RowOrder.ACTION_A),
    RowColumn("Moderators", Cell.ACTS, 124),
    _TEXT,
    RowColumn("Speaker", Cell.SPEAKER, 96, RowOrder.SPEAKER),
    RowColumn("Rule", Cell.RULE_A, 120, RowOrder.RULE_A),
    RowColumn("Call", Cell.CALL, 104, RowOrder.CALL),
)

_FLIPS = {Flip.SAME: "same", Flip.STRICTER: "stricter ↑", Flip.MILDER: "milder ↓"}


def acts_text(row: RunRow) -> str:
    """What moderators did about a line."""
    if not row.acts:
        return "nothing"
    words = []
    for act in row.acts:
        done = visible(act.kind).replace("_", " ")
        words.append(f"{done}, taken back" if act.undone else done)
    return "; ".join(dict.fromkeys(words))


def rules_text(row: RunRow) -> str:
    """The rule behind a change: the one that came in, or the one that went."""
    before, now = row.a.rule, row.b.rule if row.b is not None else ""
    if now and now == before:
        return visible(now)
    if now:
        return f"+ {visible(now)}"
    return f"− {visible(before)}" if before else ""


def cell(row: RunRow, what: Cell) -> str:
    """The words of one cell, safe to look at."""
    match what:
        case Cell.NUMBER:
            return f"{row.line or row.index + 1:,}"
        case Cell.ACTION_A:
            return _action(row.a)
        case Cell.ACTION_B:
            return _action(row.b) if row.b is not None else ""
        case Cell.FLIP:
            return _FLIPS[row.flip]
        case Cell.SEVERITY_A:
            return "" if row.a.severity is Severity.NONE else row.a.severity.value
        case Cell.LABELS_A:
            return visible(", ".join(row.a.labels))
        case Cell.TEXT:
            return visible(row.text)
        case Cell.RULE_A:
            return visible(row.a.rule)
        case Cell.RULES:
            return rules_text(row)
        case Cell.WANTED:
            if row.labels is None:
                return ""
            return visible(", ".join(row.labels)) or "nothing wrong"
        case Cell.SPEAKER:
            return visible(row.speaker)
        case Cell.CALL:
            return visible(row.call.partition(":")[2] or row.call)
        case Cell.TIME:
            return strftime("%H:%M:%S", localtime(row.at)) if row.at else ""
        case Cell.ACTS:
            return acts_text(row)
        case Cell.SAID:
            return visible(row.said)


def tone(row: RunRow, what: Cell) -> str:
    """A colour token for the words of a cell; empty for the usual one."""
    match what:
        case Cell.SEVERITY_A:
            return SEVERITY_TONES[row.a.severity]
        case Cell.FLIP:
            return {Flip.STRICTER: "bad", Flip.MILDER: "good", Flip.SAME: "text_faint"}[row.flip]
        case Cell.ACTS if not row.acts:
            return "text_faint"
        case Cell.ACTS if (row.a.action != "keep") == any(not act.undone for act in row.acts):
            return "good"
        case Cell.ACTS:
            return "warn"
        case Cell.WANTED if row.labels == ():
            return "text_faint"
        case Cell.TEXT | Cell.ACTS | Cell.RULES | Cell.RULE_A:
            return ""
        case _:
            return "text_dim"


def _action(judgement: Judgement) -> str:
    return visible(judgement.action).replace("_", " + ")
