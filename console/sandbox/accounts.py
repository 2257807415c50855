"""User accounts: deactivating, reactivating, deleting, and users who block each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.sandbox import user_fields
from console.sandbox.api_errors import input_error
from console.sandbox.attendance import Attendance
from console.sandbox.collection import Collection
from console.sandbox.records import ChatMute, User
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp
from console.sandbox.wire import own_user

TASK_SECONDS = 0.2
"""How long a task is reported as running; it takes effect at once."""


@dataclass(slots=True)
class Task:
    """Work the server does behind an answer (STREAM.md 5.6). Times are unix seconds."""

    id: str
    created_at: float
    result: dict[str, Any]
    seconds: float = TASK_SECONDS

    def wire(self, now: float) -> dict[str, Any]:
        """GetTaskResponse."""
        done = now >= self.created_at + self.seconds
        return {
            "task_id": self.id,
            "status": "completed" if done else "running",
            "created_at": Stamp(self.created_at),
            "updated_at": Stamp(self.created_at + self.seconds if done else self.created_at),
            "result": self.result if done else {},
        }


class Accounts:
    """Changes users and keeps the tasks of bulk changes."""

    def __init__(self, state: State, attendance: Attendance) -> None:
        self._state = state
        self._attendance = attendance
        self.tasks: Collection[Task] = Collection("task {} does not exist")
        self._mutes: dict[tuple[str, str], ChatMute] = {}

    def task(self, result: Mapping[str, Any], *, seconds: float = TASK_SECONDS) -> Task:
        """A task with ``result``, known once ``seconds`` have passed."""
        task = Task(self._state.new_id(), self._state.now(), dict(result), seconds)
        self.tasks[task.id] = task
        return task

    def deactivate(self, user_id: str, by: str = "") -> User:
        """Deactivate a user: they leave every call, and their API calls and sockets are refused.

        Raises:
            ApiError: 400, deactivated already.
        """
        user = self._state.users[user_id]
        if user.deactivated_at:
            raise input_error(f"user {user_id} is deactivated already")
        user.deactivated_at = self._state.now()
        user.touch(user.deactivated_at)
        self._out_of_calls(user_id, "deactivated")
        self._emit("user.deactivated", user, by)
        return user

    def reactivate(self, user_id: str, by: str = "", name: str = "") -> User:
        """Reactivate a user.

        Raises:
            ApiError: 400, was not deactivated, or is deleted.
        """
        user = self._state.users[user_id]
        if not user.deactivated_at or user.deleted_at:
            raise input_error(f"user {user_id} is not deactivated")
        user.deactivated_at = None
        user.name = name or user.name
        user.touch(self._state.now())
        self._emit("user.reactivated", user, by)
        return user

    def delete(self, user_id: str, *, hard: bool = False, by: str = "") -> None:
        """Delete a user: they leave every call and cannot return."""
        user = self._state.users[user_id]
        self._out_of_calls(user_id, "deleted")
        user.deleted_at = user.deactivated_at = self._state.now()
        user.deleted_hard = hard
        user.touch(user.deleted_at)
        self._emit(
            "user.deleted",
            user,
            by,
            delete_user="hard" if hard else "soft",
            delete_messages="",
            delete_conversation="",
            delete_conversation_channels=False,
            hard_delete=hard,
            mark_messages_deleted=False,
        )

    def restore(self, user_id: str) -> None:
        """Undo the deletion of a user; they are active again. Others are left as they are.

        Raises:
            ApiError: 404, no such user; 400, they were deleted for good.
        """
        user = self._state.users[user_id]
        if user.deleted_hard:
            raise input_error(f"user {user_id} was hard deleted and cannot be restored")
        if user.deleted_at:
            user.deleted_at = user.deactivated_at = None
            user.touch(self._state.now())

    def change(self, user_id: str, put: Mapping[str, Any], unset: Iterable[str]) -> User:
        """Set and unset single fields; what Stream does not name lands in ``custom``.

        Raises:
            ApiError: 404, no such user; 400, a value does not fit.
        """
        user = self._state.users[user_id]
        user_fields.check(put)
        for name, value in put.items():
            user_fields.put_field(user, name, value)
        for name in unset:
            user_fields.unset_field(user, name)
        user.touch(self._state.now())
        self._emit("user.updated", user, "")
        return user

    def block(self, by: str, user_id: str) -> float:
        """Block one user for another, so that they cannot ring them; returns since when."""
        blocker, blocked = self._state.users[by], self._state.users[user_id]
        if blocker is blocked:
            raise input_error("users cannot block themselves")
        since = blocker.blocks.setdefault(user_id, self._state.now())
        blocker.touch()
        return since

    def unblock(self, by: str, user_id: str) -> None:
        """Unblock one user for another; without a block nothing happens."""
        blocker = self._state.users[by]
        blocker.blocks.pop(user_id, None)
        blocker.touch()

    def mute(self, by: str, user_id: str, minutes: int | None = None) -> ChatMute:
        """One user mutes another in chat; calls are not touched.

        Raises:
            ApiError: 400, they would mute themselves; 404, no such user.
        """
        muter, target, now = self._state.users[by], self._state.users[user_id], self._state.now()
        if muter is target:
            raise input_error("users cannot mute themselves")
        expires = now + minutes * 60 if minutes else None
        mute = self._mutes[by, user_id] = ChatMute(muter, target, now, expires)
        self._emit_mute("user.muted", muter, target)
        return mute

    def unmute(self, by: str, user_id: str) -> bool:
        """Unmute a user for another; False when they were not muted."""
        mute = self._mutes.pop((by, user_id), None)
        if mute is not None:
            self._emit_mute("user.unmuted", mute.user, mute.target)
        return mute is not None

    def mutes_of(self, user_id: str) -> list[ChatMute]:
        """The mutes of a user that have not expired; expired ones are removed."""
        now = self._state.now()
        for key, mute in list(self._mutes.items()):
            if mute.expires is not None and mute.expires <= now:
                del self._mutes[key]
        return [mute for (by, _), mute in self._mutes.items() if by == user_id]

    def _emit_mute(self, kind: str, by: User, target: User) -> None:
        """Emit two events: one for webhooks, and one that shows the muter their list."""
        self._state.emit(
            "notification.mutes_updated",
            payload={"me": own_user(by, self.mutes_of(by.id)), "custom": {}},
            actor=by.id,
            targets=(by.id,),
        )
        self._state.emit(
            kind,
            payload={
                "user": by,
                "target_user": target,
                "target_users": [target],
                "custom": {},
            },
            actor=by.id,
        )

    def _out_of_calls(self, user_id: str, reason: str) -> None:
        for call in list(self._state.calls.values()):
            self._attendance.eject(call.cid, user_id, reason)

    def _emit(self, kind: str, user: User, by: str, **fields: Any) -> None:
        created_by = {"created_by": self._state.users.get(by)} if by else {}
        self._state.emit(
            kind,
            payload={"user": user, "custom": {}, **created_by, **fields},
            actor=by,
            targets=(user.id,),
        )
