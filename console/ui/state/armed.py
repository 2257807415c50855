"""What weighs much is armed by a first press and done by a second one. Pure."""

from typing import TypeAlias

from msgspec import Struct

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Call
from console.ui.state.call_words import reach
from console.ui.state.targets import Target, clipped, names_of

ARMED_S = 5.0
"""So long an armed act waits for its second press."""

SETTLE_S = 0.25
"""A click on what has only just appeared under the hand does not count."""

READ_S = 1.5
"""A press so soon after a question is a habit and no answer to it."""

UNASKED = 10
"""An act that can be taken back as one is done at once to up to so many people."""

ActWish: TypeAlias = tuple[str, tuple[Target, ...]]
"""Kind and targets of an act."""


class Armed(Struct, frozen=True, kw_only=True):
    """What would be done, between the first press and the second or while it is held.

    Attributes:
        asks: it is a question that has to be read: a press within ``READ_S`` does not answer it.
        wish: what is wanted, so that a second press is known as one: an ``ActWish``, or any other
            tuple that begins with the name of what is wanted.
        words: what would be done and to whom, safe to look at: ``Kick Dorian Pike``.
        title: the same in one or two words, for small buttons.
        consequence: one sentence on what it does; may be empty.
        since: when it was armed (monotonic seconds).
        due: when it is done by itself (monotonic seconds); 0.0 while it waits for a press.
    """

    wish: tuple[object, ...]
    words: str
    title: str
    consequence: str = ""
    asks: bool = False
    since: float = 0.0
    due: float = 0.0

    @property
    def name(self) -> str:
        """The kind of the act, or the name of what else is wanted."""
        return str(self.wish[0])


def arms_first(spec: ActSpec, people: int, *, pointed: bool) -> bool:
    """Whether a press for an act on so many people only arms it.

    ``pointed``: the press was a click on a button that names the act, so the hand meant it.
    """
    if spec.weight is Weight.GUARDED or people > UNASKED:
        return True
    if spec.weight is Weight.ARMED:
        return not pointed or people > 1
    return people > 1 and spec.reversal not in (Reversal.EXACT, Reversal.THEIRS)


def armed_words(spec: ActSpec, targets: tuple[Target, ...], call: Call | None) -> tuple[str, str]:
    """What would be done and to whom, and what it costs; both safe to look at.

    ``call``: of the first target, where it is known.
    """
    if spec.scope is not Scope.CALL:
        return spec.wanted(names_of(targets)), f"{spec.consequence} {spec.reversal.sentence}"
    where = clipped(targets[0].call_name or targets[0].cid)
    if call is None:
        return f"{spec.title} in {where}", spec.consequence
    people = reach(call)
    costs = spec.question.format(people=people, consequence=spec.consequence)
    return f"{spec.title} in {where} ({people})", f"{costs} {spec.reversal.sentence}"


def armed_sentence(armed: Armed, key: str, now: float) -> str:
    """What stands on the button and on the strip: whom it would hit, and what to press.

    ``key``: as the system writes it; empty where there is none. ``now``: monotonic seconds.
    """
    if armed.due:
        return f"{armed.words} in {max(1, round(armed.due - now))} s; Esc stops"
    return f"{armed.words}: {key or armed.title} again; Esc stops"
