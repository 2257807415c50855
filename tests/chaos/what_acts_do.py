"""What an act does in the sandbox, in the words of the log of what was carried out. Pure."""

from console.domain.act import Act
from console.domain.acts import beside_call, call_settings, member, on_air, queue
from console.domain.acts.appearance import RESTORE_NAME, RESTORE_PICTURE
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, spec_of

_WORDS = {
    "deactivate_user": "deactivate",
    "reactivate_user": "reactivate",
    "end_call": "mark_ended",
}
_OPPOSITES = {
    "block": "unblock",
    "ban": "unban",
    "deactivate": "reactivate",
}
_OPPOSITES |= {there: back for back, there in _OPPOSITES.items()}

_OFTEN = {
    "kick": 8,
    "block": 8,
    "unblock": 4,
    "ban": 6,
    "unban": 4,
    "suspend_call": 4,
    "take_microphones": 4,
}

_NOT_FOLLOWED = {
    spec.kind
    for module in (call_settings, on_air, beside_call, member, queue)
    for spec in module.ACTS
}
_ONLY_UNDO = {RESTORE_NAME, RESTORE_PICTURE}

WEIGHTS = {
    spec.kind: _OFTEN.get(spec.kind, 1 if spec.scope is Scope.CALL else 2)
    for spec in ACTS
    if not (
        (spec.for_each and spec.grants) or spec.timed or spec.kind in _NOT_FOLLOWED | _ONLY_UNDO
    )
}
"""How often each kind of act is asked for. Those on a call's settings and members, and on items of
the review queue, have tests of their own: what they did is in no log of people. So have those that
give back what was taken from everybody, which needs an act before them, and those for a time, after
which the engine itself acts. A name or a picture is only put back where it was taken."""

REPEAT_HARMS = (
    "kick",
    "block",
    "unblock",
    "ban",
    "unban",
    "deactivate",
    "reactivate",
    "grant",
    "revoke",
)
"""What may not be done twice once somebody put it back between; first words of what is done."""


def what_is_done(act: Act) -> tuple[str, ...]:
    """What carrying ``act`` out does to each of its people."""
    spec = spec_of(act.kind)
    if spec.mutes:
        return tuple(f"mute {track}" for track in spec.tracks)
    if spec.grants or spec.revokes:
        verb = "grant" if spec.grants else "revoke"
        return tuple(f"{verb} {name}" for name in spec.permissions_of(act))
    return (_WORDS.get(act.kind, act.kind),)


def opposite(what: str) -> str:
    """What puts back what ``what`` did; empty where nothing does."""
    verb, _, permission = what.partition(" ")
    if verb in ("grant", "revoke"):
        return f"{'revoke' if verb == 'grant' else 'grant'} {permission}"
    return _OPPOSITES.get(what, "")


def repeat_harms(what: str) -> bool:
    """Whether it harms to do ``what`` again after somebody put it back."""
    return what.partition(" ")[0] in REPEAT_HARMS
