"""What is fixed about a kind of act. Each family of acts states it in its own module."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from console.domain.act import Act
from console.domain.call import PERMISSION_OF_TRACK, Call, Participant


class Scope(StrEnum):
    """What an act is aimed at."""

    PERSON = "person"
    REQUEST = "request"
    CALL = "call"
    ITEM = "item"


class Weight(StrEnum):
    """How much an act asks of the hand.

    LIGHT is done at once. A key only arms what is ARMED and the same key does it, while a click on
    the button that names it does it at once. GUARDED is armed by key and click alike. DETAILS opens
    a form.
    """

    LIGHT = "light"
    ARMED = "armed"
    GUARDED = "guarded"
    DETAILS = "details"


class Reversal(StrEnum):
    """What can be taken back of an act, known before it is done.

    EXACT: its undo puts back what it changed. PARTLY: its undo ends what it set, and what happened
    meanwhile stays. THEIRS: only the person can take it back. NONE: there is no way back.
    """

    EXACT = "exact"
    PARTLY = "partly"
    THEIRS = "theirs"
    NONE = "none"

    @property
    def sentence(self) -> str:
        """What can be taken back, for somebody who is about to act."""
        return _REVERSALS[self]


_REVERSALS = {
    Reversal.EXACT: "Undo puts back what it changed.",
    Reversal.PARTLY: "Undo ends it; what happened meanwhile stays.",
    Reversal.THEIRS: "No undo: only they can turn it on again.",
    Reversal.NONE: "No undo.",
}


CHANGED = ("changed",)
"""Stands for a change that has no permissions: blocked, banned."""


def never_refused(_spec: "ActSpec", _person: Participant) -> str:
    """The refusal of acts that nothing known of a person speaks against."""
    return ""


def call_never_refused(_spec: "ActSpec", _call: Call) -> str:
    """The refusal of acts that nothing known of a call speaks against."""
    return ""


def unless_refused(spec: "ActSpec", _act: Act, person: Participant) -> tuple[str, ...]:
    """The changes of acts that are refused exactly where they would change nothing."""
    return () if spec.refusal(spec, person) else CHANGED


class ActSpec(Struct, frozen=True, kw_only=True):
    """One row of the table of acts.

    Attributes:
        kind: its name on the wire and in the store, so it never changes.
        label: on buttons and in menus. short: on small buttons; the label where it is empty.
        done: past tense for the log, ``{who}`` is filled in.
        imperative: what is about to be done, with ``{who}``; label and names where it is empty.
        consequence: one sentence on what it does and what it does not.
        question: what is said before a whole call is hit; ``{people}`` and ``{consequence}``.
        reversal: what of it can be taken back.
        key: default shortcut in Qt's portable notation; empty for none.
        icon: name of its picture; empty for none.
        row: the row of the person card's buttons it stands in, named by the row's icon.
        quick: offered right at the target: on lines for people, above the transcript for calls.
        severe: shown in the colour of danger.
        capability: what a user token needs (STREAM.md 4.6); empty when none is documented.
        needs_secret: only an app secret may do it, no user token (STREAM.md 1.5).
        undo: the kind that takes it back; None where the API has no way back.
        tracks, permission: what it concerns, empty when not applicable.
        mutes: it turns ``tracks`` off, and the person may turn them on again.
        grants, revokes: it gives or takes away ``permission``, or what the request asks for.
        many: one act, with one receipt, takes several people.
        for_each: on a call it is done to each person in it, whom the engine names where the act
            names nobody; for their former rights it is the engine that knows them.
        of_people: on a call it concerns those who are in it, and is void where nobody is.
        app_wide: it holds in every call of the app, so it needs none.
        of_one_session: it is meant for the session its target was seen in, never for a later one.
        sanction: it may be an answer to what the person did; to what of it, domain.answered says.
        answers: of APPEARANCE, the kinds that it may be an answer to.
        timed: it may be given a time, which the engine keeps, because Stream does not.
        of_message: it is done to one chat message of the person, which the act names as its item.
        of_chat: it is done in the chat channel of the call, which the engine fills in.
        refusal: one sentence on why it cannot be done to a person now, or "".
        call_refusal: one sentence on why it cannot be done to a call now, or "".
        changes: what it changes for a person as they are before it: names of permissions, or
            CHANGED; empty for nothing. Asked only where an undo exists.
    """

    kind: str
    scope: Scope
    label: str
    done: str
    consequence: str
    short: str = ""
    imperative: str = ""
    question: str = "Concerns {people}. {consequence}"
    key: str = ""
    icon: str = ""
    row: str = ""
    quick: bool = False
    severe: bool = False
    weight: Weight = Weight.LIGHT
    reversal: Reversal = Reversal.NONE
    capability: str = ""
    needs_secret: bool = False
    undo: str | None = None
    tracks: tuple[str, ...] = ()
    permission: str = ""
    mutes: bool = False
    grants: bool = False
    revokes: bool = False
    many: bool = False
    for_each: bool = False
    of_people: bool = True
    app_wide: bool = False
    of_one_session: bool = False
    sanction: bool = False
    answers: frozenset[str] = frozenset()
    timed: bool = False
    of_message: bool = False
    of_chat: bool = False
    refusal: Callable[["ActSpec", Participant], str] = never_refused
    call_refusal: Callable[["ActSpec", Call], str] = call_never_refused
    changes: Callable[["ActSpec", Act, Participant], tuple[str, ...]] = unless_refused

    @property
    def title(self) -> str:
        """The label without the dots that announce a form."""
        return self.label.rstrip("…")

    def wanted(self, who: str) -> str:
        """What is about to be done to ``who``: ``Kick Dorian Pike``."""
        return (self.imperative or f"{self.title} {{who}}").format(who=who)

    def permissions_of(self, act: Act) -> tuple[str, ...]:
        """The permissions that ``act`` grants or revokes; empty for other acts."""
        if not (self.grants or self.revokes):
            return ()
        if self.for_each:
            return tuple(PERMISSION_OF_TRACK[track] for track in self.tracks)
        return (self.permission,) if self.permission else act.permissions
