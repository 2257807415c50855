"""All active calls and who is in them. Pure state: pages and events go in, changes come out."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from console.domain.call import Call, Participant
from console.domain.names import plain_name
from console.engine.services.call_record import CallRecord
from console.engine.services.directory_changes import Changes, taken_by_cid, taken_from
from console.engine.services.rights import Rights
from console.engine.wire import events as e
from console.engine.wire.decode import CallsPage
from console.engine.wire.egress_events import (
    RecordingFailed,
    RecordingStarted,
    RecordingStopped,
    TranscriptionFailed,
    TranscriptionStarted,
    TranscriptionStopped,
)
from console.engine.wire.events import CallState, Event, User

ENDED_KEPT_S = 10.0
"""An ended call stays listed this long, so that people see that it ended."""


class Directory:
    """Times given in are unix seconds of this machine's clock. ``user_id``: who is signed in."""

    def __init__(self, user_id: str = "") -> None:
        self._user_id = user_id
        self._records: dict[str, CallRecord] = {}
        self._banned: set[str] = set()
        self._lost_since = 0.0
        self._allowed_at: dict[str, float] = {}
        """When what we may do in a call was told last, by cid."""
        self._changed: set[str] = set()
        self._removed: set[str] = set()
        self.unknown_cids: set[str] = set()
        """Calls that events spoke of and no page has shown: a reason to ask again soon."""

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, cid: str) -> bool:
        return cid in self._records

    # -- asking

    def cids(self) -> tuple[str, ...]:
        """All calls that are not over."""
        return tuple(self._records)

    def calls(self) -> tuple[Call, ...]:
        """All calls that are not over."""
        return tuple(record.call for record in self._records.values())

    def call(self, cid: str) -> Call | None:
        """The call ``cid`` if it is active."""
        record = self._records.get(cid)
        return record.call if record else None

    def language(self, cid: str) -> str:
        """The language captions are set to; empty lets Stream choose."""
        record = self._records.get(cid)
        return record.language if record else ""

    def everyone(self, cid: str) -> tuple[Participant, ...]:
        """People in the session of ``cid``, then those outside who matter."""
        record = self._records.get(cid)
        return record.everyone() if record else ()

    def some(self, cid: str, keys: Iterable[str]) -> tuple[Participant, ...]:
        """The people behind ``keys`` of Changes that are still known."""
        record = self._records.get(cid)
        if record is None:
            return ()
        found = (
            record.outside.get(key[5:]) if key.startswith("user:") else record.people.get(key)
            for key in keys
        )
        return tuple(person for person in found if person is not None)

    def person(self, cid: str, user_id: str) -> Participant | None:
        """What is known of a person in a call."""
        record = self._records.get(cid)
        person = record.person(user_id) if record else None
        return replace(person, in_chat=record.call.in_chat(user_id)) if record and person else None

    def devices(self, cid: str, user_id: str) -> frozenset[str]:
        """The person's devices in a call (user_session_ids), as far as they are known."""
        record = self._records.get(cid)
        people = record.people.items() if record else ()
        return frozenset(key for key, person in people if person.user_id == user_id)

    def asking(self, cid: str) -> dict[str, frozenset[str]]:
        """Who asks for which permissions in a call, by user id."""
        record = self._records.get(cid)
        return record.asking() if record else {}

    def restore_asking(self, cid: str, user: User, permissions: Iterable[str]) -> None:
        """Somebody asked while an earlier engine listened; forgotten if they are not there now."""
        record = self._records.get(cid)
        if record is not None:
            record.restore_asking(user, permissions)
            self._note(record)

    def restore_revoked(self, cid: str, user_id: str, permission: str) -> None:
        """A permission was taken from somebody, of which no event told this engine."""
        record = self._records.get(cid)
        if record is not None:
            record.restore_revoked(user_id, permission)
            self._note(record)

    def calls_of(self, user_id: str) -> tuple[str, ...]:
        """The calls a person is in now."""
        return tuple(
            cid
            for cid, record in self._records.items()
            if any(person.user_id == user_id for person in record.people.values())
        )

    def calls_with(self, user_id: str) -> tuple[str, ...]:
        """The calls a person is known in: now in it, or outside and still of interest."""
        return tuple(cid for cid in self._records if self.person(cid, user_id) is not None)

    def rights(self, cid: str) -> dict[str, Rights]:
        """What each person in a call may send, as far as it is known, by user id."""
        record = self._records.get(cid)
        return record.rights() if record else {}

    def believe(
        self, cid: str, user_id: str, given: frozenset[str], taken: frozenset[str], at: float
    ) -> None:
        """Somebody got and lost permissions ``at`` Stream's time, unless newer events tell more."""
        record = self._records.get(cid)
        if record is not None:
            known = record.rights().get(user_id)
            held = known.held if known else frozenset()
            record.permit(User(id=user_id), (held | given) - taken, at)
            self._note(record)

    def roles_known(self, cid: str) -> bool:
        """Whether it is known what each role may do in a call."""
        record = self._records.get(cid)
        return bool(record and record.rights_of_roles)

    def know_roles(self, cid: str, rights: Mapping[str, frozenset[str]]) -> None:
        """What each role may do in a call now."""
        record = self._records.get(cid)
        if record is not None:
            record.rights_of_roles = dict(rights)

    def hold(self, cid: str, **fields: Any) -> None:
        """What this console keeps up in a call: ``suspended``, ``to_give_back``, ``door``."""
        record = self._records.get(cid)
        if record is not None and any(
            getattr(record.call, name) != value for name, value in fields.items()
        ):
            record.call = replace(record.call, **fields)
            self._changed.add(cid)

    def name_of(self, cid: str, user_id: str) -> str:
        """How a person is called, or was when they left, or their id."""
        person, record = self.person(cid, user_id), self._records.get(cid)
        left = record.appearances.called(user_id) if record else user_id
        return person.name if person else left

    def called(self, cid: str, user_id: str, name: str = "") -> str:
        """How a person is told apart from all others in a call; ``name`` where it is known."""
        record, name = self._records.get(cid), name or self.name_of(cid, user_id)
        names = record.appearances.names if record else None
        return names.shown(user_id, name) if names is not None else plain_name(name, user_id)

    def take_named(self) -> dict[str, frozenset[str]]:
        """Who came or is called otherwise since the last call of this, by cid."""
        return taken_by_cid({cid: each.appearances.named for cid, each in self._records.items()})

    def take_pictured(self) -> dict[str, frozenset[str]]:
        """Who shows another picture since the last call of this, by cid."""
        return taken_by_cid({cid: each.appearances.pictured for cid, each in self._records.items()})

    def picture_of(self, cid: str, user_id: str) -> str:
        """The address of the picture somebody shows beside their name; hostile, empty for none."""
        record = self._records.get(cid)
        return record.appearances.picture(user_id) if record else ""

    def forget_what_was_published(self) -> None:
        """Everything is new to whoever takes the next changes."""
        for cid, record in self._records.items():
            record.published = None
            record.whole = True
            self._changed.add(cid)

    def take_changes(self) -> Changes:
        """What changed since the last call of this; the caller publishes it."""
        changed = {cid: self._records.get(cid) for cid in self._changed}
        changes = taken_from(changed, self._removed)
        self._changed.clear()
        self._removed.clear()
        return changes

    # -- folding pages

    def fold_page(self, page: CallsPage, *, asked_at: float, now: float) -> None:
        """A page of query_calls, asked for at ``asked_at``."""
        for watched in page.calls:
            record = self._fold(watched.call, asked_at=asked_at, now=now)
            self._allow(record, watched.own_capabilities, asked_at)

    def finish_sweep(self, seen: set[str], *, asked_at: float, now: float) -> None:
        """All pages were read: calls that were on none, and are not newer, are over."""
        for cid, record in list(self._records.items()):
            if cid in seen:
                continue
            kept = ENDED_KEPT_S if record.call.ended_at else 0.0
            if record.touched_at < asked_at and now - record.touched_at >= kept:
                self._remove(cid)
        self.unknown_cids.clear()

    # -- being heard

    def lose(self, since: float, now: float | None = None) -> None:
        """Nothing of any call is heard since then, and nothing known; 0.0: heard again ``now``."""
        self._lost_since = since
        self._changed.update(self._records)
        for record in self._records.values():
            record.lose(since, since if now is None else now)

    def hear(self, now: float) -> None:
        """The calls are heard again."""
        self.lose(0.0, now)

    def listen(self, cid: str, heard: bool, now: float) -> None:
        """Whether this machine hears a call by itself."""
        record = self._records.get(cid)
        if record is not None and record.call.listened != heard:
            record.update(now, listened=heard)
            self._changed.add(cid)

    def forget_order(self) -> None:
        """What is told next is newer than all before, whatever the clock says."""
        self._allowed_at.clear()
        for record in self._records.values():
            record.forget_order()

    def _fold(self, state: CallState, *, asked_at: float, now: float) -> CallRecord:
        record = self._records.get(state.cid)
        if record is None:
            record = CallRecord(state, asked_at, self._banned)
            record.lose(self._lost_since, now)
            self._records[state.cid] = record
            self._removed.discard(state.cid)
        changed = record.fold_state(state, asked_at=asked_at, now=now)
        if changed or record.whole or record.changed_people or record.left:
            self._changed.add(state.cid)
        self.unknown_cids.discard(state.cid)
        return record

    def _allow(self, record: CallRecord, capabilities: frozenset[str], at: float) -> None:
        """What we may do in a call, as of ``at``."""
        cid = record.call.cid
        if at < self._allowed_at.get(cid, 0.0):
            return
        self._allowed_at[cid] = at
        if capabilities != record.call.own_capabilities:
            record.call = replace(record.call, own_capabilities=capabilities)
            self._changed.add(cid)

    def _remove(self, cid: str) -> None:
        self._allowed_at.pop(cid, None)
        self._records.pop(cid, None)
        self._changed.discard(cid)
        self._removed.add(cid)

    # -- folding events

    def apply(self, event: Event, now: float) -> bool:
        """Fold one event; False when it says nothing new of who is there."""
        if isinstance(event, e.UserBanned | e.UserUnbanned):
            self._ban(event.user, banned=isinstance(event, e.UserBanned))
            return True
        if isinstance(event, e.UserUpdated):
            self._rename(event.user)
            return True
        if not isinstance(event, e.CallEvent):
            return False
        if isinstance(event, e.CallDeleted):
            if event.call_cid in self._records:
                self._remove(event.call_cid)
            return True
        state = getattr(event, "call", None)
        if isinstance(state, CallState):
            if event.call_cid not in self._records and not state.current_session_id:
                return True  # nobody is in it: a page will show it when somebody is
            record = self._fold(state, asked_at=now, now=now)
            record.touched_at = now
            if isinstance(event, e.CallUpdated) and event.capabilities_by_role:
                self.know_roles(event.call_cid, event.capabilities_by_role)
            return True
        known = self._records.get(event.call_cid)
        if known is None:
            self.unknown_cids.add(event.call_cid)
            return True
        news = self._apply_to(known, event, now)
        self._changed.add(event.call_cid)
        return news

    def _apply_to(self, record: CallRecord, event: Any, now: float) -> bool:
        match event:
            case e.ParticipantJoined():
                return record.join(event.session_id, event.participant, now)
            case e.ParticipantLeft():
                return record.leave(event.participant, now)
            case e.ParticipantCountUpdated():
                counts = event.participants_count_by_role.values()
                record.set_counts(counts, event.anonymous_participant_count)
            case e.SessionEnded():
                record.end_session()
                record.touched_at = now
            case e.CallEnded():
                record.end_session()
                record.update(now, ended_at=event.created_at.seconds or now, captioning=False)
                record.touched_at = now
            case e.BlockedUser() | e.UnblockedUser():
                blocked = isinstance(event, e.BlockedUser)
                record.block(event.user, blocked=blocked, now=now)
                record.touched_at = now
            case e.ClosedCaption(closed_caption=caption):
                known = record.person(caption.speaker_id)
                name = known.name if known else None
                speaker = caption.user or User(id=caption.speaker_id, name=name)
                record.heard(speaker, caption.start_time.seconds)
            case e.UserMuted(muted_user_ids=muted):
                record.muted(muted, event.created_at.seconds or now, now)
            case e.KickedUser():
                record.know(event.user)
            case e.PermissionsUpdated():
                if event.user.id == self._user_id:
                    self._allow(record, event.own_capabilities, now)
                record.permit(event.user, event.own_capabilities, event.created_at.seconds)
            case e.PermissionRequest():
                record.ask(event.user, event.permissions)
            case e.CaptionsStarted() | e.CaptionsStopped() | e.CaptionsFailed():
                record.update(now, captioning=isinstance(event, e.CaptionsStarted))
                record.touched_at = now
            case RecordingStarted() | RecordingStopped() | RecordingFailed():
                record.update(now, recording=isinstance(event, RecordingStarted))
                record.touched_at = now
            case TranscriptionStarted() | TranscriptionStopped() | TranscriptionFailed():
                record.update(now, transcribing=isinstance(event, TranscriptionStarted))
                record.touched_at = now
            case _:
                pass
        return True

    def _ban(self, user: User, *, banned: bool) -> None:
        if banned:
            self._banned.add(user.id)
        else:
            self._banned.discard(user.id)
        for cid, record in self._records.items():
            record.refresh_ban(user)
            if record.changed_people:
                self._changed.add(cid)

    def _rename(self, user: User) -> None:
        for record in self._records.values():
            record.rename(user)
            self._note(record)

    def mute(self, cid: str, user_ids: Iterable[str], track: str, now: float) -> None:
        """We know that a moderator muted this track; nobody named means everyone."""
        record = self._records.get(cid)
        if record is not None:
            record.mute(frozenset(user_ids), track, now)
            self._note(record)

    def set_live(
        self, cid: str, live: dict[str, frozenset[str]], *, known: bool, asked_at: float
    ) -> None:
        """What each device in ``cid`` publishes; ``known``: the lists were complete."""
        record = self._records.get(cid)
        if record is not None:
            record.set_live(live, known=known, asked_at=asked_at)
            self._note(record)

    def forget_live(self, cid: str) -> None:
        """What people in ``cid`` publish was not asked for some time."""
        record = self._records.get(cid)
        if record is not None:
            record.forget_live(asked_for=True)
            self._note(record)

    def _note(self, record: CallRecord) -> None:
        if record.changed_people:
            self._changed.add(record.call.cid)
