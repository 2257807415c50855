"""What sessions were like: who was there, when, with which tracks; for stats and reports.

There is no media, so there is no quality: scores and latencies are absent, never invented.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.api_errors import not_found
from console.sandbox.events import WorldEvent
from console.sandbox.records import Presence, User
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

SESSIONS_KEPT = 5_000
FEEDBACK_KEPT = 5_000


@dataclass(slots=True, eq=False)
class Visit:
    """One device of one person in one session. Times are unix seconds."""

    user: User
    user_session_id: str
    role: str
    joined_at: float
    left_at: float | None = None
    tracks: set[str] = field(default_factory=set)

    def seconds(self, now: float) -> int:
        """How long they were, or have been, there."""
        return int((self.left_at or now) - self.joined_at)


@dataclass(slots=True, eq=False)
class Past:
    """One session, also while it runs.

    Attributes:
        here: those who are in it now. users: how many devices each person has in it now.
        peak, peak_users: the most of them at once. events: number of events while it ran.
    """

    id: str
    cid: str
    started_at: float
    ended_at: float | None = None
    visits: dict[str, Visit] = field(default_factory=dict)
    here: dict[str, Visit] = field(default_factory=dict)
    users: Counter[str] = field(default_factory=Counter)
    peak: int = 0
    peak_users: int = 0
    events: int = 0
    ratings: list[int] = field(default_factory=list)

    def join(self, presence: Presence, at: float) -> None:
        """Somebody joined."""
        visit = Visit(presence.user, presence.user_session_id, presence.role, at)
        self.visits[visit.user_session_id] = self.here[visit.user_session_id] = visit
        self.users[visit.user.id] += 1
        self.peak = max(self.peak, len(self.here))
        self.peak_users = max(self.peak_users, len(self.users))

    def leave(self, user_session_id: str, at: float) -> None:
        """Somebody left."""
        visit = self.here.pop(user_session_id, None)
        if visit is None:
            return
        visit.left_at = at
        self.users[visit.user.id] -= 1
        if not self.users[visit.user.id]:
            del self.users[visit.user.id]

    def publish(self, user_id: str, tracks: Iterable[str]) -> None:
        """Somebody turned tracks on, on any of their devices."""
        for visit in self.here.values():
            if visit.user.id == user_id:
                visit.tracks.update(tracks)

    def seconds(self, now: float) -> int:
        """How long it lasted, or has lasted."""
        return int((self.ended_at or now) - self.started_at)

    def counts(self, now: float) -> dict[str, Any]:
        """CallStatsParticipantCounts."""
        visits = self.visits.values()
        return {
            "live_sessions": len(self.here),
            "participants": len({visit.user.id for visit in visits}),
            "peak_concurrent_sessions": self.peak,
            "peak_concurrent_users": self.peak_users,
            "publishers": sum(1 for visit in visits if visit.tracks),
            "sessions": len(visits),
            "sfus_used": 1,
            "total_participant_duration": sum(visit.seconds(now) for visit in visits),
            "call_event_count": self.events,
            "min_user_rating": min(self.ratings) if self.ratings else None,
            "avg_user_rating": sum(self.ratings) / len(self.ratings) if self.ratings else None,
        }


@dataclass(slots=True, frozen=True)
class Feedback:
    """What somebody said of a call (UserFeedbackResponse)."""

    number: int
    cid: str
    at: float
    user_id: str
    payload: dict[str, Any]

    def wire(self) -> dict[str, Any]:
        nothing = {"name": "", "version": ""}
        return {
            "cid": self.cid,
            "user_id": self.user_id,
            "session_id": self.payload["session_id"],
            "rating": self.payload["rating"],
            "reason": self.payload.get("reason") or "",
            "sdk": self.payload.get("sdk") or "",
            "sdk_version": self.payload.get("sdk_version") or "",
            "custom": self.payload.get("custom") or {},
            "platform": {"browser": nothing, "device": nothing, "os": nothing},
            "created_at": Stamp(self.at),
        }


class History:
    """Listens to the world and remembers sessions, the oldest ended ones forgotten first."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.sessions: OrderedDict[str, Past] = OrderedDict()
        self.feedback: deque[Feedback] = deque(maxlen=FEEDBACK_KEPT)
        self._running: dict[str, Past] = {}
        self._feedback_count = 0
        state.events.listen(self._on_event)

    def session(self, cid: str, session_id: str = "") -> Past:
        """One session of a call, the latest when none is named.

        Raises:
            ApiError: 404.
        """
        latest = next(iter(self.of_call(cid)), None)
        found = self.sessions.get(session_id) if session_id else latest
        if found is None or found.cid != cid:
            raise not_found(f"session {session_id or 'of this call'} does not exist")
        return found

    def of_call(self, cid: str) -> Iterator[Past]:
        """The sessions of a call, newest first."""
        return (past for past in reversed(self.sessions.values()) if past.cid == cid)

    def _on_event(self, event: WorldEvent) -> None:
        if event.type == "call.session_started":
            past = Past(event.payload["session_id"], event.cid, event.at)
            self.sessions[past.id] = self._running[event.cid] = past
            self._forget()
        elif event.type == "call.user_feedback_submitted":
            self._rated(event)
        running = self._running.get(event.cid)
        if running is not None:
            self._note(running, event)

    def _note(self, past: Past, event: WorldEvent) -> None:
        past.events += event.on_wire
        match event.type:
            case "call.session_participant_joined":
                presence: Presence = event.payload["participant"]
                past.join(presence, event.at)
            case "call.session_participant_left":
                past.leave(event.payload["participant"].user_session_id, event.at)
            case "published":
                for user_id in event.targets:
                    past.publish(user_id, event.tracks)
            case "call.session_ended":
                del self._running[event.cid]
                past.ended_at = event.at
                for user_session_id in list(past.here):
                    past.leave(user_session_id, event.at)
            case _:
                return

    def _rated(self, event: WorldEvent) -> None:
        self._feedback_count += 1
        user_id = event.payload["user"].id
        self.feedback.append(
            Feedback(self._feedback_count, event.cid, event.at, user_id, event.payload)
        )
        past = self.sessions.get(event.payload["session_id"])
        if past is not None:
            past.ratings.append(event.payload["rating"])

    def _forget(self) -> None:
        if len(self.sessions) <= SESSIONS_KEPT:
            return
        oldest = next((past for past in self.sessions.values() if past.ended_at), None)
        if oldest is not None:
            del self.sessions[oldest.id]
