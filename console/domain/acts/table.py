"""The one table of acts. Buttons, menus, keys, the palette, help, log and engine read it."""

from console.base.plain_text import visible
from console.domain.acts import (
    account,
    appearance,
    ban,
    beside_call,
    block,
    call,
    call_settings,
    chat,
    flag,
    kick,
    member,
    mute,
    on_air,
    permission,
    queue,
    request,
    suspension,
    warn,
)
from console.domain.acts.spec import ActSpec, Scope

ACTS: tuple[ActSpec, ...] = (
    *mute.ACTS,
    *permission.ACTS,
    *request.ACTS,
    *warn.ACTS,
    *flag.ACTS,
    *kick.ACTS,
    *block.ACTS,
    *ban.ACTS,
    *account.ACTS,
    *appearance.ACTS,
    *chat.ACTS,
    *mute.EVERYONE,
    *suspension.ACTS,
    *call_settings.ACTS,
    *on_air.ACTS,
    *beside_call.ACTS,
    *member.ACTS,
    *call.ACTS,
    *queue.ACTS,
)

_BY_KIND = {spec.kind: spec for spec in ACTS}


def is_known(kind: str) -> bool:
    """Whether this version can do acts of this kind."""
    return kind in _BY_KIND


def spec_of(kind: str) -> ActSpec:
    """The row of ``kind``.

    A kind that only a newer version knows, as its store may hold it, gets a row that describes it
    and offers nothing.
    """
    known = _BY_KIND.get(kind)
    if known is not None:
        return known
    return ActSpec(
        kind=kind,
        scope=Scope.PERSON,
        label=visible(kind.replace("_", " ")).capitalize() or "Unknown act",
        done="did something to {who} that this version does not know",
        consequence="This version does not know this act.",
    )
