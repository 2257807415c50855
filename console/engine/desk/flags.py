"""Escalated items, one after the other, into Stream's review queue (STREAM.md 6.8)."""

import asyncio
from collections.abc import Callable
from typing import Any

from console.base.clock import Clock
from console.domain.raised import MAX_NOTE, RaisedItem
from console.engine.sources.registry import check_request
from console.engine.wire.asking import AskingAs
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError

FLAG = "/api/v2/moderation/flag"
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0
UNNAMED = "unknown"
"""Stands for the id of the queue's item where Stream names none."""


def flag_body(one: RaisedItem, actor: str) -> dict[str, Any]:
    """What Stream is told: the same entity that it was asked to check, so that both are one item.

    It holds what was said, who said it and in which call, and the moderator's reason.
    """
    entity = check_request(one.item)
    body: dict[str, Any] = {
        "entity_type": entity.entity_type,
        "entity_id": entity.entity_id,
        "entity_creator_id": entity.entity_creator_id,
        "moderation_payload": entity.moderation_payload,
        "reason": one.handling.note[:MAX_NOTE] or "A moderator of the call escalated it.",
    }
    return body | ({"user_id": actor} if actor else {})


class Flags:
    """Sends what waits, and tries again where it may help.

    Args:
        waiting: the escalated items that Stream does not know yet.
        flagged: called with an item's id, the id of the item of the queue, and "" ; or with no id
            and why Stream does not take it.
    """

    def __init__(
        self,
        gateway: AskingAs,
        clock: Clock,
        waiting: Callable[[], list[RaisedItem]],
        flagged: Callable[[str, str, str], None],
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._waiting = waiting
        self._flagged = flagged
        self._wake = asyncio.Event()
        self._wake.set()

    def wake(self) -> None:
        """Something waits."""
        self._wake.set()

    async def run(self) -> None:
        """Flag whatever waits, for as long as this runs."""
        failures = 0
        while True:
            await self._wake.wait()
            waiting = self._waiting()
            if not waiting:
                self._wake.clear()
                continue
            try:
                await self._flag(waiting[0])
                failures = 0
            except StreamRefusedError as error:
                failures += 1
                pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(failures - 1, 10))
                wait = error.retry_after if isinstance(error, RateLimitedError) else pause
                await self._clock.sleep(wait)

    async def _flag(self, one: RaisedItem) -> None:
        """Raises StreamRefusedError where it may be tried again."""
        try:
            body = flag_body(one, self._gateway.actor)
        except KeyError:  # a newer version left it in the store
            sentence = "This version does not know how to escalate what is no text."
            self._flagged(one.item_id, "", sentence)
            return
        try:
            answer = await self._gateway.ask("POST", FLAG, body)
        except StreamRefusedError as error:
            if error.retryable:
                raise
            self._flagged(one.item_id, "", f"Stream did not take it: {error.sentence}")
            return
        item_id = answer.get("item_id")
        self._flagged(one.item_id, item_id if isinstance(item_id, str) and item_id else UNNAMED, "")
