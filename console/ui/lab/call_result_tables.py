"""What call rules would have done, as rows of a table and as sentences. Pure."""

from datetime import datetime

from console.base.plain_text import visible
from console.domain.results import BesideModerators, CallAction
from console.protocol.lab_results import CallActions
from console.ui.lab.result_table import Fact, Head

HEADS = (
    Head("Line", 64, number=True, help="The line that completed the violation."),
    Head("When", 76, help="The time of day, or since the recording began."),
    Head("Call", 120),
    Head("Who", 104),
    Head("In the call", help="What the rule would have done, in Stream's names."),
    Head("Call rule", 128),
    Head("Violation", 80, number=True, help="Of this person in this call."),
    Head("Lines", 60, number=True, help="How many lines led to it."),
)
_CLOCK = 100_000_000
"""Seconds below this count from the beginning of a recording, not from 1970."""
_STRONG = frozenset({"kick_user", "ban_user", "end_call", "block", "ban", "kick"})
_MILD = frozenset({"warning", "call_warning", "webhook_only"})


def call_rows(found: CallActions) -> list[tuple[str, tuple[Fact, ...]]]:
    """One row a violation; its key is the row of the line that completed it."""
    return [(str(each.rows[-1]) if each.rows else "", _cells(each)) for each in found.listed]


def _cells(found: CallAction) -> tuple[Fact, ...]:
    actions = ", ".join(map(visible, found.actions))
    return (
        Fact(f"{found.number:,}" if found.number else "", "text_dim"),
        Fact(when(found.at), "text_dim"),
        Fact(visible(found.call), "text_dim"),
        Fact(visible(found.speaker)),
        Fact(actions or "nothing", _tone(found.actions)),
        Fact(visible(found.rule)),
        Fact(str(found.violation_number)),
        Fact(f"{len(found.rows):,}", "text_dim"),
    )


def _tone(actions: tuple[str, ...]) -> str:
    if not actions:
        return "text_faint"
    if _STRONG.intersection(actions):
        return "bad"
    return "text" if _MILD.issuperset(actions) else "warn"


def when(at: float) -> str:
    """A time of day here, or minutes and seconds since a recording began."""
    if at >= _CLOCK:
        return datetime.fromtimestamp(at).strftime("%H:%M:%S")
    minutes, seconds = divmod(int(at), 60)
    return f"{minutes}:{seconds:02}"


def summary_words(found: CallActions) -> str:
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
