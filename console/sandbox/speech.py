"""What people say, and the captions made of it (STREAM.md 8)."""

from collections.abc import Callable

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.records import CallRecord, Caption, SpeakOutcome
from console.sandbox.state import State

_STEP = 0.001

SpeechListener = Callable[[str, str, str, str], None]
"""Takes cid, user session id, text and language."""


class Speech:
    """Turns speech into captions and counts what was not captioned."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._last_start: dict[tuple[str, str], float] = {}
        self._listeners: list[SpeechListener] = []

    def listen(self, listener: SpeechListener) -> None:
        """Hear what people say aloud, when they begin to."""
        self._listeners.append(listener)

    @property
    def listened_to(self) -> bool:
        """Whether anything hears people when they begin."""
        return bool(self._listeners)

    def begin(self, cid: str, user_session_id: str, text: str, language: str = "en") -> None:
        """Somebody begins to say ``text``; what comes of it is :meth:`speak`, at the end."""
        call = self._state.calls.get(cid)
        presence = call.running.presences.get(user_session_id) if call and call.running else None
        if presence is not None and "audio" in presence.live:
            for listener in self._listeners:
                listener(cid, user_session_id, text, language)

    def speak(
        self,
        cid: str,
        user_session_id: str,
        text: str,
        *,
        start: float,
        end: float,
        language: str = "en",
    ) -> SpeakOutcome:
        """Somebody says ``text`` into their microphone from ``start`` to ``end`` (unix seconds).

        Silent reasons: ``not present``, ``revoked``, ``muted`` (the microphone is off),
        ``captions off`` (heard in the call, but not captioned).
        """
        state = self._state
        state.counters.spoken += 1
        call = state.calls.get(cid)
        session = call.running if call else None
        presence = session.presences.get(user_session_id) if session else None
        if call is None or session is None or presence is None:
            return self._silent("not present")
        if "audio" not in presence.live:
            revoked = "send-audio" in call.revokes.get(presence.user.id, ())
            return self._silent("revoked" if revoked else "muted")
        if not call.captioning:
            return self._silent("captions off")
        presence.user.last_active = state.now()
        return SpeakOutcome(
            self._produce(call, presence.user.id, text, start=start, end=end, language=language)
        )

    def send(
        self,
        cid: str,
        speaker_id: str,
        text: str,
        *,
        start: float | None,
        end: float | None,
        language: str,
    ) -> Caption:
        """A caption that the app's own server made; the speaker need not be in the call."""
        call = self._state.call(cid)
        self._state.users[speaker_id]
        if not text:
            raise input_error("text is a required field")
        self._state.counters.spoken += 1
        now = self._state.now()
        begun = now if start is None else start
        return self._produce(
            call, speaker_id, text, start=begun, end=end or begun, language=language
        )

    def _produce(
        self,
        call: CallRecord,
        speaker_id: str,
        text: str,
        *,
        start: float,
        end: float,
        language: str,
    ) -> Caption:
        state = self._state
        # Clients tell captions apart by speaker and start time, so no two may share both.
        key = (call.cid, speaker_id)
        start = max(start, self._last_start.get(key, 0.0) + _STEP)
        self._last_start[key] = start
        caption = Caption(
            id=state.new_id(),
            cid=call.cid,
            session_id=call.session.id if call.session else "",
            speaker_id=speaker_id,
            text=text,
            start=start,
            end=max(end, start),
            language=language,
        )
        state.captions.append(caption)
        state.counters.captioned += 1
        state.emit(
            "call.closed_caption",
            cid=call.cid,
            payload={"closed_caption": wire.closed_caption(caption, state.users[speaker_id])},
            actor=speaker_id,
            targets=(speaker_id,),
        )
        return caption

    def _silent(self, reason: str) -> SpeakOutcome:
        self._state.counters.silent[reason] += 1
        return SpeakOutcome(None, reason)
