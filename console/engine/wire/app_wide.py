"""Bans of the app and users who block each other, as Stream lists them (STREAM.md 5.5, 5.6)."""

from typing import Any, ClassVar, TypeVar

import msgspec
from msgspec import Struct

from console.engine.wire.bounded import CUT, Bounded, Texts
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted
from console.engine.wire.events import User
from console.engine.wire.limits import MAX_REASON
from console.engine.wire.timestamps import Moment

BANS = "/api/v2/chat/query_banned_users"
BLOCKS = "/api/v2/users/block"
UNBLOCK = "/api/v2/users/unblock"
PAGE = 100
"""Bans in one answer."""

MOST_BLOCKS = 1_000
"""Blocks of one user that are shown."""

T = TypeVar("T")


class BanEntry(Bounded, frozen=True):
    """BanResponse. ``channel``: only there is it in force."""

    texts: ClassVar[Texts] = (("reason", MAX_REASON, "Reasons"),)

    user: User
    banned_by: User | None = None
    created_at: Moment = Moment()
    expires: Moment | None = None
    reason: str | None = None
    shadow: bool = False
    channel: Any = None


class BlockEntry(Struct, frozen=True):
    """BlockedUserResponse."""

    blocked_user_id: str
    blocked_user: User | None = None
    created_at: Moment = Moment()


def bans_query(skip: int) -> dict[str, str]:
    """The query for one page of bans, the latest first."""
    payload = {
        "filter_conditions": {},
        "limit": PAGE,
        "offset": skip,
        "sort": [{"field": "created_at", "direction": -1}],
    }
    return {"payload": msgspec.json.encode(payload).decode()}


def read_entries(untrusted: dict[str, Any], name: str, kind: type[T], most: int) -> list[T]:
    """The entries of a list in an answer; malformed ones are left out and counted.

    Raises:
        MalformedAnswerError: there is no such list.
    """
    found = untrusted.get(name)
    if not isinstance(found, list):
        raise MalformedAnswerError(f"the answer holds no {name}")
    entries: list[T] = []
    for each in found[:most]:
        try:
            entries.append(convert_untrusted(each, kind))
        except msgspec.ValidationError:
            CUT.note(f"Entries of {name} that could not be read were left out.")
    return entries
