"""Has people react to what happens to them, each by their temperament."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Protocol

from console.sandbox.attendance import TRACK_OF
from console.sandbox.direction.actor import Actor
from console.sandbox.direction.stage import AUDIO, Stage
from console.sandbox.direction.temperament import Reaction, Step, Treatment, react
from console.sandbox.events import WorldEvent

_TREATMENTS = {
    "muted": Treatment.MUTED,
    "revoked": Treatment.REVOKED,
    "granted": Treatment.GRANTED,
    "refused": Treatment.REFUSED,
    "call.kicked_user": Treatment.KICKED,
    "call.blocked_user": Treatment.BLOCKED,
    "call.unblocked_user": Treatment.UNBLOCKED,
    "user.banned": Treatment.BANNED,
    "user.unbanned": Treatment.UNBANNED,
}
_LIFTED = (Treatment.GRANTED, Treatment.UNBLOCKED, Treatment.UNBANNED)
_PUT_OUT = (Treatment.KICKED, Treatment.BLOCKED)


class Say(Protocol):
    """Has somebody say something."""

    def __call__(self, actor: Actor, cid: str, text: str, language: str = "") -> None: ...


class Reactions:
    """Puts the reactions to a treatment on the timeline."""

    def __init__(
        self,
        stage: Stage,
        *,
        later: Callable[[float, Callable[[], object]], None],
        say: Say,
        dice: Random,
    ) -> None:
        self._stage = stage
        self._later = later
        self._say = say
        self._dice = dice

    def on_event(self, event: WorldEvent) -> None:
        """Have those whom an event concerns react to it."""
        if event.type == "call.session_participant_left":
            self._left(event)
            return
        treatment = _TREATMENTS.get(event.type)
        if treatment is None:
            return
        for user_id in event.targets:
            actor = self._stage.actor(user_id)
            if actor is not None and actor.user_id == user_id:
                self._treat(actor, treatment, event)

    def ask(
        self, actor: Actor, cid: str, permissions: tuple[str, ...], then: tuple[str, ...]
    ) -> None:
        """Have somebody ask for a permission; ``then`` is said once it is granted."""
        if cid in actor.sessions:
            actor.then[cid] = then
            actor.asked = permissions
            self._stage.ask(actor, cid, permissions)

    def _left(self, event: WorldEvent) -> None:
        participant = event.payload.get("participant")
        session = getattr(participant, "user_session_id", "")
        for user_id in event.targets:
            actor = self._stage.actor(user_id)
            if actor is not None:
                self._stage.forget(actor, event.cid, session)

    def _treat(self, actor: Actor, treatment: Treatment, event: WorldEvent) -> None:
        if treatment in _PUT_OUT:
            was_there = event.cid in actor.sessions
            self._stage.forget(actor, event.cid)
            if not was_there and treatment is Treatment.BLOCKED:
                return
        tracks = {TRACK_OF.get(name, name) for name in event.tracks}
        if treatment is Treatment.GRANTED and event.cid in actor.then:
            self._speak_up(actor, event.cid, tracks)
            return
        if treatment is Treatment.REVOKED and event.cid in actor.then:
            return  # a refused permission request
        if treatment is not Treatment.REFUSED and tracks:
            talks = AUDIO in actor.tracks.get(event.cid, ())
            if AUDIO not in tracks or not talks:
                return  # people who only listen do not mind
        if treatment in _LIFTED:
            actor.hushed = False
        else:
            actor.treated += 1
        steps = react(actor.temperament, treatment, max(1, actor.treated), self._dice)
        for cid in self._concerned(actor, event.cid):
            for reaction in steps:
                self._later(reaction.after, partial(self._take, actor, cid, reaction))

    def _speak_up(self, actor: Actor, cid: str, tracks: set[str]) -> None:
        """A request was granted: turn the track on and say what they wanted to say."""
        actor.hushed = False
        for track in sorted(tracks):
            self._later(
                self._dice.uniform(0.8, 1.6), partial(self._stage.publish, actor, cid, track)
            )
        for text in actor.then.pop(cid):
            self._later(self._dice.uniform(2.0, 2.6), partial(self._say, actor, cid, text))

    def _concerned(self, actor: Actor, cid: str) -> tuple[str, ...]:
        """The calls a treatment concerns: its own, or every one for a ban."""
        return (cid,) if cid else tuple(actor.tracks)

    def _take(self, actor: Actor, cid: str, reaction: Reaction) -> None:
        if not self._stage.is_open(cid):
            return
        match reaction.step:
            case Step.UNMUTE:
                if self._stage.publish(actor, cid, AUDIO):
                    actor.hushed = False
            case Step.SAY:
                if self._stage.audible(actor, cid):
                    self._say(actor, cid, reaction.text)
            case Step.HUSH:
                actor.hushed = True
            case Step.LEAVE:
                self._stage.leave(actor, cid)
            case Step.REJOIN:
                self._stage.join(actor, cid)
            case Step.REJOIN_AS_ANOTHER:
                self._stage.leave(actor, cid)
                if actor.user_id == actor.person.id:
                    self._stage.become_another(actor)
                self._stage.join(actor, cid)
            case Step.ASK:
                self._stage.ask(actor, cid, actor.asked)
