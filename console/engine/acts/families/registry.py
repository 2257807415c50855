"""All families of acts, and the way from an act to its family."""

from collections.abc import Collection

from console.domain.acts.table import spec_of
from console.engine.acts.families.account import Account
from console.engine.acts.families.appearance import Appearance
from console.engine.acts.families.ban import Ban
from console.engine.acts.families.beside_call import BesideCall
from console.engine.acts.families.block import Block
from console.engine.acts.families.call import WholeCall
from console.engine.acts.families.call_settings import CallSettings
from console.engine.acts.families.chat_ban import ChatBan
from console.engine.acts.families.chat_message import ChatMessage
from console.engine.acts.families.chat_mute import ChatMute
from console.engine.acts.families.family import NOBODY, ActRequest, Family, People
from console.engine.acts.families.flag import Flag
from console.engine.acts.families.kick import Kick
from console.engine.acts.families.member import Member
from console.engine.acts.families.mute import Mute
from console.engine.acts.families.on_air import OnAir
from console.engine.acts.families.permission import Permission
from console.engine.acts.families.queue import QueueItem
from console.engine.acts.families.slow_mode import SlowMode
from console.engine.acts.families.suspension import Suspension
from console.engine.acts.families.warn import Warn
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import CallEvent, Event, User

FAMILIES: tuple[Family, ...] = (
    Mute(),
    Permission(),
    Warn(),
    Flag(),
    Kick(),
    Block(),
    Ban(),
    Account(),
    Appearance(),
    WholeCall(),
    Suspension(),
    CallSettings(),
    OnAir(),
    BesideCall(),
    Member(),
    QueueItem(),
    ChatMessage(),
    ChatBan(),
    ChatMute(),
    SlowMode(),
)

_FAMILY_OF = {spec.kind: family for family in FAMILIES for spec in family.acts}

PROOFS = tuple({event for family in FAMILIES for some in family.proofs.values() for event in some})
"""The only events that prove anything."""


def family_of(kind: str) -> Family:
    """The family of a kind of the table.

    Raises:
        KeyError: the kind is of a newer version; such an act is refused before it is sent.
    """
    return _FAMILY_OF[kind]


def requests_of(entry: Entry, done: Collection[str], actor: str) -> list[ActRequest]:
    """The requests that are left to do, without the people for whom it is ``done``."""
    left = tuple(target for target in entry.act.targets if target not in done)
    return family_of(entry.act.kind).requests(entry, left, actor) if left else []


def shown_by(event: Event, entry: Entry, me: str) -> People:
    """The targets of the act for whom ``event`` shows that it is done."""
    family = family_of(entry.act.kind)
    if not isinstance(event, family.proofs[entry.act.kind]):
        return NOBODY
    if isinstance(event, CallEvent) and event.call_cid != entry.act.cid:
        return NOBODY
    return family.shown_by(event, entry, me) & entry.targets


def touched_by(event: Event, entry: Entry) -> People:
    """The targets of whom ``event`` tells that somebody changed what the act changes, or back."""
    proofs = family_of(entry.act.kind).proofs
    both = (entry.act.kind, spec_of(entry.act.kind).undo or "")
    user = getattr(event, "user", None)
    if not isinstance(user, User) or not any(
        isinstance(event, proofs.get(kind, ())) for kind in both
    ):
        return NOBODY
    if isinstance(event, CallEvent) and event.call_cid != entry.act.cid:
        return NOBODY
    return frozenset((user.id,)) & entry.targets
