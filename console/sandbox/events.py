"""The events of the world: in their order they reach listeners first, then sockets."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, frozen=True)
class WorldEvent:
    """Something that happened.

    Types with a dot, ``custom`` too, and events of chat channels go to sockets. Others are the
    world's own, for its people: ``muted``, ``revoked``, ``granted``, ``published``,
    ``unpublished``, ``shows`` (something else before the camera), ``refused`` (a permission request
    was answered with no).

    Attributes:
        cid: the call it happened in. channel: the cid of the chat channel instead.
        payload: the event's fields on the wire, without type, created_at and call_cid.
        actor: user id of who did it; empty for the server itself.
        targets: user ids it was done to.
        tracks: audio, video, screenshare where it concerns tracks; permissions likewise.
        at: unix seconds.
    """

    type: str
    at: float
    cid: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    actor: str = ""
    targets: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    channel: str = ""

    @property
    def on_wire(self) -> bool:
        return "." in self.type or self.type == "custom" or bool(self.channel)


Listener = Callable[[WorldEvent], None]


class EventBus:
    """Emits events one after another, also those that a listener causes meanwhile."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._deliverers: list[Listener] = []
        self._waiting: deque[WorldEvent] = deque()
        self._emitting = False

    def listen(self, listener: Listener) -> None:
        """Hear every event before it is delivered."""
        self._listeners.append(listener)

    def deliver_by(self, deliverer: Listener) -> None:
        """Hear every event after all listeners."""
        self._deliverers.append(deliverer)

    def emit(self, event: WorldEvent) -> None:
        """Emit one event; events that listeners emit meanwhile wait for their turn."""
        self._waiting.append(event)
        if self._emitting:
            return
        self._emitting = True
        try:
            while self._waiting:
                current = self._waiting.popleft()
                for listener in (*self._listeners, *self._deliverers):
                    listener(current)
        finally:
            self._emitting = False


@dataclass(slots=True)
class Counters:
    """What happened so far, for tests and for the control endpoint.

    Attributes:
        spoken: utterances people tried to say, captions sent by the server included.
        captioned: captions produced. written: chat messages sent.
        silent: reason -> number of utterances that were not captioned.
        delivered: event type -> frames put on sockets.
        dropped_sockets: sockets closed because they did not keep up.
        requests: operation -> requests served. unknown: requests no operation answers.
        webhooks: delivered, retried, failed, dropped.
    """

    spoken: int = 0
    captioned: int = 0
    written: int = 0
    silent: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    dropped_sockets: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    sockets: int = 0
    watches: int = 0
    webhooks: Counter[str] = field(default_factory=Counter)
