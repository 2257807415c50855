"""The tables that show what came out of a run: rules, changed actions, quality, call rules."""

from collections.abc import Callable

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.results import CallAction, Confusion
from console.protocol.lab_results import FlipStep, PolicyResult, RuleCount
from console.ui.lab.totals_bar import percent
from console.ui.widgets.columns import action_column, number_column
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column

_CLOCK = 100_000_000
"""Seconds below this count from the beginning of a recording, not from 1970."""
_STRONG = frozenset({"kick_user", "ban_user", "end_call", "block", "ban", "kick"})
_MILD = frozenset({"warning", "call_warning", "webhook_only"})


class RuleRow(Struct, frozen=True):
    """How many lines a rule matches now, how many ``before``, and what is remarkable about it."""

    name: str
    lines: int
    share: float = 0.0
    decided: int = 0
    before: int = 0
    note: str = ""

    @property
    def change(self) -> int:
        """How many more lines it matches now."""
        return self.lines - self.before


def rule_rows(a: PolicyResult, b: PolicyResult | None = None) -> list[RuleRow]:
    """The rules of one policy, or of ``a`` before and ``b`` now: most lines first."""
    before = {each.rule: each.lines for each in a.rules} if b is not None else {}
    result = a if b is None else b
    now = {each.rule: each for each in result.rules}
    now |= {
        name: RuleCount(rule=name, lines=0, decided=0, share=0.0) for name in result.never_matched
    }
    rows = [_rule_row(name, now.get(name), before.get(name, 0)) for name in {**before, **now}]
    return sorted(rows, key=lambda row: -row.lines - row.before)


def _rule_row(name: str, now: RuleCount | None, before: int) -> RuleRow:
    if now is None or not now.lines:
        return RuleRow(
            name, 0, before=before, note="no longer matches" if before else "never matched"
        )
    note = "matches too often" if now.often else ""
    return RuleRow(name, now.lines, now.share, now.decided, before, note)


_RULE: Column[RuleRow] = Column(
    "Rule", lambda row: visible(row.name), 0, lambda row: "" if row.lines else "text_dim"
)
_NOTE: Column[RuleRow] = Column(
    "", lambda row: row.note, 190, lambda row: "warn" if row.lines else "text_faint"
)
RULES: tuple[Column[RuleRow], ...] = (
    _RULE,
    number_column("Lines", lambda row: row.lines, 84, tip="Lines that the rule matched."),
    Column(
        "Share",
        lambda row: percent(row.share) if row.lines else "0",
        72,
        lambda row: "text_dim" if row.lines else "text_faint",
        key=lambda row: row.share,
        number=True,
    ),
    number_column(
        "Decided", lambda row: row.decided, 84, "text_dim", "Lines whose action is due to it."
    ),
    _NOTE,
)
RULES_OF_TWO: tuple[Column[RuleRow], ...] = (
    _RULE,
    number_column("Before", lambda row: row.before, 84, "text_dim"),
    number_column("Now", lambda row: row.lines, 84),
    Column(
        "Change",
        lambda row: f"{row.change:+,}" if row.change else "0",
        84,
        lambda row: "accent" if row.change else "text_faint",
        key=lambda row: row.change,
        number=True,
    ),
    number_column(
        "Decided", lambda row: row.decided, 84, "text_dim", "Lines whose action is due to it now."
    ),
    _NOTE,
)
STEPS: tuple[Column[FlipStep], ...] = (
    action_column("Before", lambda step: step.before, 120),
    action_column("Now", lambda step: step.after, 120),
    number_column("Lines", lambda step: step.count, 84),
    Column("Mostly because of", lambda step: visible(step.rule), 0, "text_dim"),
)


class QualityRow(Struct, frozen=True):
    """How well a label is given, by one policy or by two; ``name`` is safe to look at."""

    name: str
    one: Confusion
    other: Confusion | None = None

    @property
    def change(self) -> float | None:
        """How much better F1 is with the second policy."""
        after = self.other.f1 if self.other is not None else None
        return None if self.one.f1 is None or after is None else after - self.one.f1


