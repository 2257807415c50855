"""The members of a call, a page at a time (STREAM.md 4.4)."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from console.engine.wire.asking import Asking
from console.engine.wire.bounded import CUT
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted
from console.engine.wire.limits import MAX_PAGE_TOKEN
from console.engine.wire.member_events import Member

PATH = "/api/v2/video/call/members"
PAGE = 100
"""Members in one answer, at most."""


class MembersPage(Struct, frozen=True):
    """Some members, oldest first; ``next``: where to go on, empty at the end."""

    members: tuple[Member, ...]
    next: str = ""


async def members_page(
    stream: Asking, cid: str, *, user_ids: Sequence[str] = (), next_page: str = ""
) -> MembersPage:
    """One page of the members of a call, or of those among ``user_ids``.

    Raises:
        StreamRefusedError: Stream refused.
        MalformedAnswerError: the answer holds no list of members.
    """
    kind, _, call_id = cid.partition(":")
    body: dict[str, Any] = {"type": kind, "id": call_id, "limit": PAGE}
    body["sort"] = [{"field": "created_at", "direction": 1}, {"field": "user_id", "direction": 1}]
    body["filter_conditions"] = {"user_id": {"$in": list(user_ids)}} if user_ids else {}
    if next_page:
        body["next"] = next_page
    answer = await stream.ask("POST", PATH, body)
    found = answer.get("members")
    if not isinstance(found, list):
        raise MalformedAnswerError("the answer holds no list of members")
    token = answer.get("next")
    next_page = token if isinstance(token, str) and len(token) <= MAX_PAGE_TOKEN else ""
    return MembersPage(tuple(_read(found)), next_page)


def _read(untrusted: list[Any]) -> list[Member]:
    members: list[Member] = []
    for each in untrusted[:PAGE]:
        try:
            members.append(convert_untrusted(each, Member))
        except msgspec.ValidationError:
            CUT.note("Members whose entry could not be read were left out.")
    return members
