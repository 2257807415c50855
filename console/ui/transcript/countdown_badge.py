"""What a line shows in place of its verdict while automation counts down to an act on it."""

from console.ui.state.automation_state import AutomationState
from console.ui.state.proposal_words import what
from console.ui.widgets.badge import Badge, Ground


def countdown_badge(automation: AutomationState, item_id: str) -> Badge | None:
    """The badge of a line with a countdown; None for any other."""
    counting = automation.counting(item_id)
    if counting is None:
        return None
    seconds = automation.seconds_left(counting)
    return Badge("hourglass", f"IN {seconds} S", (what(counting),), "warn", Ground.FILLED)
