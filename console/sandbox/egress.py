"""Recording, transcription, broadcasting, frames: states and events, no media (STREAM.md 3.5)."""

from dataclasses import dataclass
from typing import Any

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.records import CallRecord
from console.sandbox.state import State


@dataclass(slots=True, frozen=True)
class Egress:
    """One thing that can run beside a call.

    Attributes:
        field: of CallRecord. setting: the group of settings whose ``mode`` may disable it.
        event: prefix of its events. with_call: its events carry the call.
        not_running: what stopping it says when it does not run.
    """

    field: str
    setting: str
    event: str
    with_call: bool = False
    not_running: str = "call egress is not running"


RECORDING = Egress("recording", "recording", "call.recording")
TRANSCRIPTION = Egress(
    "transcribing",
    "transcription",
    "call.transcription",
    not_running="call is not being transcribed",
)
FRAMES = Egress("frame_recording", "frame_recording", "call.frame_recording", with_call=True)
BROADCAST = Egress("broadcasting", "broadcasting", "call.hls_broadcasting", with_call=True)


class Egresses:
    """Starts and stops what runs beside calls."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._ids: dict[tuple[str, str], str] = {}

    def start(self, cid: str, what: Egress, by: str = "", **extra: Any) -> None:
        """Begin.

        Raises:
            ApiError: 400, disabled, running already, or nobody is in the call.
        """
        call = self._state.call(cid)
        settings = call.settings[what.setting]
        if settings.get("mode") == "disabled" or settings.get("enabled") is False:
            raise input_error(f"{what.setting} is disabled for this call")
        if call.running is None:
            raise input_error("there is no active session")
        if getattr(call, what.field):
            raise input_error(f"{what.field} is already running")
        setattr(call, what.field, True)
        self._ids[cid, what.field] = self._state.new_id()
        self._tell(call, what, "started", by, extra)

    def stop(self, cid: str, what: Egress, by: str = "", **extra: Any) -> None:
        """End.

        Raises:
            ApiError: 400, it does not run.
        """
        call = self._state.call(cid)
        if not getattr(call, what.field):
            raise input_error(what.not_running)
        setattr(call, what.field, False)
        self._tell(call, what, "stopped", by, extra)

    def id_of(self, cid: str, what: Egress) -> str:
        """The id of what runs, or ran last; empty when it never did."""
        return self._ids.get((cid, what.field), "")

    def _tell(
        self, call: CallRecord, what: Egress, step: str, by: str, extra: dict[str, Any]
    ) -> None:
        payload: dict[str, Any] = {"egress_id": self._ids[call.cid, what.field], **extra}
        if what.with_call:
            payload["call"] = wire.call(call)
        self._state.tell(f"{what.event}_{step}", cid=call.cid, payload=payload, actor=by)
