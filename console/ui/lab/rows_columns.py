"""The columns of the tables of a run's lines."""

from collections.abc import Callable

from console.base.plain_text import visible
from console.domain.results import Judgement
from console.domain.verdict import Match
from console.protocol.lab_runs import Flip, RowOrder, RunRow
from console.ui.widgets.columns import SEVERITY_TONES, action_text, severity_text
from console.ui.widgets.marked_text import shown
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column

LABELLED = "Labelled as"
_FLIPS = {Flip.SAME: "same", Flip.STRICTER: "stricter ↑", Flip.MILDER: "milder ↓"}
_FLIP_TONES = {Flip.STRICTER: "bad", Flip.MILDER: "good", Flip.SAME: "text_faint"}


class RunColumn(Column[RunRow], frozen=True, kw_only=True):
    """``sort_by`` is what the engine sorts by for its header; None for a column it cannot sort."""

    sort_by: RowOrder | None = None


def explained(row: RunRow) -> Judgement:
    """The judgement whose matches are marked: that of the second policy where it found any."""
    return row.b if row.b is not None and row.b.matches else row.a


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


def _labels_text(row: RunRow) -> str:
    if row.labels is None:
        return ""
    return visible(", ".join(row.labels)) or "nothing wrong"


def _acts_tone(row: RunRow) -> str:
    if not row.acts:
        return "text_faint"
    acted = any(not act.undone for act in row.acts)
    return "good" if (row.a.action != "keep") == acted else "warn"


def matches_of(row: RunRow) -> tuple[Match, ...]:
    """What is marked in its text, also where it matched together with a later line."""
    return (*explained(row).matches, *row.carried_on)


def _judged(
    title: str, judgement: Callable[[RunRow], Judgement | None], sort_by: RowOrder | None
) -> RunColumn:
    def action(row: RunRow) -> str:
        found = judgement(row)
        return found.action if found is not None else ""

    return RunColumn(
        title, lambda row: action_text(action(row)), 100, "text_dim", action, sort_by=sort_by
    )


_NUMBER = RunColumn(
    "Line",
    lambda row: f"{row.line or row.index + 1:,}",
    60,
    "text_dim",
    number=True,
    sort_by=RowOrder.INDEX,
)
_TEXT = RunColumn(
    "Text",
    lambda row: visible(row.text),
    marks=lambda row: shown(row.text, matches_of(row))[1],
)
_LABELLED = RunColumn(
    LABELLED,
    _labels_text,
    112,
    lambda row: "text_faint" if row.labels == () else "text_dim",
    room=680,
)

RUN = (
    _NUMBER,
    _judged("Action", lambda row: row.a, RowOrder.ACTION_A),
    RunColumn(
        "Severity",
        lambda row: severity_text(row.a.severity),
        76,
        lambda row: SEVERITY_TONES[row.a.severity],
        room=600,
        sort_by=RowOrder.SEVERITY_A,
    ),
    _TEXT,
    RunColumn("Rule", lambda row: visible(row.a.rule), 116, sort_by=RowOrder.RULE_A),
    RunColumn("Labels", lambda row: visible(", ".join(row.a.labels)), 112, "text_dim", room=800),
    _LABELLED,
)
COMPARE = (
    _NUMBER,
    _judged("Before", lambda row: row.a, RowOrder.ACTION_A),
    _judged("Now", lambda row: row.b, RowOrder.ACTION_B),
    RunColumn(
        "Change",
        lambda row: _FLIPS[row.flip],
        80,
        lambda row: _FLIP_TONES[row.flip],
        room=560,
        sort_by=RowOrder.FLIP,
    ),
    _TEXT,
    RunColumn("Rule behind it", rules_text, 120, sort_by=RowOrder.RULE_B),
    _LABELLED,
)
CALLS = (
    RunColumn(
        "Time",
        lambda row: clock(row.at, ""),
        76,
        "text_dim",
        sort_by=RowOrder.INDEX,
    ),
    _judged("Policy", lambda row: row.a, RowOrder.ACTION_A),
    RunColumn("Moderators", acts_text, 124, _acts_tone),
    _TEXT,
    RunColumn(
        "Speaker",
        lambda row: visible(row.speaker),
        96,
        "text_dim",
        room=620,
        sort_by=RowOrder.SPEAKER,
    ),
    RunColumn("Rule", lambda row: visible(row.a.rule), 120, sort_by=RowOrder.RULE_A),
    RunColumn(
        "Call",
        lambda row: visible(row.call.partition(":")[2] or row.call),
        104,
        "text_dim",
        room=760,
        sort_by=RowOrder.CALL,
    ),
)
