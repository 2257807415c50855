"""What happens to a call as a whole: created, changed, live, captioned, ended."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from console.sandbox import wire
from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.attendance import Attendance
from console.sandbox.call_types import merged
from console.sandbox.records import CallRecord, Member, User
from console.sandbox.state import State

MemberLike = str | tuple[str, str]


class CallControl:
    """Creates and changes calls."""

    def __init__(self, state: State, attendance: Attendance) -> None:
        self._state = state
        self._attendance = attendance

    def create(
        self,
        kind: str,
        call_id: str,
        *,
        created_by: str,
        name: str = "",
        custom: Mapping[str, Any] | None = None,
        members: Sequence[MemberLike] = (),
        settings_override: Mapping[str, Any] | None = None,
        backstage: bool | None = None,
        starts_at: float | None = None,
        team: str = "",
    ) -> CallRecord:
        """A new call. Members are user ids, or (user id, role in the call).

        ``name`` goes where Stream's own apps keep it, into ``custom``.

        Raises:
            ApiError: the type or a user does not exist, or the call exists already.
        """
        state = self._state
        call_type = state.types[kind]
        cid = f"{kind}:{call_id}"
        if cid in state.calls:
            raise input_error(f"call {cid} exists already")
        now = state.now()
        settings = merged(call_type.settings, settings_override)
        call = CallRecord(
            type=kind,
            id=call_id,
            created_by=state.users[created_by],
            created_at=now,
            settings=settings,
            custom={**(custom or {}), **({"name": name} if name else {})},
            team=team,
            starts_at=starts_at,
            backstage=settings["backstage"]["enabled"] if backstage is None else backstage,
        )
        for one in members:
            user_id, role = one if isinstance(one, tuple) else (one, "user")
            call.members[user_id] = Member(user=state.users[user_id], created_at=now, role=role)
        state.calls[cid] = call
        state.emit_call("call.created", call, actor=created_by, members=wire.members(call))
        return call

    def update(
        self,
        cid: str,
        *,
        custom: Mapping[str, Any] | None = None,
        settings_override: Mapping[str, Any] | None = None,
        starts_at: float | None = None,
        by: str = "",
    ) -> CallRecord:
        """Change a call. What the settings no longer allow is turned off at once."""
        call = self._state.call(cid)
        if custom is not None:
            call.custom = dict(custom)
        if starts_at is not None:
            call.starts_at = starts_at
        if settings_override is not None:
            call.settings = merged(call.settings, settings_override)
            self._enforce(call)
        self._updated(call, by)
        return call

    def go_live(self, cid: str, by: str = "") -> CallRecord:
        """Leave the backstage."""
        call = self._state.call(cid)
        call.backstage = False
        call.updated_at = self._state.now()
        if call.running:
            call.running.live_started_at = self._state.now()
            call.running.live_ended_at = None
        self._state.emit_call("call.live_started", call, actor=by)
        return call

    def stop_live(self, cid: str, by: str = "") -> CallRecord:
        """Go backstage again; clients get call.updated (STREAM.md 5.4)."""
        call = self._state.call(cid)
        call.backstage = True
        if call.running:
            call.running.live_ended_at = self._state.now()
        self._updated(call, by)
        return call

    def end(self, cid: str, by: str = "", reason: str = "") -> CallRecord:
        """End the call for everybody; ending it twice changes nothing."""
        state = self._state
        call = state.call(cid)
        if call.ended_at:
            return call
        call.ended_at = call.updated_at = state.now()
        why = {"reason": reason} if reason else {}
        state.emit_call("call.ended", call, actor=by, user=state.users.get(by), **why)
        self._attendance.end_session(call)
        return call

    def ring(
        self, call: CallRecord, by: User, called: Sequence[str], kind: str, *, video: bool
    ) -> list[str]:
        """Let members know of a call; ``kind`` is ``call.ring`` or ``call.notification``.

        Returns whom it reaches: not those who block ``by``, nor deactivated users.

        Raises:
            ApiError: 403, ``by`` is banned (STREAM.md 5.5).
        """
        if self._state.banned(by, call.cid):
            raise not_allowed(f"user '{by.id}' is banned")
        users = self._state.users
        reached = [
            user_id
            for user_id in called
            if by.id not in users[user_id].blocks and not users[user_id].deactivated_at
        ]
        if reached:
            self._state.emit_call(
                kind,
                call,
                actor=by.id,
                targets=reached,
                members=[call.members[user_id].wire() for user_id in reached],
                user=by,
                session_id=call.running.id if call.running else "",
                video=video,
            )
        return reached

    def captions(self, cid: str, on: bool, by: str = "", language: str = "") -> None:
        """Turn closed captions on or off; no event when nothing changes.

        Raises:
            ApiError: 400, the call is empty (inferred, STREAM.md 8.1) or captions are disabled.
        """
        call = self._state.call(cid)
        transcription = call.settings["transcription"]
        if on and transcription["closed_caption_mode"] == "disabled":
            raise input_error("closed captions are disabled for this call")
        if on and call.running is None:
            raise input_error("there is no active session")
        if not on and not call.captioning:
            raise input_error("call is not being captioned")
        if on and language:
            transcription["language"] = language
        if call.captioning == on:
            return
        call.captioning = on
        self._state.emit(
            "call.closed_captions_started" if on else "call.closed_captions_stopped",
            cid=cid,
            actor=by,
        )

    def change_members(
        self,
        cid: str,
        *,
        put: Iterable[Mapping[str, Any]] = (),
        remove: Iterable[str] = (),
        by: str = "",
    ) -> list[Member]:
        """Add, change and remove members. Returns those put."""
        state = self._state
        call, now = state.call(cid), state.now()
        added: list[str] = []
        changed: list[str] = []
        for one in put:
            user = state.users[one["user_id"]]
            member = call.members.get(user.id)
            (added if member is None else changed).append(user.id)
            if member is None:
                member = call.members[user.id] = Member(user=user, created_at=now)
            member.role = one.get("role") or member.role
            if one.get("custom") is not None:
                member.custom = dict(one["custom"])
            member.updated_at = now
        removed = [user_id for user_id in remove if call.members.pop(user_id, None)]
        for kind, ids in (("call.member_added", added), ("call.member_updated", changed)):
            if ids:
                members = [call.members[one].wire() for one in ids]
                state.emit_call(kind, call, actor=by, targets=ids, members=members)
        if removed:
            state.emit_call("call.member_removed", call, actor=by, targets=removed, members=removed)
        return [call.members[one] for one in (*added, *changed)]

    def _enforce(self, call: CallRecord) -> None:
        if call.captioning and call.settings["transcription"]["closed_caption_mode"] == "disabled":
            self.captions(call.cid, False)
        if call.running is None:
            return
        for presence in list(call.running.presences.values()):
            for track in sorted(presence.live):
                if not self._attendance.publish(call.cid, presence.user_session_id, track):
                    self._attendance.unpublish(call.cid, presence.user_session_id, track)

    def _updated(self, call: CallRecord, by: str) -> None:
        call.updated_at = self._state.now()
        held = self._state.capabilities_by_role(call)
        self._state.emit_call("call.updated", call, actor=by, capabilities_by_role=held)
