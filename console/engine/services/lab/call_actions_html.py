"""What call rules would have done, as a part of a report."""

from collections.abc import Iterator

from console.domain.results import BesideModerators
from console.engine.services.lab.html_parts import grid
from console.protocol.lab_results import CallActions

MAX_SHOWN = 100
"""Violations in the table; the totals count all."""


def call_actions_html(found: CallActions) -> Iterator[str]:
    """The part in pieces."""
    violations = "1 violation" if found.triggered == 1 else f"{found.triggered:,} violations"
    people = "1 person" if found.people == 1 else f"{found.people:,} people"
    yield f"<p>Call rules: {violations} by {people}.</p>\n"
    yield grid(("Call rule", "Violations"), [(c.name, f"{c.count:,}") for c in found.rules])
    if found.actions:
        yield grid(("In the call", "Times"), [(c.name, f"{c.count:,}") for c in found.actions])
    if found.beside is not None:
        yield grid(("Call rules beside the moderators", "Times"), beside_rows(found.beside))
    if not found.listed:
        return
    rows = [
        (
            str(each.number or ""),
            each.call,
            each.speaker,
            f"{each.rule} ({each.violation_number})",
            ", ".join(each.actions) or "nothing",
        )
        for each in found.listed[:MAX_SHOWN]
    ]
    yield grid(("Line", "Call", "Who", "Call rule", "In the call"), rows)
    left_off = found.triggered - len(rows)
    if left_off:
        yield f"<p>{left_off:,} more violations are not shown here.</p>\n"


def beside_rows(found: BesideModerators) -> list[tuple[str, str]]:
    """The rules and the moderators, in words and numbers."""
    rows = [
        ("Both did something", f"{found.agreed:,}"),
        ("Only the rules", f"{found.only_rules:,}"),
        ("Only a moderator", f"{found.only_moderators:,}"),
    ]
    if found.seconds_before is not None:
        when = "earlier" if found.seconds_before >= 0 else "later"
        rows.append((f"The rules {when} by", f"{abs(found.seconds_before):.0f} s"))
    return rows