def quality_rows(a: PolicyResult, b: PolicyResult | None = None) -> list[QualityRow]:
    """One row for raising at all, and one a label."""
    rows = []
    if a.raised is not None:
        rows.append(QualityRow("raised at all", a.raised, b.raised if b is not None else None))
    others = b.by_label if b is not None else {}
    rows += [QualityRow(visible(name), one, others.get(name)) for name, one in a.by_label.items()]
    return rows


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _score_column(
    title: str, score: Callable[[Confusion], float | None], width: int, tip: str = ""
) -> Column[QualityRow]:
    return Column(
        title,
        lambda row: _score(score(row.one)),
        width,
        key=lambda row: score(row.one),
        number=True,
        tip=tip,
    )


def _scores_column(
    title: str, score: Callable[[Confusion], float | None], tip: str = ""
) -> Column[QualityRow]:
    def now(row: QualityRow) -> float | None:
        return score(row.other) if row.other is not None else None

    return Column(
        title,
        lambda row: f"{_score(score(row.one))} → {_score(now(row))}",
        150,
        key=now,
        number=True,
        tip=tip,
    )


def _change_text(row: QualityRow) -> str:
    if row.change is None:
        return "–"
    return f"{row.change:+.2f}" if abs(row.change) >= 0.005 else "0.00"


def _change_tone(row: QualityRow) -> str:
    if row.change is None or abs(row.change) < 0.005:
        return "text_faint"
    return "good" if row.change > 0 else "bad"


_LABEL: Column[QualityRow] = Column("Label", lambda row: row.name)
_PRECISION = "Of what was given it, how much deserved it."
_RECALL = "Of what deserved it, how much was given it."
QUALITY: tuple[Column[QualityRow], ...] = (
    _LABEL,
    _score_column("Precision", lambda scores: scores.precision, 92, _PRECISION),
    _score_column("Recall", lambda scores: scores.recall, 84, _RECALL),
    _score_column("F1", lambda scores: scores.f1, 72),
    number_column("Right", lambda row: row.one.true_positive, 72, "text_dim"),
    number_column("Too much", lambda row: row.one.false_positive, 84, "text_dim"),
    number_column("Missed", lambda row: row.one.false_negative, 76, "text_dim"),
)
QUALITY_OF_TWO: tuple[Column[QualityRow], ...] = (
    _LABEL,
    _scores_column("Precision", lambda scores: scores.precision, _PRECISION),
    _scores_column("Recall", lambda scores: scores.recall, _RECALL),
    _scores_column("F1", lambda scores: scores.f1),
    Column(
        "Change of F1", _change_text, 104, _change_tone, key=lambda row: row.change, number=True
    ),
)


def when(at: float) -> str:
    """A time of day here, or minutes and seconds since a recording began."""
    if at >= _CLOCK:
        return clock(at)
    minutes, seconds = divmod(int(at), 60)
    return f"{minutes}:{seconds:02}"


def _actions_tone(found: CallAction) -> str:
    if not found.actions:
        return "text_faint"
    if _STRONG.intersection(found.actions):
        return "bad"
    return "text" if _MILD.issuperset(found.actions) else "warn"


CALL_ACTIONS: tuple[Column[CallAction], ...] = (
    Column(
        "Line",
        lambda found: f"{found.number:,}" if found.number else "",
        64,
        "text_dim",
        key=lambda found: found.number or None,
        number=True,
        tip="The line that completed the violation.",
    ),
    Column(
        "When",
        lambda found: when(found.at),
        76,
        "text_dim",
        key=lambda found: found.at,
        tip="The time of day, or since the recording began.",
    ),
    Column("Call", lambda found: visible(found.call), 120, "text_dim"),
    Column("Who", lambda found: visible(found.speaker), 104),
    Column(
        "In the call",
        lambda found: ", ".join(map(visible, found.actions)) or "nothing",
        0,
        _actions_tone,
        tip="What the rule would have done, in Stream's names.",
    ),
    Column("Call rule", lambda found: visible(found.rule), 128),
    number_column(
        "Violation", lambda found: found.violation_number, 80, tip="Of this person in this call."
    ),
    number_column(
        "Lines", lambda found: len(found.rows), 60, "text_dim", "How many lines led to it."
    ),
)
