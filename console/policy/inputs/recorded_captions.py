"""Captions in what was recorded: saved events (webhooks), and tapes of the sandbox (``--record``).

An event is as STREAM.md 3 has it; a tape's line holds one as text, once for each socket.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

CAPTION = "call.closed_caption"
TAPE_TYPES = ("answer", "opened", "sent", "closed")
"""Types of a tape's lines; only ``sent`` may hold an event."""


def is_recorded(row: Mapping[str, Any]) -> bool:
    """Whether ``row`` is an event or a line of a tape: it holds a caption or no text at all."""
    kind = row.get("type")
    if kind in TAPE_TYPES:
        return "at" in row
    return isinstance(kind, str) and kind.startswith("call.") and "call_cid" in row


def recorded_caption(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The caption as a row of texts (text, speaker_id, cid, start_time, language), or None.

    Raises:
        ValueError: the event in a tape's line is no JSON object.
    """
    event: Any = row
    if row.get("type") in TAPE_TYPES:
        if row["type"] != "sent":
            return None
        event = json.loads(str(row.get("text")))
        if not isinstance(event, dict):
            raise ValueError("the event is no object")
    caption = event.get("closed_caption")
    if event.get("type") != CAPTION or not isinstance(caption, dict):
        return None
    return {
        "text": caption.get("text"),
        "speaker_id": caption.get("speaker_id"),
        "cid": event.get("call_cid"),
        "start_time": _seconds(caption.get("start_time")),
        "language": caption.get("language"),
    }


def _seconds(time: Any) -> float:
    """Unix seconds of RFC 3339, or of Stream's integers in nanoseconds; 0.0 for anything else."""
    if isinstance(time, int | float) and not isinstance(time, bool):
        return time / 1e9
    try:
        return datetime.fromisoformat(str(time)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
