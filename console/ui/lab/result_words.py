"""What came out of a run, in words and as large numbers."""

from collections.abc import Sequence

from console.base.plain_text import visible
from console.domain.results import BesideModerators, Counterfactual
from console.protocol.lab_results import CallActions, ErrorCost
from console.ui.lab.totals_bar import percent

KINDS = {
    "missed": ("Missed", "Something is wrong with the line, and it was kept."),
    "false_flag": (
        "Flagged for nothing",
        "Nothing is wrong with the line, and it was flagged or masked.",
    ),
    "false_block": (
        "Removed for nothing",
        "Nothing is wrong with the line, and it was removed, hidden or sent back.",
    ),
    "wrong_label": ("Wrong label", "Rightly raised, but with none of the true labels."),
}
"""Kinds of errors: what each is called, and what it means."""


def counterfactual_numbers(found: Counterfactual) -> list[tuple[str, str, str, str]]:
    """Quadruples: the filter's key, the number, what it is, a colour token."""
    return [
        ("agreed", f"{found.agreed:,}", "raised, and a moderator acted", "good"),
        ("missed_by_policy", f"{found.missed_by_policy:,}", "kept, but a moderator acted", "bad"),
        ("only_policy", f"{found.only_policy:,}", "raised, and nobody acted", "warn"),
        ("", percent(found.overturned), "of acted on: overturned", "text"),
        ("", f"{found.undone:,}", "acts taken back", "text_dim"),
        ("", f"{found.said_differently:,}", "judged otherwise at the time", "text_dim"),
    ]


def cost_of(errors: Sequence[ErrorCost], weights: dict[str, float]) -> float:
    """What these errors cost with these weights."""
    return sum(each.count * weights.get(each.kind, each.weight) for each in errors)


def call_rule_words(found: CallActions) -> str:
    """How often the rules would have done what, in a sentence or two."""
    if not found.triggered:
        return "The call rules would have done nothing: no violation was completed."
    violations = "1 violation" if found.triggered == 1 else f"{found.triggered:,} violations"
    people = "1 person" if found.people == 1 else f"{found.people:,} people"
    done = ", ".join(f"{visible(each.name)} {each.count:,}×" for each in found.actions)
    never = [visible(each.name) for each in found.rules if not each.count]
    sentences = [f"{violations} by {people}: {done or 'nothing would have been done'}."]
    if never:
        sentences.append(f"Never triggered: {', '.join(never)}.")
    if found.unlisted:
        sentences.append(f"The first {len(found.listed):,} are listed.")
    return " ".join(sentences)


def beside_numbers(found: BesideModerators) -> list[tuple[str, str, str, str]]:
    """As ``counterfactual_numbers``: no key, the number, what it is, a colour token."""
    numbers = [
        ("", f"{found.agreed:,}", "both did something", "good"),
        ("", f"{found.only_rules:,}", "only the rules", "warn"),
        ("", f"{found.only_moderators:,}", "only a moderator", "bad"),
    ]
    if found.seconds_before is not None:
        later = "earlier" if found.seconds_before >= 0 else "later"
        seconds = f"{abs(found.seconds_before):.0f} s"
        numbers.append(("", seconds, f"{later} than the moderators, in the middle", "text_dim"))
    return numbers
