"""Members of a call: one request for all of them, and a list that shows them."""

from typing import Any, ClassVar

from console.domain.acts.member import ACTS, ADD_MEMBER, REMOVE_MEMBER, SET_MEMBER_ROLE
from console.engine.acts.families.family import NOBODY, ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event
from console.engine.wire.member_events import MemberAdded, MemberRemoved, MemberUpdated
from console.engine.wire.members import members_page
from console.engine.wire.paths import call_path


class Member(Family):
    """The list of members of one call (STREAM.md 4.4)."""

    acts = ACTS
    proofs: ClassVar = {
        ADD_MEMBER: (MemberAdded, MemberUpdated),
        SET_MEMBER_ROLE: (MemberAdded, MemberUpdated),
        REMOVE_MEMBER: (MemberRemoved,),
    }
    repeat: ClassVar = RepeatRule(
        harm="Somebody whom a colleague put on the list or took off it again is so once more.",
        looked_at="the list of members names them with that role, or does not name them",
        not_done="the list is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the list of members does not show it.",
    )

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        act = entry.act
        body: dict[str, Any] = {"remove_members": list(left)}
        if act.kind != REMOVE_MEMBER:
            role = {"role": act.role} if act.role else {}
            body = {"update_members": [{"user_id": user_id, **role} for user_id in left]}
        return [ActRequest(call_path(act.cid, "members"), left, body)]

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if isinstance(event, MemberRemoved):
            return frozenset(event.members)
        if not isinstance(event, MemberAdded | MemberUpdated):
            return NOBODY
        role = entry.act.role
        return frozenset(m.user_id for m in event.members if role in ("", m.role))

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        page = await members_page(stream, entry.act.cid, user_ids=sorted(left))
        role = entry.act.role
        there = {m.user_id for m in page.members if role in ("", m.role)}
        named = frozenset(m.user_id for m in page.members)
        done = left - named if entry.act.kind == REMOVE_MEMBER else left & there
        return Look(done=done, absent=left - done)
