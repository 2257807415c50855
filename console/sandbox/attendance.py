"""Who is in a call and what they publish."""

from typing import Any

from console.sandbox import wire
from console.sandbox.records import CallRecord, Presence, Refusal, Session
from console.sandbox.state import State

_NEEDED = {"audio": "send-audio", "video": "send-video", "screenshare": "screenshare"}
PERMISSION_OF = {**_NEEDED, "screenshare_audio": "screenshare"}
TRACK_OF = {permission: track for track, permission in _NEEDED.items()}


class Attendance:
    """Joining, leaving, publishing.

    Attributes:
        revokes_end_on_leaving: whether who joins again may send what was revoked before. STREAM.md
            5.3 does not know (?), so by default a revoke holds in its call.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.revokes_end_on_leaving = False

    def may_join(self, cid: str, user_id: str, call_role: str = "") -> Refusal | None:
        """Why ``user_id`` may not join, or None."""
        state = self._state
        call, user = state.calls.get(cid), state.users[user_id]
        if call is None or call.deleted_at:
            return Refusal("deleted")
        if user.deactivated_at:
            return Refusal("deactivated")
        if state.banned(user, cid):
            return Refusal("banned")
        if user.id in call.blocked_user_ids:
            return Refusal("blocked")
        if "join-call" not in state.capabilities_of(call, user, call_role):
            if call.ended_at:
                return Refusal("ended")
            return Refusal("backstage" if call.backstage else "no permission")
        most = call.settings["limits"].get("max_participants")
        if most and call.running and len(call.running.presences) >= most:
            return Refusal("full")
        return None

    def join(self, cid: str, user_id: str, call_role: str = "") -> Presence | Refusal:
        """Enter a call; the first one in begins the session."""
        state = self._state
        refusal = self.may_join(cid, user_id, call_role)
        if refusal is not None:
            return refusal
        call, user, now = state.call(cid), state.users[user_id], state.now()
        if self.revokes_end_on_leaving:
            call.revokes.pop(user_id, None)
        session = call.running
        begins = session is None
        if session is None:
            session = call.session = Session(id=state.new_id(), started_at=now)
            if not call.backstage:
                session.live_started_at = now
        member = call.members.get(user.id)
        presence = Presence(
            user=user,
            user_session_id=state.new_id(),
            cid=cid,
            role=call_role or (member.role if member and member.role != "user" else user.role),
            joined_at=now,
        )
        session.presences[presence.user_session_id] = presence
        user.online = True
        user.last_active = now
        user.touch()
        if begins:
            state.emit_call("call.session_started", call, actor=user.id, session_id=session.id)
        state.emit(
            "call.session_participant_joined",
            cid=cid,
            payload={"session_id": session.id, "participant": presence},
            actor=user.id,
            targets=(user.id,),
        )
        self._emit_count(call, session)
        if begins and call.settings["transcription"]["closed_caption_mode"] == "auto-on":
            call.captioning = True
            state.emit("call.closed_captions_started", cid=cid)
        return presence

    def leave(self, cid: str, user_session_id: str, reason: str = "") -> None:
        """Leave a call; nothing happens when that device is not there."""
        state = self._state
        call = state.calls.get(cid)
        session = call.running if call else None
        if call is None or session is None:
            return
        presence = session.presences.pop(user_session_id, None)
        if presence is None:
            return
        now = state.now()
        payload: dict[str, Any] = {
            "session_id": session.id,
            "participant": presence,
            "duration_seconds": int(now - presence.joined_at),
        }
        if reason:
            payload["reason"] = reason
        state.emit(
            "call.session_participant_left",
            cid=cid,
            payload=payload,
            targets=(presence.user.id,),
        )
        self._emit_count(call, session)
        if not session.presences:
            self._end_session(call, session)

    def eject(self, cid: str, user_id: str, reason: str) -> None:
        """Take every device of a person out of a call."""
        call = self._state.calls.get(cid)
        if call is None or call.running is None:
            return
        for presence in call.running.of_user(user_id):
            self.leave(cid, presence.user_session_id, reason)

    def end_session(self, call: CallRecord) -> None:
        """End the running session for everybody, without an event per person.

        The order of call.ended, session_ended and participant_left is not documented (STREAM.md
        9.10); a big call would send hundreds of frames, so only session_ended is emitted.
        """
        session = call.running
        if session is not None:
            session.presences.clear()
            self._end_session(call, session)

    def end_overdue(self) -> int:
        """End the sessions whose limited time is up; returns how many."""
        now = self._state.now()
        overdue = [
            call
            for call in self._state.calls.values()
            if call.time_is_up is not None and call.time_is_up <= now
        ]
        for call in overdue:
            self.end_session(call)
        return len(overdue)

    def publish(self, cid: str, user_session_id: str, track: str) -> bool:
        """Turn a track on; False when the permission or the person is missing."""
        found = self._find(cid, user_session_id)
        if found is None:
            return False
        call, presence = found
        needed = PERMISSION_OF[track]
        as_role = presence.role if presence.role != presence.user.role else ""
        held = self._state.capabilities_of(call, presence.user, as_role)
        if needed not in held:
            return False
        if track not in presence.live:
            presence.live.add(track)
            self._state.emit("published", cid=cid, targets=(presence.user.id,), tracks=(track,))
        return True

    def unpublish(self, cid: str, user_session_id: str, track: str) -> None:
        """Turn a track off; nothing happens when it is off."""
        found = self._find(cid, user_session_id)
        if found is None or track not in found[1].live:
            return
        presence = found[1]
        presence.live.discard(track)
        self._state.emit("unpublished", cid=cid, targets=(presence.user.id,), tracks=(track,))

    def silence(self, call: CallRecord, user_id: str, tracks: tuple[str, ...]) -> set[str]:
        """Turn off a person's tracks on all their devices; returns those that were on."""
        stopped: set[str] = set()
        session = call.running
        if session is None:
            return stopped
        for presence in session.of_user(user_id):
            stopped |= presence.live.intersection(tracks)
            presence.live.difference_update(tracks)
        return stopped

    def _find(self, cid: str, user_session_id: str) -> tuple[CallRecord, Presence] | None:
        call = self._state.calls.get(cid)
        session = call.running if call else None
        presence = session.presences.get(user_session_id) if session else None
        return (call, presence) if call and presence else None

    def _emit_count(self, call: CallRecord, session: Session) -> None:
        whole = wire.session(session)
        self._state.emit(
            "call.session_participant_count_updated",
            cid=call.cid,
            payload={
                "session_id": session.id,
                "participants_count_by_role": whole["participants_count_by_role"],
                "anonymous_participant_count": whole["anonymous_participant_count"],
            },
        )

    def _end_session(self, call: CallRecord, session: Session) -> None:
        session.ended_at = self._state.now()
        if session.live_started_at:
            session.live_ended_at = session.ended_at
        if call.captioning:
            call.captioning = False
            self._state.emit("call.closed_captions_stopped", cid=call.cid)
        call.rtmps.clear()
        call.recording = call.transcribing = call.frame_recording = call.broadcasting = False
        self._state.emit_call("call.session_ended", call, session_id=session.id)
