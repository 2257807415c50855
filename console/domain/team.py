"""What the consoles of a team tell each other. All of it is hostile text from outside. Pure.

Who said something and when is never part of it: Stream knows both, and only that counts.
"""

from collections.abc import Sequence
from typing import Annotated, NamedTuple, TypeAlias

from msgspec import Meta, Struct

from console.domain.about_person import MAX_NOTE
from console.domain.act import ReceiptState
from console.domain.raised import Step

BEAT_S = 8.0
"""A console says so often that it is there."""
GONE_S = 25.0
"""A console that was not heard for so long is gone: what it held is free within 30 s."""

MAX_ITEMS = 60
"""Items in one word; of more there are several words."""

Id = Annotated[str, Meta(max_length=512)]
_ItemId = Annotated[str, Meta(max_length=64)]
_Name = Annotated[str, Meta(max_length=200)]
_Reason = Annotated[str, Meta(max_length=500)]
_Permissions = Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(max_length=10)]
ItemIds = Annotated[tuple[_ItemId, ...], Meta(max_length=MAX_ITEMS)]


class Took(Struct, frozen=True, tag="took"):
    """Raised items are held from now on. ``over``: who held them, and knowingly lost them."""

    item_ids: ItemIds
    over: Id = ""


class GaveBack(Struct, frozen=True, tag="gave_back"):
    """Raised items are held no longer."""

    item_ids: ItemIds


class Ended(Struct, frozen=True, tag="ended"):
    """Something was decided about raised items: ``step`` ends them."""

    decision_id: Id
    step: Step
    item_ids: ItemIds
    note: _Reason = ""


class Reopened(Struct, frozen=True, tag="reopened"):
    """The decision ``decision_id`` was taken back."""

    decision_id: Id
    item_ids: ItemIds


class Acted(Struct, frozen=True, tag="acted"):
    """An act and how far it got. ``minutes`` as in Act.

    ``about``: the id of the item that it names; where an item of the review queue was decided, what
    Stream calls its content.
    """

    act_id: Id
    kind: _Name
    state: ReceiptState
    cid: Id
    at: float
    user_ids: Annotated[tuple[Id, ...], Meta(max_length=100)]
    names: Annotated[tuple[_Name, ...], Meta(max_length=100)]
    call_name: _Name = ""
    minutes: int | None = None
    reason: _Reason = ""
    undo_of: Id = ""
    undone_by: Id = ""
    ran_out: bool = False
    about: Id = ""
    together: Id = ""


class Wrote(Struct, frozen=True, tag="wrote"):
    """A note about a person, or that it was taken back."""

    note_id: Id
    user_id: Id
    text: Annotated[str, Meta(max_length=MAX_NOTE)]
    removed: bool = False


class Marked(Struct, frozen=True, tag="marked"):
    """Somebody is to be watched, or no longer."""

    user_id: Id
    name: _Name
    on: bool


class Waits(Struct, frozen=True):
    """Somebody in a suspended call, as HeldRights: the permissions that they are to get back."""

    user_id: Id
    name: _Name
    held: _Permissions
    known: bool = True


class Withheld(Struct, frozen=True, tag="withheld"):
    """A call is suspended, and this is what some of its people had.

    ``act_id``: the act that began it; ``permissions``: what nobody may have now.
    """

    cid: Id
    act_id: Id
    since: float
    permissions: _Permissions
    people: Annotated[tuple[Waits, ...], Meta(max_length=MAX_ITEMS)] = ()


class Restored(Struct, frozen=True, tag="restored"):
    """These people have everything back; with nobody named, nobody waits any more."""

    cid: Id
    act_id: Id
    user_ids: Annotated[tuple[Id, ...], Meta(max_length=MAX_ITEMS)] = ()


class PutOut(Struct, frozen=True):
    """Somebody whom a held door blocked, and the act that did it."""

    user_id: Id
    name: _Name
    act_id: Id


class HeldDoor(Struct, frozen=True, tag="held_door"):
    """Only members may come into a call, as Door; these are some of those inside and put out.

    ``since`` tells one time of holding it from another. ``held``: False while it is being opened.
    """

    cid: Id
    since: float
    held: bool = True
    inside: Annotated[tuple[Id, ...], Meta(max_length=MAX_ITEMS)] = ()
    put_out: Annotated[tuple[PutOut, ...], Meta(max_length=MAX_ITEMS)] = ()


class LetIn(Struct, frozen=True, tag="let_in"):
    """The door put out these people no longer; with nobody named, it is open."""

    cid: Id
    since: float
    user_ids: Annotated[tuple[Id, ...], Meta(max_length=MAX_ITEMS)] = ()


class Skipped(Struct, frozen=True, tag="skipped"):
    """An item of Stream's review queue was passed over."""

    item_id: Id


Word: TypeAlias = (
    Took
    | GaveBack
    | Ended
    | Reopened
    | Acted
    | Wrote
    | Marked
    | Withheld
    | Restored
    | HeldDoor
    | LetIn
    | Skipped
)
"""What is kept in the team's channel."""


class Lasting(NamedTuple):
    """What is so until somebody ends it, in words. ``by``: who began it; "" for this console."""

    by: str
    words: Sequence[Word]


class Told(Struct, frozen=True, kw_only=True):
    """One word of a console of the team.

    Attributes:
        by: the user who said it, as Stream knows them; ``name`` is how they are called.
        at: when Stream got it (unix seconds).
        ours: it comes from this console.
        moderator: whoever said it is one by their role in the app.
    """

    told_id: str
    by: str
    name: str
    at: float
    word: Word
    ours: bool = False
    moderator: bool = False


class SharedVerdict(Struct, frozen=True, kw_only=True):
    """Stream's verdict on an item, from a console that holds the secret."""

    item_id: _ItemId
    action: Annotated[str, Meta(max_length=100)]
    revision: int = 0
    labels: Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(max_length=20)] = ()
    severity: Annotated[str, Meta(max_length=20)] = ""
    confidence: float | None = None


class Colleague(Struct, frozen=True, kw_only=True):
    """A user whose console was heard lately.

    Attributes:
        cid: the call that they look at; "" for none, or for all together.
        held: how many raised items they hold.
        consoles: how many of their consoles are there.
        shares: they hold the secret and share Stream's verdicts.
        heard_at: unix seconds.
    """

    user_id: str
    name: str
    cid: str
    held: int
    consoles: int
    shares: bool
    heard_at: float


class TeamMember(Struct, frozen=True, kw_only=True):
    """Somebody who can read the team's channel. ``name`` and ``role`` are hostile."""

    user_id: str
    name: str
    role: str
