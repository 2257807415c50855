"""People who leave and come back just then, and the proof of an act that Stream never sends."""

from random import Random

from tests.chaos.faults.fault import Fault, Scene

_PROOFS = (
    *("call.user_muted", "call.kicked_user", "call.blocked_user", "call.unblocked_user"),
    *("user.banned", "user.unbanned", "call.permissions_updated", "call.ended"),
    *("user.deactivated", "user.reactivated"),
)


def _leaves(scene: Scene, chance: Random) -> None:
    """Somebody who is or will be acted on leaves, and comes back a moment later."""
    target = scene.people.leave(chance.randrange(1_000))
    if target:
        scene.happened(target)
        scene.later(chance.uniform(0.05, 2.0), lambda: scene.people.come_back(target))


def _lost_proof(scene: Scene, chance: Random) -> None:
    kind = chance.choice(_PROOFS)
    scene.happened(kind)
    scene.people.world.state.faults.add("lose", kind)


def _begins_anew(scene: Scene, chance: Random) -> None:
    """A session ends and the next one begins at once: watches live on, sessions do not."""
    scene.happened()
    scene.people.begin_anew(chance.randrange(1_000))


def _shut_out(scene: Scene, chance: Random) -> None:
    """The moderator's own account is deactivated, and opened again a moment later."""
    if scene.people.shut_out():
        scene.happened()
        scene.later(chance.uniform(0.5, 3.0), scene.people.let_back)


FAULTS = (
    Fault("leaves and returns", 8, _leaves),
    Fault("session begins anew", 4, _begins_anew),
    Fault("moderator shut out", 1, _shut_out),
    Fault("lost proof", 8, _lost_proof),
)
