"""What people do in the world: join, leave, publish, talk, ask. Nothing is decided here."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import cycle

from console.sandbox.chat import channel_cid
from console.sandbox.direction.actor import Actor
from console.sandbox.direction.casting import CallSheet, Company
from console.sandbox.direction.scenario import Person, ServerPolicy
from console.sandbox.records import Refusal
from console.sandbox.world import World

_ADDRESSES = IPv4Network("198.18.0.0/15")
"""Where the people come from, each from their own: a range for tests (RFC 2544)."""

AUDIO, VIDEO, SCREENSHARE = "audio", "video", "screenshare"


class Stage:
    """Puts a company into a world and keeps track of who is where."""

    def __init__(self, world: World, company: Company) -> None:
        self._world = world
        self._company = company
        self._actors: dict[str, Actor] = {}
        self._by_user: dict[str, Actor] = {}
        self._open: dict[str, CallSheet] = {}

    def set_up(self, policy: ServerPolicy) -> None:
        """Create the users and store the policy by which the server judges."""
        addresses = cycle(_ADDRESSES.hosts())
        for person in self._company.people.values():
            self._sign_up(person, person.id, person.name, str(next(addresses)))
            actor = Actor(person=person, user_id=person.id)
            self._actors[person.id] = self._by_user[person.id] = actor
        for blocklist in policy.blocklists:
            self._world.judging.put_blocklist(blocklist)
        if policy.config:
            for key in (policy.key, *policy.also):
                self._world.judging.put_config(key, policy.config)

    def open(self, sheet: CallSheet) -> None:
        """Create one call and have its people join, with microphones and cameras as planned."""
        settings = {**sheet.plan.settings}
        transcription = settings.get("transcription", {})
        settings["transcription"] = {"closed_caption_mode": sheet.plan.captions, **transcription}
        self._world.control.create(
            sheet.plan.type,
            sheet.id,
            created_by=sheet.by,
            name=sheet.name,
            members=(
                *((user_id, "host") for user_id in sheet.hosts),
                *((user_id, "speaker") for user_id in sheet.speakers),
                *((user_id, "call_member") for user_id in sheet.members),
            ),
            settings_override=settings,
            backstage=sheet.plan.backstage,
        )
        self._open[sheet.cid] = sheet
        for user_id in sheet.people:
            actor = self._actors[user_id]
            actor.tracks[sheet.cid] = self._planned_tracks(sheet, user_id)
            self.join(actor, sheet.cid)

    def is_open(self, cid: str) -> bool:
        """Whether the call was created and has not ended."""
        call = self._world.state.calls.get(cid)
        return cid in self._open and call is not None and not call.ended_at

    def actor(self, user_id: str) -> Actor | None:
        """The person behind a user id, aliases included."""
        return self._by_user.get(user_id)

    def write(self, actor: Actor, cid: str, text: str) -> None:
        """Have them write into the chat of the call, if they are there and not banned."""
        user = self._world.state.users[actor.user_id]
        if cid in actor.sessions and not self._world.state.banned(user):
            self._world.gate.send(channel_cid(cid), user.id, text)

    def rename(self, actor: Actor, name: str) -> None:
        """Have them call themselves otherwise, in the whole app."""
        self._world.accounts.change(actor.user_id, {"name": name}, ())

    def show_avatar(self, actor: Actor, labels: tuple[str, ...]) -> None:
        """Have them show a test card for ``labels`` beside their name, or nothing."""
        self._world.avatars.give(actor.user_id, labels)

    def react(self, actor: Actor, cid: str, emoji: str) -> None:
        """Have them send an emoji."""
        user = self._world.state.users[actor.user_id]
        reaction = {"type": "emoji", "user": user, "emoji_code": emoji, "custom": {}}
        if cid in actor.sessions:
            self._world.state.emit(
                "call.reaction_new",
                cid=cid,
                payload={"reaction": reaction},
                actor=actor.user_id,
            )

    def direct(self, cid: str, kind: str, user_id: str) -> None:
        """Have a host go live, stop or end the call."""
        control = self._world.control
        act = {"go_live": control.go_live, "stop_live": control.stop_live, "end_call": control.end}
        act[kind](cid, self._actors[user_id].user_id)

    def cast(self, person_id: str) -> Actor:
        """The actor of a person of the scenario."""
        return self._actors[person_id]

    def ask(self, actor: Actor, cid: str, permissions: tuple[str, ...]) -> None:
        """Have them ask for permissions, if they are there."""
        if cid in actor.sessions:
            self._world.sanctions.ask(cid, actor.user_id, permissions)

    def present(self, cid: str, user_ids: tuple[str, ...]) -> Iterator[Actor]:
        """Those of ``user_ids`` (as cast) who are in the call."""
        for user_id in user_ids:
            actor = self._actors[user_id]
            if cid in actor.sessions:
                yield actor

    def join(self, actor: Actor, cid: str) -> bool:
        """Have them join and publish what they want to; False when the world refuses."""
        if cid in actor.sessions:
            return True
        presence = self._world.attendance.join(cid, actor.user_id)
        if isinstance(presence, Refusal):
            return False
        actor.sessions[cid] = presence.user_session_id
        for track in sorted(actor.tracks.get(cid, ())):
            self._world.attendance.publish(cid, presence.user_session_id, track)
        return True

    def leave(self, actor: Actor, cid: str) -> None:
        """Have them leave, if they are there."""
        session = actor.sessions.pop(cid, "")
        if session:
            self._world.attendance.leave(cid, session)

    def forget(self, actor: Actor, cid: str, user_session_id: str = "") -> None:
        """The world put them out of the call."""
        if not user_session_id or actor.sessions.get(cid) == user_session_id:
            actor.sessions.pop(cid, None)

    def publish(self, actor: Actor, cid: str, track: str) -> bool:
        """Turn a track on; False when they are not there or not allowed to."""
        actor.tracks.setdefault(cid, set()).add(track)
        session = actor.sessions.get(cid)
        return session is not None and self._world.attendance.publish(cid, session, track)

    def unpublish(self, actor: Actor, cid: str, track: str) -> None:
        """Have them turn a track off."""
        actor.tracks.setdefault(cid, set()).discard(track)
        if session := actor.sessions.get(cid):
            self._world.attendance.unpublish(cid, session, track)

    def audible(self, actor: Actor, cid: str) -> bool:
        """Whether their microphone is live."""
        call = self._world.state.calls.get(cid)
        session = call.running if call else None
        presence = session.presences.get(actor.sessions.get(cid, "")) if session else None
        return presence is not None and AUDIO in presence.live

    def become_another(self, actor: Actor) -> None:
        """Sign up under another name, from the same place, as somebody who evades a ban does."""
        actor.evasions += 1
        actor.sessions.clear()
        actor.user_id = f"{actor.person.id}-{actor.evasions + 1}"
        name = actor.person.alias or f"{actor.person.name} 2"
        address = self._world.state.users[actor.person.id].address
        self._sign_up(actor.person, actor.user_id, name, address)
        self._by_user[actor.user_id] = actor

    def _sign_up(self, person: Person, user_id: str, name: str, address: str) -> None:
        custom = dict(person.custom)
        user = self._world.add_user(
            user_id, name, role=person.role, language=person.language, custom=custom
        )
        user.address = address

    def _planned_tracks(self, sheet: CallSheet, user_id: str) -> set[str]:
        plan = {AUDIO: sheet.voices, VIDEO: sheet.cameras, SCREENSHARE: sheet.screens}
        return {track for track, who in plan.items() if user_id in who}
