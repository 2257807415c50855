"""The target lock: an act binds to a person and a session when the press begins, not to a row."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from console.base.plain_text import visible
from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.call import Call, Participant
from console.domain.item import MESSAGE, Item
from console.domain.names import plain_name

NAME_LENGTH = 60


class Target(Struct, frozen=True, kw_only=True):
    """Whom an act would hit; made at press begin and never changed by what the rows do after.

    With an empty ``user_id`` it is the call as a whole, with an empty ``cid`` a person of whom no
    call is known. ``name`` and ``call_name`` are hostile. ``banned``: Stream lists them as banned.
    ``message``: what of theirs in the chat was chosen with them.
    """

    cid: str
    session_id: str = ""
    user_id: str = ""
    user_session_id: str = ""
    name: str = ""
    call_name: str = ""
    banned: bool = False
    message: Item | None = None


Aim: TypeAlias = Target | tuple[Target, ...]
"""Whom a press is for: one person or call, or several people of one call."""


def target_of_call(call: Call) -> Target:
    """The call as a whole."""
    return Target(cid=call.cid, session_id=call.session_id, call_name=call.name)


def target_of_person(person: Participant, call: Call | None) -> Target:
    """One person in the session they are listed in."""
    return Target(
        cid=person.cid,
        session_id=call.session_id if call else "",
        user_id=person.user_id,
        user_session_id=person.user_session_id,
        name=person.name,
        call_name=call.name if call else person.cid,
    )


def target_of_line(item: Item, call: Call | None) -> Target:
    """The speaker of a line, in the session the line was spoken in."""
    return Target(
        cid=item.cid,
        session_id=item.session_id,
        user_id=item.author_id,
        name=item.author_name,
        call_name=call.name if call else item.cid,
        message=item if item.kind == MESSAGE else None,
    )


def clipped(name: str) -> str:
    """A name safe to look at and never longer than a line of a dialog."""
    return _cut(visible(name))


def _cut(shown: str) -> str:
    return shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - 1] + "…"


def names_of(targets: Sequence[Target], most: int = 5) -> str:
    """Who they are, safe to look at: the first ``most`` by name, then how many more."""
    names = [_cut(plain_name(target.name, target.user_id)) for target in targets[:most]]
    more = len(targets) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def compose_act(
    kind: str,
    targets: Sequence[Target],
    *,
    at: float,
    by: str = "",
    **details: Any,
) -> Act:
    """The act ``kind`` on ``targets``, all of one call, with a new idempotency id.

    ``details``: further fields of the act.

    Raises:
        ValueError: no target, several calls, or a kind that takes one person only.
    """
    if not targets:
        raise ValueError("an act needs a target")
    if len({target.cid for target in targets}) != 1:
        raise ValueError("an act concerns one call")
    spec = spec_of(kind)
    people = tuple(target for target in targets if target.user_id)
    if spec.scope is Scope.CALL and not spec.for_each:
        people = ()
    elif spec.for_each and not people:
        pass  # on everybody, whom the engine names
    elif len(people) != len(targets):
        raise ValueError(f"{kind} needs a person")
    elif len(people) > 1 and not spec.many:
        raise ValueError(f"{kind} takes one person at a time")
    first = targets[0]
    if spec.of_message and first.message is not None:
        details = {"item": first.message, **details}
    return Act(
        act_id=uuid.uuid4().hex,
        kind=kind,
        cid=first.cid,
        requested_at=at,
        session_id=first.session_id,
        call_name=first.call_name,
        user_ids=tuple(target.user_id for target in people),
        names=tuple(target.name for target in people),
        by=by,
        **details,
    )


def compose_undo(act: Act, *, at: float, by: str = "", together: str = "") -> Act:
    """The act that takes ``act`` back; ``together`` where it is one of several that do.

    Raises:
        ValueError: Stream's API has no way back from this kind of act.
    """
    undo = spec_of(act.kind).undo
    if undo is None:
        raise ValueError(f"{act.kind} has no undo")
    return replace(
        act,
        act_id=uuid.uuid4().hex,
        kind=undo,
        requested_at=at,
        minutes=None,
        reason="",
        ip_ban=False,
        undo_of=act.act_id,
        together=together,
        by=by,
        rule="",
    )
