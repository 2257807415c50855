"""The totals of a run as rows of tables. Pure."""

from collections.abc import Mapping, Sequence

from console.base.plain_text import visible
from console.protocol.lab_results import (
    Comparison,
    Confusion,
    Counterfactual,
    ErrorCost,
    PolicyResult,
    RuleCount,
)
from console.ui.lab.result_table import Fact, Head
from console.ui.lab.totals_bar import percent

Row = tuple[str, tuple[Fact, ...]]

RULE_HEADS = (
    Head("Rule"),
    Head("Lines", 84, number=True, help="Lines that the rule matched."),
    Head("Share", 72, number=True),
    Head("Decided", 84, number=True, help="Lines whose action is due to it."),
    Head("", 190),
)
RULE_HEADS_TWO = (
    Head("Rule"),
    Head("Before", 84, number=True),
    Head("Now", 84, number=True),
    Head("Change", 84, number=True),
    Head("Decided", 84, number=True, help="Lines whose action is due to it now."),
    Head("", 190),
)
STEP_HEADS = (
    Head("Before", 120),
    Head("Now", 120),
    Head("Lines", 84, number=True),
    Head("Mostly because of"),
)
_KINDS = {
    "missed": "Missed",
    "false_flag": "Flagged for nothing",
    "false_block": "Removed for nothing",
    "wrong_label": "Wrong label",
}
KIND_HELP = {
    "missed": "Something is wrong with the line, and it was kept.",
    "false_flag": "Nothing is wrong with the line, and it was flagged or masked.",
    "false_block": "Nothing is wrong with the line, and it was removed, hidden or sent back.",
    "wrong_label": "Rightly raised, but with none of the true labels.",
}


def kind_words(kind: str) -> str:
    """An error's kind for people."""
    return _KINDS.get(kind, kind.replace("_", " "))


def rule_rows(a: PolicyResult, b: PolicyResult | None = None) -> list[Row]:
    """One row a rule: what matches most first, what never matches last."""
    if b is not None:
        return _rule_rows_of_two(a, b)
    rows: list[Row] = []
    for rule in sorted(a.rules, key=lambda each: -each.lines):
        if rule.rule in a.never_matched:
            continue
        note = Fact("matches too often", "warn") if rule.often else Fact("")
        rows.append(
            (
                rule.rule,
                (
                    Fact(visible(rule.rule)),
                    Fact(f"{rule.lines:,}"),
                    Fact(percent(rule.share), "text_dim"),
                    Fact(f"{rule.decided:,}", "text_dim"),
                    note,
                ),
            )
        )
    for name in a.never_matched:
        rows.append((name, _never(name, 3)))
    return rows


def _never(name: str, numbers: int) -> tuple[Fact, ...]:
    empty = tuple(Fact("0", "text_faint") for _ in range(numbers))
    return (Fact(visible(name), "text_dim"), *empty, Fact("never matched", "text_faint"))


def _rule_rows_of_two(a: PolicyResult, b: PolicyResult) -> list[Row]:
    before = {each.rule: each for each in a.rules}
    now = {each.rule: each for each in b.rules}
    names = sorted({*before, *now}, key=lambda name: -_lines(now, name) - _lines(before, name))
    rows: list[Row] = []
    for name in names:
        change = _lines(now, name) - _lines(before, name)
        rule = now.get(name)
        note = Fact("")
        if rule is None or name in b.never_matched:
            words = "never matched" if not _lines(before, name) else "no longer matches"
            note = Fact(words, "text_faint")
        elif rule.often:
            note = Fact("matches too often", "warn")
        rows.append(
            (
                name,
                (
                    Fact(visible(name)),
                    Fact(f"{_lines(before, name):,}", "text_dim"),
                    Fact(f"{_lines(now, name):,}"),
                    Fact(f"{change:+,}" if change else "0", "accent" if change else "text_faint"),
                    Fact(f"{rule.decided if rule else 0:,}", "text_dim"),
                    note,
                ),
            )
        )
    rows += [(name, _never(name, 4)) for name in b.never_matched if name not in before]
    return rows


