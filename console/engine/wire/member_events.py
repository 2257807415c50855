"""Events of the list of members of a call (STREAM.md 3.3), and the members themselves."""

from typing import ClassVar

from console.engine.wire.bounded import Bounded, Id, Texts
from console.engine.wire.events import CallEvent, User
from console.engine.wire.limits import MAX_WORD
from console.engine.wire.timestamps import Moment


class Member(Bounded, frozen=True):
    """MemberResponse (STREAM.md 4.5)."""

    texts: ClassVar[Texts] = (("role", MAX_WORD, "Roles"),)

    user_id: Id
    user: User | None = None
    role: str = ""
    created_at: Moment = Moment()


class MemberAdded(CallEvent, frozen=True, kw_only=True, tag="call.member_added"):
    members: tuple[Member, ...]


class MemberUpdated(CallEvent, frozen=True, kw_only=True, tag="call.member_updated"):
    members: tuple[Member, ...]


class MemberRemoved(CallEvent, frozen=True, kw_only=True, tag="call.member_removed"):
    """It carries ids alone."""

    members: tuple[Id, ...]
