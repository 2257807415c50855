"""What recording and transcribing produce: files to fetch, and the events about them.

A transcript is real, made of the captions of its time. A recording is a name without media behind
it: its link answers 404 and says so.
"""

from typing import Any

import msgspec

from console.sandbox.api_errors import not_found
from console.sandbox.records import CallRecord
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp, rfc3339

PATH = "/sandbox-media/files"
MAX_OF_A_CALL = 200

Entry = dict[str, Any]


class Products:
    """Keeps recordings and transcriptions of calls, newest last."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._kept: dict[tuple[str, str], list[Entry]] = {}  # by kind and cid
        self._files: dict[str, bytes] = {}

    def of_call(self, kind: str, cid: str) -> list[Entry]:
        """CallRecording or CallTranscription, newest first.

        ``kind`` is ``recording`` or ``transcription``.
        """
        return self._kept.get((kind, cid), [])[::-1]

    def recording(self, call: CallRecord, egress_id: str, since: float, kind: str) -> None:
        """A recording has ended: list it and emit its event."""
        entry = self._entry(call, egress_id, since, "mp4") | {"recording_type": kind}
        self._keep("recording", call.cid, entry)
        self._state.emit(
            "call.recording_ready",
            cid=call.cid,
            payload={"egress_id": egress_id, "recording_type": kind, "call_recording": entry},
        )

    def transcription(self, call: CallRecord, egress_id: str, since: float) -> None:
        """A transcription has ended: write the file, list it and emit its event."""
        entry = self._entry(call, egress_id, since, "jsonl")
        lines = [
            msgspec.json.encode(
                {
                    "type": "speech",
                    "start_time": rfc3339(caption.start),
                    "stop_time": rfc3339(caption.end),
                    "speaker_id": caption.speaker_id,
                    "text": caption.text,
                }
            )
            for caption in self._state.captions
            if caption.cid == call.cid and caption.end >= since
        ]
        self._files[entry["filename"]] = b"".join(line + b"\n" for line in lines)
        self._keep("transcription", call.cid, entry)
        self._state.emit(
            "call.transcription_ready",
            cid=call.cid,
            payload={"egress_id": egress_id, "call_transcription": entry},
        )

    def keep_file(self, name: str, content: bytes) -> str:
        """Keep a file that belongs to no call; returns the link to it."""
        self._files[name] = content
        return f"{self._state.base_url}{PATH}/{name}"

    def file(self, name: str) -> bytes:
        """What a link leads to.

        Raises:
            ApiError: 404; for recordings always.
        """
        if name not in self._files:
            what = "the sandbox records no media" if name.endswith(".mp4") else "no such file"
            raise not_found(what)
        return self._files[name]

    def drop(self, kind: str, cid: str, name: str) -> None:
        """Forget a recording or transcription, and its file.

        Raises:
            ApiError: 404 in the words STREAM.md 1.6 gives.
        """
        entries = self._kept.get((kind, cid), [])
        found = next((entry for entry in entries if entry["filename"] == name), None)
        if found is None:
            raise not_found(f"{kind} doesn't exist")
        entries.remove(found)
        self._files.pop(name, None)

    def _entry(self, call: CallRecord, egress_id: str, since: float, ending: str) -> Entry:
        filename = f"{call.type}_{call.id}_{egress_id}.{ending}"
        return {
            "filename": filename,
            "url": f"{self._state.base_url}{PATH}/{filename}",
            "session_id": call.session.id if call.session else "",
            "start_time": Stamp(since),
            "end_time": Stamp(self._state.now()),
        }

    def _keep(self, kind: str, cid: str, entry: Entry) -> None:
        entries = self._kept.setdefault((kind, cid), [])
        entries.append(entry)
        for old in entries[:-MAX_OF_A_CALL]:
            self._files.pop(old["filename"], None)
        del entries[:-MAX_OF_A_CALL]
