"""What a demo heard and saw by itself, in the keys that scripts depend on. Pure."""

from collections.abc import Mapping
from typing import Any

from console.domain.item import FRAME, MESSAGE
from console.protocol.listening import ListeningChanged
from console.protocol.to_window import Pulse
from console.ui.state.history import History


def media_figures(
    listening: ListeningChanged, pulse: Pulse | None, history: History, reason: str
) -> Mapping[str, Any]:
    """The key ``media`` of the summary.

    Args:
        listening: what the engine told last. pulse: its numbers; None counts as nothing.
        reason: why nothing was listened to; empty where something was.
    """
    totals = listening.totals
    pulse = pulse or Pulse(at=0.0)
    muted = pulse.automation.speech_end_to_muted
    figures = {
        "calls_joined": totals.calls_joined,
        "seconds_heard": round(totals.heard_s, 1),
        "lines_heard_here": totals.lines,
        "frames_judged": history.judged(FRAME),
        "messages": history.of_kind(MESSAGE),
        "names_judged": pulse.names_judged,
        "speech_end_to_enforced_mute_ms": {"p50": round(muted.p50, 1), "p95": round(muted.p95, 1)},
    }
    return figures if totals.calls_joined else {**figures, "reason": reason}
