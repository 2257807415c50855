"""Finds people of a call who may have come together: lately, or alike in names or lines."""

import asyncio
from typing import ClassVar

from console.domain.alike import MOST_LINES, lines_alike, names_alike
from console.domain.call import Participant
from console.domain.item import SAID
from console.engine.services.service import Service
from console.protocol.raid import AskRaid, RaidAnswer

MOST_GROUPS = 10


def joined_since(people: list[Participant], since: float) -> tuple[str, ...]:
    """Ids of those whose first device joined at ``since`` or later (unix seconds), in order."""
    first: dict[str, float] = {}
    for person in people:
        first[person.user_id] = min(person.joined_at, first.get(person.user_id, float("inf")))
    return tuple(
        user for user, at in sorted(first.items(), key=lambda each: each[1]) if at >= since
    )


class Raid(Service):
    """Answers AskRaid. It chooses nobody and does nothing."""

    handles: ClassVar = (AskRaid,)

    async def answer(self, message: AskRaid) -> RaidAnswer:
        me, everyone = self.context.user_id, self.context.directory.everyone(message.cid)
        people = [p for p in everyone if p.user_session_id and p.user_id != me]
        here = {person.user_id for person in people}
        recent = await self.context.store.recent_items((message.cid,), MOST_LINES)
        items = [judged.item for judged in recent if judged.item.kind in SAID]
        said = [(item.author_id, item.text) for item in items if item.author_id in here]
        # Thousands of names are compared, which must not hold up what is heard.
        names = await asyncio.to_thread(names_alike, [(p.user_id, p.name) for p in people])
        lines = await asyncio.to_thread(lines_alike, said)
        since = self.context.clock.now() - message.minutes * 60
        return RaidAnswer(
            message.request_id,
            cid=message.cid,
            minutes=message.minutes,
            joined=joined_since(people, since),
            names=names[:MOST_GROUPS],
            lines=lines[:MOST_GROUPS],
        )
