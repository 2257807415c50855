"""What moderators do to people, and its effect in the world (STREAM.md 5.1 to 5.5)."""

from collections.abc import Iterable

from console.sandbox.api_errors import input_error
from console.sandbox.attendance import PERMISSION_OF, TRACK_OF, Attendance
from console.sandbox.records import Ban, User
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

_ACCESS_SETTING = {"send-audio": "audio", "send-video": "video", "screenshare": "screensharing"}


class Sanctions:
    """Mute, block, kick, permissions, bans.

    Attributes:
        ban_ejects: whether a ban puts a person out of running calls. STREAM.md 5.5 does not know
            (?), so by default it only keeps them from joining.
        mute_all_includes_caller: docs disagree (STREAM.md 5.1, (?)); by default they are spared.
        shadow_bans_end: whether a shadow ban with a time ends by itself (STREAM.md 12.5, (?)).
    """

    def __init__(self, state: State, attendance: Attendance) -> None:
        self._state = state
        self._attendance = attendance
        self.ban_ejects = False
        self.mute_all_includes_caller = False
        self.shadow_bans_end = True

    def mute(
        self, cid: str, user_ids: Iterable[str], tracks: Iterable[str], by: str = ""
    ) -> list[str]:
        """Stop tracks now; people may turn them on again. Returns whom it was asked for."""
        call = self._state.call(cid)
        tracks = tuple(dict.fromkeys(_known(tracks)))
        targets = list(dict.fromkeys(user_ids))
        for user_id in targets:
            self._state.users[user_id]
        for user_id in targets:
            self._attendance.silence(call, user_id, tracks)
        self._state.emit("muted", cid=cid, actor=by, targets=targets, tracks=tracks)
        self._state.emit(
            "call.user_muted",
            cid=cid,
            payload={"from_user_id": by, "muted_user_ids": targets, "reason": "moderation"},
            actor=by,
            targets=targets,
            tracks=tracks,
        )
        return targets

    def mute_all(self, cid: str, tracks: Iterable[str], by: str = "") -> list[str]:
        """Mute everybody who is in the call."""
        session = self._state.call(cid).running
        present = session.presences.values() if session else ()
        return self.mute(
            cid,
            [
                presence.user.id
                for presence in present
                if self.mute_all_includes_caller or presence.user.id != by
            ],
            tracks,
            by,
        )

    def block(self, cid: str, user_id: str, by: str = "") -> None:
        """Block a user in this call, and remove them from it if they are in it."""
        call, user = self._state.call(cid), self._state.users[user_id]
        if user_id not in call.blocked_user_ids:
            call.blocked_user_ids.append(user_id)
            call.updated_at = self._state.now()
        self._state.emit(
            "call.blocked_user",
            cid=cid,
            payload={"user": user, "blocked_by_user": self._actor(by)},
            actor=by,
            targets=(user_id,),
        )
        self._attendance.eject(cid, user_id, "blocked")

    def unblock(self, cid: str, user_id: str, by: str = "") -> None:
        """Unblock a user in this call."""
        call, user = self._state.call(cid), self._state.users[user_id]
        if user_id in call.blocked_user_ids:
            call.blocked_user_ids.remove(user_id)
            call.updated_at = self._state.now()
        self._state.emit(
            "call.unblocked_user", cid=cid, payload={"user": user}, actor=by, targets=(user_id,)
        )

    def kick(self, cid: str, user_id: str, by: str = "", *, block: bool = False) -> None:
        """Kick a user from the call; they may join again unless ``block``."""
        self._state.call(cid)
        user = self._state.users[user_id]
        self._state.emit(
            "call.kicked_user",
            cid=cid,
            payload={"user": user, "kicked_by_user": self._actor(by)},
            actor=by,
            targets=(user_id,),
        )
        if block:
            self.block(cid, user_id, by)
        else:
            self._attendance.eject(cid, user_id, "kicked")

    def permissions(
        self,
        cid: str,
        user_id: str,
        *,
        grant: Iterable[str] = (),
        revoke: Iterable[str] = (),
        by: str = "",
    ) -> None:
        """Change what somebody may publish here; revoking also turns the track off.

        Raises:
            ApiError: 400, a permission that cannot be granted or revoked (STREAM.md 5.3).
        """
        call, user = self._state.call(cid), self._state.users[user_id]
        grant, revoke = tuple(dict.fromkeys(grant)), tuple(dict.fromkeys(revoke))
        for permission in (*grant, *revoke):
            if permission not in TRACK_OF:
                raise input_error(f"permission {permission} cannot be granted or revoked")
        asked = call.asked.get(user_id, set())
        refused = asked.intersection(revoke)
        call.grants.setdefault(user_id, set()).update(grant)
        call.grants[user_id].difference_update(revoke)
        call.revokes.setdefault(user_id, set()).update(revoke)
        call.revokes[user_id].difference_update(grant)
        asked.difference_update(grant, revoke)
        tracks = tuple(track for track, needed in PERMISSION_OF.items() if needed in revoke)
        if tracks:
            self._attendance.silence(call, user_id, tracks)
        for kind, changed in (("granted", grant), ("revoked", revoke), ("refused", refused)):
            if changed:
                self._state.emit(
                    kind,
                    cid=cid,
                    actor=by,
                    targets=(user_id,),
                    tracks=tuple(TRACK_OF[permission] for permission in changed),
                )
        self._state.emit(
            "call.permissions_updated",
            cid=cid,
            payload={
                "user": user,
                "own_capabilities": sorted(self._state.capabilities_of(call, user)),
            },
            actor=by,
            targets=(user_id,),
        )

    def ask(self, cid: str, user_id: str, permissions: Iterable[str]) -> bool:
        """Somebody asks for permissions; False when they have them or may not ask."""
        call, user = self._state.call(cid), self._state.users[user_id]
        held = self._state.capabilities_of(call, user)
        wanted = [one for one in dict.fromkeys(permissions) if one not in held]
        for permission in wanted:
            if permission not in _ACCESS_SETTING:
                raise input_error(f"permission {permission} cannot be requested")
            if not call.settings[_ACCESS_SETTING[permission]]["access_request_enabled"]:
                return False
        if not wanted:
            return False
        call.asked.setdefault(user_id, set()).update(wanted)
        self._state.emit(
            "call.permission_request",
            cid=cid,
            payload={"user": user, "permissions": wanted},
            actor=user_id,
            targets=(user_id,),
        )
        return True

    def ban(
        self,
        user_id: str,
        by: str = "",
        *,
        minutes: int | None = None,
        reason: str = "",
        shadow: bool = False,
        ip: bool = False,
        cid: str = "",
    ) -> Ban:
        """Keep somebody out of every call (or of ``cid``); ``minutes`` None is for good.

        ``ip`` keeps out everybody else who comes from their address, too.
        """
        state = self._state
        user, now = state.users[user_id], state.now()
        ends = bool(minutes) and (self.shadow_bans_end or not shadow)
        ban = Ban(
            user=user,
            created_at=now,
            by=self._actor(by),
            reason=reason,
            expires=now + (minutes or 0) * 60 if ends else None,
            shadow=shadow,
            address=user.address if ip else "",
            cid=cid,
        )
        state.put_ban(ban)
        state.emit(
            "user.banned",
            payload={
                "user": user,
                "created_by": ban.by,
                "reason": reason or None,
                "expiration": Stamp(ban.expires) if ban.expires else None,
                "shadow": shadow,
                "total_bans": 1,
                "cid": cid or None,
                "custom": {},
            },
            actor=by,
            targets=(user_id,),
            channel=self._channel_of(cid),
        )
        if self.ban_ejects and not shadow:
            for call in list(state.calls.values()):
                if not cid or call.cid == cid:
                    self._attendance.eject(call.cid, user_id, "banned")
        return ban

    def unban(self, user_id: str, by: str = "", *, cid: str = "") -> None:
        """Lift a ban; without a ban only the event is emitted."""
        user = self._state.users[user_id]
        was = self._state.take_ban(user, cid)
        self._state.emit(
            "user.unbanned",
            payload={
                "user": user,
                "created_by": self._actor(by),
                "shadow": bool(was and was.shadow),
                "cid": cid or None,
                "custom": {},
            },
            actor=by,
            targets=(user_id,),
            channel=self._channel_of(cid),
        )

    def _channel_of(self, cid: str) -> str:
        """Whose watchers hear of a ban in ``cid``; empty for a call, and for the app.

        The documents say that only the banned user's clients do, and the clients apply it to any
        channel that they watch (?).
        """
        return "" if cid in self._state.calls else cid

    def _actor(self, user_id: str) -> User | None:
        return self._state.users.get(user_id)


def _known(tracks: Iterable[str]) -> Iterable[str]:
    """Track names, each checked."""
    for track in tracks:
        if track not in PERMISSION_OF:
            raise input_error(f"unknown track {track}")
        yield track
