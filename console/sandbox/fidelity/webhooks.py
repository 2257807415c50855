"""Posts events to the app's own servers: signed, in order, repeated after a failure.

STREAM.md 3.7. Sources say three tries, and five elsewhere (?): here three where the next answer may
be better, two where no connection can be made, six seconds each, fifteen in all.
"""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import Any

import aiohttp

from console.base.tasks import Tasks
from console.sandbox.events import WorldEvent
from console.sandbox.fidelity import envelopes
from console.sandbox.fidelity.hooks import Hook
from console.sandbox.timestamps import Form, Stamp, encode
from console.sandbox.tokens import AppKeys
from console.sandbox.world import World

log = logging.getLogger(__name__)

MAX_WAITING = 20_000
MESSAGES_KEPT = 2_000
_AGAIN = frozenset({408, 429, *range(500, 600)})


@dataclass(slots=True, frozen=True)
class Patience:
    """How often and how long a delivery is tried. Times in seconds."""

    tries: int = 3
    tries_without_connection: int = 2
    each: float = 6.0
    in_all: float = 15.0
    pause: float = 1.0


@dataclass(slots=True, frozen=True)
class Delivery:
    """One event for one hook. ``id`` stays the same however often it is tried."""

    id: str
    type: str
    body: bytes


class Webhooks:
    """Delivers events to hooks, one after the other for each hook.

    Attributes:
        form: of times; samples show both (?), the Python SDK reads only nanoseconds.
        messages: hook id -> what lies in its queue or was published on its topic.
    """

    def __init__(self, world: World, keys: AppKeys, patience: Patience | None = None) -> None:
        self._world = world
        self._keys = keys
        self._patience = patience or Patience()
        self._waiting: dict[str, deque[Delivery]] = {}
        self._working: set[str] = set()
        self._tasks = Tasks()
        self.form = Form.NANOSECONDS_FULL
        self.messages: dict[str, deque[dict[str, Any] | str]] = {}
        world.state.events.deliver_by(self._deliver)

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be delivered."""
        return not self._working and not any(self._waiting.values())

    async def settled(self) -> None:
        """Return once nothing waits any more."""
        while not self.idle:
            self._wake()
            await asyncio.sleep(0.005)

    async def close(self) -> None:
        """Stop delivering; what waits is not sent."""
        await self._tasks.close()

    def _deliver(self, event: WorldEvent) -> None:
        if not event.on_wire:
            return
        wanting = [hook for hook in self._world.hooks if hook.wants(event.type)]
        if not wanting:
            return
        document: dict[str, Any] = {"type": event.type, "created_at": Stamp(event.at)}
        if event.cid:
            document["call_cid"] = event.cid
        body = encode({"custom": {}, **document, **event.payload}, self.form)
        for hook in wanting:
            self._put(hook, Delivery(self._world.state.new_id("webhook"), event.type, body))

    def _put(self, hook: Hook, delivery: Delivery) -> None:
        counters = self._world.state.counters.webhooks
        if hook.hook_type != "webhook":
            kept = self.messages.setdefault(hook.id, deque(maxlen=MESSAGES_KEPT))
            kept.append(self._message(hook, delivery))
            counters["delivered"] += 1
            return
        waiting = self._waiting.setdefault(hook.id, deque())
        if len(waiting) >= MAX_WAITING:
            counters["dropped"] += 1
            return
        waiting.append(delivery)
        self._wake()

    def _message(self, hook: Hook, delivery: Delivery) -> dict[str, Any] | str:
        text = envelopes.as_text(delivery.body, compressed=self._world.hooks.compressed)
        if hook.hook_type == "sns":
            return envelopes.sns_notification(
                text, message_id=delivery.id, topic=hook.target, at=self._world.state.now()
            )
        return envelopes.sqs_message(
            text,
            message_id=delivery.id,
            api_key=self._keys.api_key,
            signed=envelopes.signature(delivery.body, self._keys.api_secret),
        )

    def _wake(self) -> None:
        """Start a task for what waits. Without a running loop a later event starts it."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        for hook_id, waiting in self._waiting.items():
            if waiting and hook_id not in self._working:
                self._working.add(hook_id)
                self._tasks.spawn(self._work(hook_id), name="webhook")

    async def _work(self, hook_id: str) -> None:
        """Deliver what waits for one hook, in order, until nothing does."""
        try:
            async with aiohttp.ClientSession() as session:
                while self._waiting[hook_id]:
                    delivery = self._waiting[hook_id].popleft()
                    hook = next((one for one in self._world.hooks if one.id == hook_id), None)
                    if hook is not None:
                        await self._try(session, hook, delivery)
        finally:
            self._working.discard(hook_id)

    async def _try(self, session: aiohttp.ClientSession, hook: Hook, delivery: Delivery) -> None:
        counters, patience = self._world.state.counters.webhooks, self._patience
        until = asyncio.get_running_loop().time() + patience.in_all
        most, attempt = patience.tries, 0
        while True:
            attempt += 1
            status = await self._post(session, hook, delivery, attempt)
            if 200 <= status < 300:
                counters["delivered"] += 1
                return
            if not status:
                most = patience.tries_without_connection
            late = asyncio.get_running_loop().time() + patience.pause > until
            if attempt >= most or late or (status and status not in _AGAIN):
                break
            counters["retried"] += 1
            await asyncio.sleep(patience.pause)
        counters["failed"] += 1
        log.warning("a webhook was given up after %d tries: %s", attempt, delivery.type)

    async def _post(
        self, session: aiohttp.ClientSession, hook: Hook, delivery: Delivery, attempt: int
    ) -> int:
        """The status of the answer; 408 when it takes too long, 0 without a connection."""
        head = envelopes.headers(
            delivery.body,
            api_key=self._keys.api_key,
            secret=self._keys.api_secret,
            hook_id=delivery.id,
            attempt=attempt,
        )
        body = delivery.body
        if self._world.hooks.compressed:
            body = envelopes.packed(body)
            head["Content-Encoding"] = "gzip"
        each = min(self._patience.each, (hook.timeout_ms or 60_000) / 1000)
        try:
            async with asyncio.timeout(each):
                async with session.post(
                    hook.target, data=body, headers=head, allow_redirects=False
                ) as answer:
                    return answer.status
        except TimeoutError:
            return 408
        except (aiohttp.ClientError, OSError):
            return 0
