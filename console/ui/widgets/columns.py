"""Columns that several tables have: counts, actions as badges, severities."""

from collections.abc import Callable

from console.base.plain_text import visible
from console.domain.verdict import Severity, action_rank
from console.ui.widgets.table_model import Column, Row

SEVERITY_TONES = {
    Severity.CRITICAL: "bad",
    Severity.HIGH: "bad",
    Severity.MEDIUM: "warn",
    Severity.LOW: "text_dim",
    Severity.NONE: "text_faint",
}
"""The colour token of each severity."""


def action_text(action: str) -> str:
    """``mask_flag`` as ``mask + flag``, safe to look at."""
    return visible(action).replace("_", " + ")


def severity_text(severity: Severity) -> str:
    """The severity in one word; empty for none."""
    return "" if severity is Severity.NONE else severity.value


def severity_column(severity: Callable[[Row], Severity], width: int, room: int = 0) -> Column[Row]:
    """Severities in their colours."""
    return Column(
        "Severity",
        lambda row: severity_text(severity(row)),
        width,
        lambda row: SEVERITY_TONES[severity(row)],
        room=room,
    )


def action_column(
    title: str, action: Callable[[Row], str], width: int, tip: str = "", room: int = 0
) -> Column[Row]:
    """Actions as badges, sorted by their strength."""
    return Column(
        title,
        lambda row: visible(action(row)),
        width,
        "text_dim",
        action,
        key=lambda row: action_rank(action(row)) if action(row) else None,
        tip=tip,
        room=room,
    )


def number_column(
    title: str, number: Callable[[Row], int], width: int, tone: str = "", tip: str = ""
) -> Column[Row]:
    """Counts, aligned to the right; a zero is faint."""
    return Column(
        title,
        lambda row: f"{number(row):,}",
        width,
        lambda row: tone if number(row) else "text_faint",
        key=number,
        number=True,
        tip=tip,
    )