def _lines(rules: Mapping[str, RuleCount], name: str) -> int:
    rule = rules.get(name)
    return rule.lines if rule is not None else 0


def step_rows(comparison: Comparison) -> list[Row]:
    """Which action became which."""
    return [
        (
            f"{step.before}>{step.after}",
            (
                Fact(step.before, action=step.before),
                Fact(step.after, action=step.after),
                Fact(f"{step.count:,}"),
                Fact(visible(step.rule), "text_dim"),
            ),
        )
        for step in comparison.steps
    ]


def quality_heads(two: bool) -> tuple[Head, ...]:
    """Columns of the table of quality."""
    if not two:
        return (
            Head("Label"),
            Head("Precision", 92, number=True, help="Of what was given it, how much deserved it."),
            Head("Recall", 84, number=True, help="Of what deserved it, how much was given it."),
            Head("F1", 72, number=True),
            Head("Right", 72, number=True),
            Head("Too much", 84, number=True),
            Head("Missed", 76, number=True),
        )
    return (
        Head("Label"),
        Head("Precision", 150, number=True, help="Of what was given it, how much deserved it."),
        Head("Recall", 150, number=True, help="Of what deserved it, how much was given it."),
        Head("F1", 150, number=True),
        Head("Change of F1", 104, number=True),
    )


def quality_rows(a: PolicyResult, b: PolicyResult | None = None) -> list[Row]:
    """One row for raising at all, and one a label."""
    first = _questions(a)
    second = {each.name: each for each in _questions(b)} if b is not None else {}
    rows: list[Row] = []
    for at, one in enumerate(first):
        cells: tuple[Fact, ...]
        name = "raised at all" if at == 0 and a.raised is not None else visible(one.name)
        if b is None:
            cells = (
                Fact(name),
                Fact(_share(one.precision)),
                Fact(_share(one.recall)),
                Fact(_share(one.f1)),
                Fact(f"{one.true_positive:,}", "text_dim"),
                Fact(f"{one.false_positive:,}", "text_dim"),
                Fact(f"{one.false_negative:,}", "text_dim"),
            )
        else:
            other = second.get(one.name)
            change = _change(one.f1, other.f1 if other else None)
            cells = (
                Fact(name),
                Fact(_from_to(one.precision, other.precision if other else None)),
                Fact(_from_to(one.recall, other.recall if other else None)),
                Fact(_from_to(one.f1, other.f1 if other else None)),
                change,
            )
        rows.append((one.name, cells))
    return rows


def _questions(result: PolicyResult) -> Sequence[Confusion]:
    return ([result.raised] if result.raised is not None else []) + list(result.by_label)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _from_to(before: float | None, now: float | None) -> str:
    return f"{_share(before)} → {_share(now)}"


def _change(before: float | None, now: float | None) -> Fact:
    if before is None or now is None:
        return Fact("–", "text_faint")
    change = now - before
    if abs(change) < 0.005:
        return Fact("0.00", "text_faint")
    return Fact(f"{change:+.2f}", "good" if change > 0 else "bad")


def counterfactual_numbers(found: Counterfactual) -> list[tuple[str, str, str, str]]:
    """Quadruples: the filter's key, the number, what it is, a colour token."""
    return [
        ("agreed", f"{found.agreed:,}", "raised, and a moderator acted", "good"),
        ("missed_by_policy", f"{found.missed_by_policy:,}", "kept, but a moderator acted", "bad"),
        ("only_policy", f"{found.only_policy:,}", "raised, and nobody acted", "warn"),
        ("", percent(found.overturned), "overturned by moderators", "text"),
        ("", f"{found.undone:,}", "acts taken back", "text_dim"),
        ("", f"{found.said_differently:,}", "judged otherwise at the time", "text_dim"),
    ]


def cost_of(errors: Sequence[ErrorCost], weights: dict[str, float]) -> float:
    """What these errors cost with these weights."""
    return sum(each.count * weights.get(each.kind, each.weight) for each in errors)
