"""The people of one episode: some talk, and each act has somebody of its own to be aimed at."""

from collections.abc import Callable

from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.sandbox.records import Presence
from console.sandbox.world import MODERATOR_ID, World
from tests.chaos.plan import Episode, Order
from tests.chaos.truth import Done, Truth

CALLS = 8
SPEAKERS = 2
_CAPTIONED = {
    "transcription": {"closed_caption_mode": "auto-on"},
    "audio": {"access_request_enabled": True},
}
_TRACKS = ("audio", "video", "screenshare")
ASKED = "send-audio"
PICTURE = "http://127.0.0.1:9/picture.png"
"""Nothing answers there; that they have one is enough."""


def call_of(order: Order) -> str:
    """The call in which the target of ``order`` is; acts on a whole call have one of their own."""
    if spec_of(order.kind).scope is Scope.CALL:
        return f"default:own-{order.number}"
    return f"default:shared-{order.number % CALLS}"


def target_of(order: Order) -> str:
    """Whom the order is aimed at; of a whole call, somebody who is in it."""
    return f"target-{order.number}"


class People:
    """Builds the world of an episode and moves its people. Lives on the stage's loop."""

    def __init__(self, world: World, truth: Truth, episode: Episode) -> None:
        self.world = world
        self._truth = truth
        self._orders = episode.orders
        self._numbers = 0
        self._voices: list[tuple[str, str]] = []

    def gather(self) -> None:
        """Make calls, users, and what each act presupposes."""
        world = self.world
        world.add_user(MODERATOR_ID, "Moderator", role="moderator")
        for number in range(CALLS):
            cid = self._call(f"shared-{number}")
            for seat in range(SPEAKERS):
                speaker = f"speaker-{number}-{seat}"
                world.add_user(speaker, f"Speaker {number} {seat}")
                self._join(cid, speaker)
                self._voices.append((cid, speaker))
        for order in self._orders:
            cid, target = call_of(order), target_of(order)
            world.add_user(target, f"Target {order.number}")
            if cid not in world.state.calls:
                self._call(cid.partition(":")[2])
            self._join(cid, target)
            self._prepare(order.kind, cid, target)

    def _call(self, name: str) -> str:
        cid = f"default:{name}"
        self.world.add_user("host", "Host")
        self.world.control.create(
            "default", name, created_by="host", name=name, settings_override=_CAPTIONED
        )
        return cid

    def _join(self, cid: str, user_id: str) -> str:
        presence = self.world.attendance.join(cid, user_id)
        if not isinstance(presence, Presence):
            return ""
        for track in _TRACKS:
            self.world.attendance.publish(cid, presence.user_session_id, track)
        return presence.user_session_id

    def _prepare(self, kind: str, cid: str, target: str) -> None:
        sanctions, spec = self.world.sanctions, spec_of(kind)
        match kind:
            case "unblock":
                sanctions.block(cid, target)
            case "unban":
                sanctions.ban(target)
            case "reactivate_user":
                self.world.accounts.deactivate(target)
            case "remove_picture":
                self.world.add_user(target, self.world.state.users[target].name, image=PICTURE)
            case "accept_request" | "refuse_request":
                sanctions.permissions(cid, target, revoke=[ASKED])
            case _ if spec.grants:
                sanctions.permissions(cid, target, revoke=[spec.permission])

    def ask(self, order: Order) -> None:
        """Let the target of an answer to a request ask for it."""
        self.world.sanctions.ask(call_of(order), target_of(order), [ASKED])

    def talk(self) -> None:
        """The next speaker says the next line."""
        cid, speaker = self._voices[self._numbers % len(self._voices)]
        self._numbers += 1
        running = self.world.state.call(cid).running
        here = running.of_user(speaker) if running else []
        if not here:
            return
        now = self.world.state.now()
        text = f"line {self._numbers} of the evening."
        # Noted before it is sent: whoever hears it may look at once.
        said = self.world.speech.speak(cid, here[0].user_session_id, text, start=now - 1, end=now)
        if said.captioned:
            self._truth.say(self._numbers, cid)

    def rename(self, number: int, name: str) -> None:
        """Give one of those who talk another name."""
        _, speaker = self._voices[number % len(self._voices)]
        self.world.add_user(speaker, name)

    def leave(self, number: int) -> str:
        """One of the targets leaves their call; who, or empty."""
        people = [order for order in self._orders if spec_of(order.kind).scope is not Scope.CALL]
        if not people:
            return ""
        order = people[number % len(people)]
        call = self.world.state.call(call_of(order))
        here = call.running.of_user(target_of(order)) if call.running else []
        for presence in here:
            self.world.attendance.leave(call.cid, presence.user_session_id)
        return target_of(order) if here else ""

    def come_back(self, target: str) -> None:
        """They join again, if they may."""
        order = next(order for order in self._orders if target_of(order) == target)
        self._join(call_of(order), target)

    def begin_anew(self, number: int) -> None:
        """Everybody leaves one of the calls, which ends its session, and comes back."""
        cid = f"default:shared-{number % CALLS}"
        running = self.world.state.call(cid).running
        here = list(running.presences.values()) if running else []
        for presence in here:
            self.world.attendance.leave(cid, presence.user_session_id)
        for presence in here:
            self._join(cid, presence.user.id)

    def shut_out(self) -> bool:
        """Deactivate the moderator's own account; False where it is deactivated already."""
        if self.world.state.users[MODERATOR_ID].deactivated_at:
            return False
        self.world.accounts.deactivate(MODERATOR_ID)
        return True

    def let_back(self) -> None:
        """Let the moderator in again."""
        if self.world.state.users[MODERATOR_ID].deactivated_at:
            self.world.accounts.reactivate(MODERATOR_ID)

    def put_back(self, done: Done, target: str) -> None:
        """People and colleagues put back what an act did: from now on a repeat of it harms."""
        undo = self._ways_back(done, target).get(done.what.partition(" ")[0])
        if undo is None:
            return
        undo()
        self._truth.undo(done.what, done.cid, done.target)

    def _ways_back(self, done: Done, target: str) -> dict[str, Callable[[], object]]:
        sanctions, accounts = self.world.sanctions, self.world.accounts
        names = [done.what.partition(" ")[2]]
        return {
            "kick": lambda: self._join(done.cid, target),
            "block": lambda: self._let_in(done.cid, target),
            "unblock": lambda: sanctions.block(done.cid, target, "host"),
            "ban": lambda: sanctions.unban(target, "host"),
            "unban": lambda: sanctions.ban(target, "host"),
            "deactivate": lambda: accounts.reactivate(target),
            "reactivate": lambda: accounts.deactivate(target),
            "grant": lambda: sanctions.permissions(done.cid, target, revoke=names, by="host"),
            "revoke": lambda: sanctions.permissions(done.cid, target, grant=names, by="host"),
            "mute": lambda: self._unmute(done.cid, target),
        }

    def shows(self, act: Act, *, accepted: bool) -> bool:
        """Whether the sandbox shows now, to whoever looks, that ``act`` took effect.

        ``accepted``: the console knows that Stream accepted it.
        """
        state, spec = self.world.state, spec_of(act.kind)
        call = state.calls.get(act.cid)
        if call is None:
            return False
        if not act.user_ids:
            return act.kind == "end_call" and call.ended_at is not None
        user = state.users[act.user_ids[0]]
        here = call.running.of_user(user.id) if call.running else []
        seen = {
            "kick": accepted and not here,  # people also leave by themselves
            "block": user.id in call.blocked_user_ids,
            "unblock": user.id not in call.blocked_user_ids,
            "ban": user.banned,
            "unban": not user.banned,
            "deactivate_user": user.deactivated_at is not None,
            "reactivate_user": user.deactivated_at is None,
        }
        if spec.mutes:  # of a track that nobody sends, nothing shows that it was muted
            return (
                accepted
                and bool(set(spec.tracks) & set(_TRACKS))
                and not any(presence.live.intersection(spec.tracks) for presence in here)
            )
        if spec.grants or spec.revokes:
            return False  # nothing of Stream's tells what somebody else may do in a call
        return seen.get(act.kind, False)

    def _let_in(self, cid: str, target: str) -> None:
        self.world.sanctions.unblock(cid, target, "host")
        self._join(cid, target)

    def _unmute(self, cid: str, target: str) -> None:
        call = self.world.state.call(cid)
        for presence in call.running.of_user(target) if call.running else ():
            for track in _TRACKS:
                self.world.attendance.publish(cid, presence.user_session_id, track)
