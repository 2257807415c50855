"""What happens in one chat channel only (STREAM.md 12.7)."""

from typing import ClassVar

from console.engine.wire.bounded import Id, Texts
from console.engine.wire.events import Event, User, UserBanned, UserUnbanned
from console.engine.wire.limits import MAX_REASON
from console.engine.wire.timestamps import Moment


class ChannelEvent(Event, frozen=True, kw_only=True):
    """What every event of one chat channel has."""

    cid: Id


class ChannelBanned(ChannelEvent, frozen=True, kw_only=True):
    """A ``user.banned`` that holds in one channel only; the app is another matter."""

    texts: ClassVar[Texts] = (("reason", MAX_REASON, "Reasons"),)

    user: User
    created_by: User | None = None
    reason: str | None = None
    expiration: Moment | None = None
    shadow: bool = False

    @property
    def type(self) -> str:
        return "user.banned"


class ChannelUnbanned(ChannelEvent, frozen=True, kw_only=True):
    """A ``user.unbanned`` of one channel."""

    user: User
    created_by: User | None = None

    @property
    def type(self) -> str:
        return "user.unbanned"


def of_its_channel(event: Event) -> Event:
    """``event``, or the ban from one channel, or its end, that it is: Stream calls these as it
    calls those of the app.
    """
    if isinstance(event, UserBanned) and event.cid:
        return ChannelBanned(
            created_at=event.created_at,
            cid=event.cid,
            user=event.user,
            created_by=event.created_by,
            reason=event.reason,
            expiration=event.expiration,
            shadow=event.shadow,
        )
    if isinstance(event, UserUnbanned) and event.cid:
        return ChannelUnbanned(
            created_at=event.created_at,
            cid=event.cid,
            user=event.user,
            created_by=event.created_by,
        )
    return event
