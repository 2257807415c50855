"""What the desk did in a demo, in the keys that scripts depend on. Pure."""

from collections.abc import Mapping
from typing import Any

from console.protocol.automation import AutomationNumbers
from console.protocol.to_window import Pulse
from console.ui.state.review_queue import QueueCounts


def desk_figures(
    pulse: Pulse | None, queue: QueueCounts, automation: AutomationNumbers, now: float
) -> Mapping[str, Any]:
    """The key ``desk`` of the summary; all counts are of items before folding.

    Args:
        pulse: the engine's last one; None counts as nothing.
        automation: what the window counted, over the engines of the run.
        now: unix seconds.
    """
    pulse = pulse or Pulse(at=now)
    raised, sanctions = pulse.desk, pulse.sanctions
    oldest = raised.oldest_open_at
    muted = pulse.automation.spoken_to_muted
    return {
        "raised": raised.raised,
        "handled": raised.handled,
        "dismissed": raised.dismissed,
        "open": raised.open,
        "oldest_open_s": round(max(0.0, now - oldest), 1) if oldest else 0.0,
        "queue": {"decided": queue.decided, "conflicts": queue.conflicts},
        "automation": {
            "proposed": automation.proposed,
            "vetoed": automation.vetoed,
            "done": automation.done,
            "already": automation.already,
            "overturned": automation.overturned,
            "spoken_to_muted_ms": {"p50": round(muted.p50, 1), "p95": round(muted.p95, 1)},
        },
        "sanctions": {
            "set": sanctions.set,
            "lifted": sanctions.lifted,
            "outlived": sanctions.outlived,
            "wrongly_lifted": sanctions.wrongly_lifted,
        },
    }
