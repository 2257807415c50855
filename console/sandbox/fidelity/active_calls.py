"""What runs in the whole app now: counts, and measures that are zero, as no media flow."""

from typing import Any

from console.sandbox.operation import Asked
from console.sandbox.timestamps import Stamp

SECONDS = 60.0
"""How far back the answer looks."""


def _zeros(*percentiles: str) -> dict[str, float]:
    return dict.fromkeys(percentiles, 0.0)


_LATENCY = _zeros("p50", "p90")
_RATE = _zeros("p10", "p50")
_FRAMES = _zeros("p05", "p10", "p50", "p90")
_LOSS = {"jitter_ms": _LATENCY, "packets_lost_pct": _LATENCY}


async def status(asked: Asked) -> dict[str, Any]:
    """GetActiveCallsStatusResponse."""
    state = asked.world.state
    now = state.now()
    running = [call.running for call in state.calls.values() if not call.deleted_at]
    sessions = [session for session in running if session is not None]
    people = [one for session in sessions for one in session.presences.values()]
    joins = state.counters.requests["JoinCall"]
    return {
        "start_time": Stamp(now - SECONDS),
        "end_time": Stamp(now),
        "summary": {
            "active_calls": len(sessions),
            "participants": len(people),
            "active_publishers": sum(1 for one in people if one.live),
            "active_subscribers": len(people),
        },
        "metrics": {
            "join_call_api": {"failures": 0.0, "total": float(joins), "latency": _LATENCY},
            "publishers": {
                "all": {
                    "audio": {"jitter_ms": _LATENCY},
                    "rtt_ms": _LATENCY,
                    "video": {
                        "bitrate": _RATE,
                        "fps_30": _FRAMES,
                        "frame_encoding_time_ms": _LATENCY,
                        "jitter_ms": _LATENCY,
                        "resolution": _RATE,
                    },
                }
            },
            "subscribers": {
                "all": {
                    "audio": {"concealment_pct": _LATENCY, **_LOSS},
                    "rtt_ms": _LATENCY,
                    "video": {"fps_30": _FRAMES, **_LOSS},
                }
            },
        },
    }
