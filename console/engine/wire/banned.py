"""Who is banned, from the app or from one channel, as Stream lists it (STREAM.md 12.5)."""

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from console.engine.wire.bounded import CUT, Bounded
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted
from console.engine.wire.events import User
from console.engine.wire.limits import MAX_ID, MAX_REASON
from console.engine.wire.timestamps import Moment

BANNED_USERS = "/api/v2/chat/query_banned_users"


class ListedBan(Bounded, frozen=True):
    """BanResponse. ``channel``: what it is a ban from; None for the app.

    ``shadow``: only they see what they write.
    """

    texts: ClassVar = (("reason", MAX_REASON, "Reasons"),)

    user: User
    banned_by: User | None = None
    created_at: Moment = Moment()
    expires: Moment | None = None
    reason: str | None = None
    channel: Any = None
    shadow: bool = False

    @property
    def channel_cid(self) -> str:
        """The cid of the channel it is a ban from; empty for the app and for what is no cid."""
        cid = self.channel.get("cid") if isinstance(self.channel, dict) else None
        return cid if isinstance(cid, str) and len(cid) <= MAX_ID else ""

    @property
    def of_app(self) -> bool:
        """Whether it holds in the whole app."""
        return self.channel is None


def read_bans(untrusted: Any) -> tuple[ListedBan, ...]:
    """The bans in an answer of the query; malformed ones are left out.

    Raises:
        MalformedAnswerError: the answer holds no list of bans.
    """
    if not isinstance(untrusted, dict) or not isinstance(untrusted.get("bans"), list):
        raise MalformedAnswerError("the answer holds no list of bans")
    return tuple(_bans(untrusted["bans"]))


def _bans(untrusted: list[Any]) -> Iterator[ListedBan]:
    for entry in untrusted:
        try:
            yield convert_untrusted(entry, ListedBan)
        except msgspec.ValidationError:
            CUT.note("Bans whose entry could not be read were left out.")
