"""One call as the directory keeps it: its state and its people, folded from pages and events."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from console.domain.call import PERMISSION_OF_TRACK, Call, Participant, Track
from console.engine.services.appearances import Appearances
from console.engine.services.call_fields import fields_of
from console.engine.services.hearing import Hearing
from console.engine.services.mute_times import MuteTimes
from console.engine.services.permissions_told import PermissionsTold
from console.engine.services.rights import Rights, rights_of_all
from console.engine.wire.bounded import CUT, believable, believable_sum
from console.engine.wire.events import CallState, Presence, Session, User
from console.engine.wire.limits import MAX_PEOPLE

OUTSIDE_KEPT = 500
"""People of a call who are not in it but matter: the oldest beyond this many are forgotten."""


class CallRecord:
    """The state of one call. Times are unix seconds of this machine.

    ``published`` is the state the window has. ``changed_people`` and ``left`` gather
    user_session_ids (for people outside the session:
    ``user:<id>``) until the directory takes them.
    """

    def __init__(self, state: CallState, now: float, banned: set[str]) -> None:
        self.call = Call(cid=state.cid, type=state.type, id=state.id, name=state.id)
        self.published: Call | None = None
        self.language = ""
        self.people: dict[str, Participant] = {}
        self.outside: dict[str, Participant] = {}
        self.appearances = Appearances()
        self.touched_at = now
        self.whole = True
        self.changed_people: set[str] = set()
        self.left: set[str] = set()
        self._banned = banned
        self._hearing = Hearing()
        self._count_by_role = 0
        self._came: dict[str, float] = {}
        self._went: dict[str, float] = {}
        self._permissions = PermissionsTold()
        self._asked: dict[str, frozenset[str]] = {}
        self.rights_of_roles: dict[str, frozenset[str]] = {}
        self._spoke: set[str] = set()
        self._mutes = MuteTimes()

    # -- the call

    def fold_state(self, state: CallState, *, asked_at: float, now: float) -> bool:
        """Take over Stream's view as of ``asked_at``; whether the call changed.

        What an event said after the question was asked is newer than the answer, and stays.
        """
        before = self.call
        if self.touched_at <= asked_at or not before.created_at:
            self._fold_fields(state, now)
        session = state.session
        if session is not None and session.ended_at is None:
            self._fold_session(session, asked_at)
        elif self.touched_at <= asked_at:
            self.end_session()
        self._count()
        return self.call != before

    def _fold_fields(self, state: CallState, now: float) -> None:
        self.language = state.settings.transcription.language
        blocked_before = set(self.call.blocked_user_ids)
        self.update(now, **fields_of(state))
        for user_id in blocked_before ^ set(state.blocked_user_ids):
            self._refresh(user_id)

    def update(self, now: float, **fields: object) -> None:
        """Set fields of the call; being unmonitored follows from them."""
        call = replace(self.call, **fields)
        since = self._hearing.unmonitored_since(
            written_down=call.captioning or call.listened, ended=bool(call.ended_at), now=now
        )
        self.call = replace(call, unmonitored_since=since)

    def forget_order(self) -> None:
        """What is told next is newer than all before: the clock was set back."""
        self.touched_at = 0.0
        self._mutes.clear()
        for stamps in (self._came, self._went, self._permissions.made_at):
            stamps.clear()

    def lose(self, since: float, now: float) -> None:
        """Nothing is heard since then, so what people send is not known; 0.0: it is heard."""
        self._hearing.lost_since = since
        self.update(now)
        if since:
            self.forget_live()

    def forget_live(self, *, asked_for: bool = False) -> None:
        """Which tracks people publish is not known any more; or only what was ``asked_for``."""
        for key, person in self.people.items():
            if person.live_known or (person.live and not asked_for):
                self.people[key] = replace(person, live=frozenset(), live_known=False)
                self.changed_people.add(key)

    def _count(self) -> None:
        people = max(self._count_by_role, len(self.people)) + self.call.anonymous
        if people != self.call.people:
            self.call = replace(self.call, people=people)

    # -- the session

    def _fold_session(self, session: Session, asked_at: float) -> None:
        if session.id != self.call.session_id:
            if self.touched_at > asked_at and self.call.session_id:
                return  # a newer session began while the answer was under way
            self._begin_session(session.id)
        started = session.started_at.seconds if session.started_at else 0.0
        anonymous = believable(session.anonymous_participant_count)
        self.call = replace(self.call, started_at=started, anonymous=anonymous)
        self._count_by_role = believable_sum(session.participants_count_by_role.values())
        listed = {presence.user_session_id for presence in session.participants}
        for presence in session.participants:
            if self._went.get(presence.user_session_id, 0.0) < asked_at:
                self._place(presence)
        if len(listed) < self._count_by_role:
            return  # a shortened list says nothing of those it leaves out
        for key in [key for key in self.people if key not in listed]:
            if self._came.get(key, 0.0) < asked_at:
                self._take_away(key)

    def _begin_session(self, session_id: str) -> None:
        for key in list(self.people):
            self._take_away(key)
        self._came.clear()
        self._went.clear()
        self.call = replace(self.call, session_id=session_id)
        self.whole = True

    def end_session(self) -> None:
        """Nobody is in the call."""
        if self.call.session_id:
            self._begin_session("")
        self._count_by_role = 0
        self.call = replace(self.call, anonymous=0, people=0)

    def set_counts(self, by_role: Iterable[int], anonymous: int) -> None:
        """Stream's own count of who is there."""
        self._count_by_role = believable_sum(by_role)
        self.call = replace(self.call, anonymous=believable(anonymous))
        self._count()

    def join(self, session_id: str, presence: Presence, now: float) -> bool:
        """Someone came; False when they were known to be there."""
        if session_id != self.call.session_id:
            self._begin_session(session_id)
        known = presence.user_session_id in self.people
        self._came[presence.user_session_id] = now
        if not presence.user.banned:
            self._banned.discard(presence.user.id)  # a timed ban ends without an event
        self._place(presence)
        if not known and self._count_by_role < len(self.people):
            self._count_by_role = len(self.people)
        self._count()
        return not known

    def leave(self, presence: Presence, now: float) -> bool:
        """Somebody went; False when they were not known."""
        self._went[presence.user_session_id] = now
        known = self._take_away(presence.user_session_id)
        if known:
            self._count_by_role = max(len(self.people), self._count_by_role - 1)
        self._count()
        return known

    # -- people

    def person(self, user_id: str) -> Participant | None:
        """The latest device of a person, else what is known of them outside the session."""
        devices = [p for p in self.people.values() if p.user_id == user_id]
        if devices:
            return max(devices, key=lambda device: device.joined_at)
        return self.outside.get(user_id)

    def everyone(self) -> tuple[Participant, ...]:
        """People in the session, then those outside who matter."""
        return (*self.people.values(), *self.outside.values())

    def know(self, user: User) -> None:
        """Make sure that ``user`` can be shown, in the session or outside."""
        if user.id in self.outside or any(p.user_id == user.id for p in self.people.values()):
            return
        self._put_outside(self._participant(user, "", user.role, 0.0))

    def heard(self, user: User, began_at: float) -> None:
        """They spoke from ``began_at`` on: their microphone is live, and a soft mute is over.

        What began before the mute says nothing: captions arrive seconds after the words.
        """
        self._spoke.add(user.id)
        self.know(user)
        if self._mutes.muted_since(user.id, began_at):
            return
        for key, person in self.people.items():
            if person.user_id != user.id:
                continue
            if Track.AUDIO not in person.live or Track.AUDIO in person.muted:
                self.people[key] = replace(
                    person,
                    live=person.live | {Track.AUDIO},
                    muted=person.muted - {Track.AUDIO},
                )
                self.changed_people.add(key)

    def muted(self, user_ids: Iterable[str], at: float, now: float) -> None:
        """Stream muted these people at ``at``, by its own clock."""
        self._mutes.told(user_ids, at, now)

    def mute(self, user_ids: frozenset[str], track: str, now: float) -> None:
        """A moderator muted ``track`` of these people; nobody named means everyone."""
        for key, person in self.people.items():
            if not user_ids or person.user_id in user_ids:
                self._mutes.sent(person.user_id, now, of_sound=track == Track.AUDIO)
                self.people[key] = replace(
                    person, live=person.live - {track}, muted=person.muted | {track}
                )
                self.changed_people.add(key)

    def set_live(self, live: dict[str, frozenset[str]], *, known: bool, asked_at: float) -> None:
        """The tracks each device publishes, as of ``asked_at``; devices not named publish none."""
        for key, person in self.people.items():
            tracks = live.get(key, frozenset())
            if not known and not tracks:
                continue
            if self._came.get(key, 0.0) > asked_at:
                continue
            if self._mutes.settling(person.user_id, asked_at):
                tracks -= person.muted
            if self._permissions.seen(person.user_id, {PERMISSION_OF_TRACK.get(t) for t in tracks}):
                self._refresh(person.user_id)
                person = self.people[key]
            new = replace(person, live=tracks, live_known=known, muted=person.muted - tracks)
            if new != person:
                self.people[key] = new
                self.changed_people.add(key)

    def ask(self, user: User, permissions: Iterable[str]) -> None:
        """They ask for permissions."""
        self.know(user)
        self._asked[user.id] = self._asked.get(user.id, frozenset()) | frozenset(permissions)
        self._refresh(user.id)

    def restore_asking(self, user: User, permissions: Iterable[str]) -> None:
        """They asked while an earlier engine listened; forgotten if they are not there now."""
        there = any(person.user_id == user.id for person in self.people.values())
        if there or len(self.people) < self._count_by_role:  # a shortened list proves nothing
            self.ask(user, permissions)

    def asking(self) -> dict[str, frozenset[str]]:
        """The open permission requests, by user id."""
        return dict(self._asked)

    def permit(self, user: User, capabilities: frozenset[str], made_at: float) -> None:
        """Their capabilities were these at ``made_at``, as PermissionsTold (STREAM.md 5.3).

        Requests are answered: what grants nothing of them is a refusal, Stream has no other sign.
        """
        if not self._permissions.take(user.id, capabilities, self._used(user.id), made_at):
            return
        asked = self._asked.pop(user.id, frozenset())
        if asked & capabilities and asked - capabilities:
            self._asked[user.id] = asked - capabilities
        self.know(user)
        self._refresh(user.id)

    def restore_revoked(self, user_id: str, permission: str) -> None:
        """It was taken from them, of which no event told this engine."""
        if self._permissions.restore(user_id, permission):
            self._refresh(user_id)

    def rights(self) -> dict[str, Rights]:
        """What each person in the session may send now, as far as it is known."""
        told, roles = self._permissions.capabilities, self.rights_of_roles
        return rights_of_all(self.people.values(), told=told, of_roles=roles, asked=self._asked)

    def _used(self, user_id: str) -> frozenset[str]:
        """Permissions somebody must have had, because their track was on or was muted here.

        The first list of capabilities names none of what a role never had, and what was never had
        was not revoked.
        """
        return frozenset(
            PERMISSION_OF_TRACK[track]
            for person in self.people.values()
            if person.user_id == user_id
            for track in person.live | person.muted
        )

    def block(self, user: User, *, blocked: bool, now: float) -> None:
        """They were blocked from this call, or unblocked."""
        others = tuple(known for known in self.call.blocked_user_ids if known != user.id)
        self.update(now, blocked_user_ids=(*others, user.id) if blocked else others)
        self.know(user)
        self._refresh(user.id)

    def rename(self, user: User) -> None:
        """They are called otherwise, on all of their devices."""
        for key, person in self.people.items():
            if person.user_id == user.id and person.name != user.shown_name:
                self.people[key] = replace(person, name=user.shown_name)
                self.changed_people.add(key)
        outside = self.outside.get(user.id)
        if outside is not None and outside.name != user.shown_name:
            self.outside[user.id] = replace(outside, name=user.shown_name)
            self.changed_people.add(f"user:{user.id}")
        if self.person(user.id) is not None:
            self.appearances.note(user)

    def refresh_ban(self, user: User) -> None:
        """Whether they are banned in the app changed."""
        if user.id in self.outside or any(p.user_id == user.id for p in self.people.values()):
            self._refresh(user.id)

    def _place(self, presence: Presence) -> None:
        user = presence.user
        key = presence.user_session_id
        if user.banned:
            self._banned.add(user.id)
        known = self.people.get(key)
        role = presence.role or user.role
        same = known is not None and (known.name, known.role) == (user.shown_name, role)
        if same and not self.appearances.shows_another(user):
            return
        if known is None and len(self.people) >= MAX_PEOPLE:
            CUT.note(f"People of one call beyond {MAX_PEOPLE:,} were left out.")
            return
        self.outside.pop(user.id, None)
        self.people[key] = self._participant(user, key, role, presence.joined_at.seconds)
        self.changed_people.add(key)

    def _take_away(self, key: str) -> bool:
        person = self.people.pop(key, None)
        if person is None:
            return False
        self._came.pop(key, None)
        self.changed_people.discard(key)
        self.left.add(key)
        elsewhere = any(p.user_id == person.user_id for p in self.people.values())
        if not elsewhere:
            self._asked.pop(person.user_id, None)  # nobody waits for an answer any more
        matters = person.banned or person.blocked or person.user_id in self._spoke
        if matters and not elsewhere:
            gone = replace(person, user_session_id="", live=frozenset(), muted=frozenset())
            self._put_outside(replace(gone, asked=frozenset()))
        return True

    def _put_outside(self, person: Participant) -> None:
        self.outside[person.user_id] = person
        self.changed_people.add(f"user:{person.user_id}")
        while len(self.outside) > OUTSIDE_KEPT:
            oldest = next(iter(self.outside))
            del self.outside[oldest]
            self.left.add(f"user:{oldest}")

    def _refresh(self, user_id: str) -> None:
        facts = self._facts(user_id)
        for key, person in self.people.items():
            if person.user_id == user_id:
                live = person.live - _tracks_of(facts["revoked"])
                self.people[key] = replace(person, live=live, **facts)
                self.changed_people.add(key)
        if user_id in self.outside:
            self.outside[user_id] = replace(self.outside[user_id], **facts)
            self.changed_people.add(f"user:{user_id}")

    def _participant(self, user: User, key: str, role: str, joined_at: float) -> Participant:
        self.appearances.note(user)
        return Participant(
            cid=self.call.cid,
            user_id=user.id,
            user_session_id=key,
            name=user.shown_name,
            role=role,
            joined_at=joined_at,
            **self._facts(user.id),
        )

    def _facts(self, user_id: str) -> dict[str, Any]:
        return {
            "revoked": self._permissions.taken_from(user_id),
            "asked": self._asked.get(user_id, frozenset()),
            "capabilities": self._permissions.capabilities.get(user_id),
            "banned": user_id in self._banned,
            "blocked": user_id in self.call.blocked_user_ids,
        }


def _tracks_of(permissions: frozenset[str]) -> set[str]:
    return {track for track, needed in PERMISSION_OF_TRACK.items() if needed in permissions}
