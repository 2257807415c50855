"""Recording, transcription, broadcasting, frames: states and events, no media (STREAM.md 3.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.events import WorldEvent
from console.sandbox.products import Products
from console.sandbox.records import CallRecord
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp


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
        self._since: dict[tuple[str, str], tuple[float, dict[str, Any]]] = {}
        self.products = Products(state)
        state.events.listen(self._on_event)

    def start(self, cid: str, what: Egress, by: str = "", **extra: Any) -> None:
        """Begin.

        Raises:
            ApiError: 400, it is disabled or running already, or the call is empty.
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
        self._since[cid, what.field] = (self._state.now(), extra)
        self._emit(call, what, "started", by, extra)

    def stop(self, cid: str, what: Egress, by: str = "", **extra: Any) -> None:
        """End.

        Raises:
            ApiError: 400, it does not run.
        """
        call = self._state.call(cid)
        running = getattr(call, what.field) and (cid, what.field) in self._since
        setattr(call, what.field, False)
        if not running:
            raise input_error(what.not_running)
        self._emit(call, what, "stopped", by, extra)
        self._finish(call, what)

    def _on_event(self, event: WorldEvent) -> None:
        """What still runs when a session ends stops after it."""
        if event.type != "call.session_ended":
            return
        call = self._state.calls[event.cid]
        for what in (RECORDING, TRANSCRIPTION, FRAMES, BROADCAST):
            if (call.cid, what.field) in self._since:
                _, extra = self._since[call.cid, what.field]
                kept = {"recording_type": extra["recording_type"]} if what is RECORDING else {}
                self._emit(call, what, "stopped", "", kept)
                self._finish(call, what)

    def _finish(self, call: CallRecord, what: Egress) -> None:
        """Keep what came out of it and emit its event, where there is something."""
        since, extra = self._since.pop((call.cid, what.field))
        egress_id = self._ids[call.cid, what.field]
        if what is TRANSCRIPTION:
            self.products.transcription(call, egress_id, since)
        elif what is RECORDING:
            self.products.recording(call, egress_id, since, extra["recording_type"])

    def id_of(self, cid: str, what: Egress) -> str:
        """The id of what runs, or ran last; empty when it never did."""
        return self._ids.get((cid, what.field), "")

    def start_rtmp(self, cid: str, wanted: Sequence[Mapping[str, str]], by: str = "") -> None:
        """Begin to broadcast a call to other services; nothing is really sent.

        Raises:
            ApiError: 400, it is disabled, the call is empty, a name or address is missing or
                a name is taken.
        """
        call = self._state.call(cid)
        settings = call.settings["broadcasting"]
        if not settings["enabled"] or not settings["rtmp"].get("enabled", True):
            raise input_error("broadcasting is disabled for this call")
        if call.running is None:
            raise input_error("there is no active session")
        names = [one.get("name") or "" for one in wanted]
        if not names or not all(names) or not all(one.get("stream_url") for one in wanted):
            raise input_error("each broadcast needs a name and a stream_url")
        if len(set(names)) < len(names) or set(names) & set(call.rtmps):
            raise input_error("a broadcast of this name is running already")
        for one in wanted:
            call.rtmps[one["name"]] = {
                "name": one["name"],
                "stream_url": one["stream_url"],
                "stream_key": one.get("stream_key") or "",
                "started_at": Stamp(self._state.now()),
            }
            self._state.emit(
                "call.rtmp_broadcast_started", cid=cid, payload={"name": one["name"]}, actor=by
            )

    def stop_rtmp(self, cid: str, name: str = "", by: str = "") -> None:
        """End one of them, or all.

        Raises:
            ApiError: 400, none of this name runs.
        """
        call = self._state.call(cid)
        names = [name] if name else list(call.rtmps)
        if not names or any(one not in call.rtmps for one in names):
            raise input_error("call egress is not running")
        for one in names:
            del call.rtmps[one]
            self._state.emit(
                "call.rtmp_broadcast_stopped", cid=cid, payload={"name": one}, actor=by
            )

    def _emit(
        self, call: CallRecord, what: Egress, step: str, by: str, extra: dict[str, Any]
    ) -> None:
        payload: dict[str, Any] = {"egress_id": self._ids[call.cid, what.field], **extra}
        if what.with_call:
            payload["call"] = wire.call(call)
        self._state.emit(f"{what.event}_{step}", cid=call.cid, payload=payload, actor=by)
