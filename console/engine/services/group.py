"""The services of one sign-in together: one that fails costs its own feature and nothing else."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.about_person import Note, WatchMark
from console.domain.act import Act
from console.domain.item import Item, Picture, withheld
from console.domain.picture import may_be_shown
from console.domain.raised import RaisedItem
from console.domain.team import Told, Word
from console.domain.verdict import Verdict
from console.engine.services.service import Received, RightsTold, Service, SessionContext
from console.engine.window_channel import WindowChannel
from console.protocol.acts import ActProgress
from console.protocol.to_window import Heard, ToWindow

log = logging.getLogger(__name__)


class ServiceGroup:
    """Services in the order in which they see events."""

    def __init__(self, channel: WindowChannel) -> None:
        self._channel = channel
        self._services: list[Service] = []
        self._ready = asyncio.Event()
        self._closed = False

    async def start(self, kinds: tuple[type[Service], ...], context: SessionContext) -> None:
        """Make and start a service of each kind that makes sense for this sign-in.

        Raises:
            Exception: an essential one cannot be started.
        """
        for kind in kinds:
            if self._closed:
                return  # the sign-in ended while its services began
            if context.gateway.may_check or not kind.needs_secret:
                try:
                    service = kind(context)
                    self._services.append(service)
                    await service.start()
                except Exception as error:
                    if kind.essential:
                        raise
                    self._report(kind, error)
        self._ready.set()

    @property
    def started(self) -> bool:
        """Whether all of them have started."""
        return self._ready.is_set()

    async def all_started(self) -> None:
        """Return when all of them have started, or the sign-in ended."""
        await self._ready.wait()

    async def answer(self, message: Any) -> ToWindow | None:
        """Let the service that handles ``message`` answer it, as soon as all have started.

        Raises:
            WorldError: it cannot be done.
        """
        await self._ready.wait()
        for service in self._services:
            if isinstance(message, service.handles):
                return await service.answer(message)
        raise WorldError("You are not signed in, or this sign-in cannot do that.")

    def each(self, call: Callable[[Service], None]) -> None:
        """``call`` something of every service."""
        for service in self._services:
            try:
                call(service)
            except Exception as error:
                self._report(type(service), error)

    def on_items(self, heard: Heard) -> None:
        """Show every service items that were judged by the local policy and are on disk."""
        self.each(lambda one: one.on_items(heard))

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        """Show every service the deciding verdict on an item.

        Where it says that nobody may see a picture, they get no more of it than its hash.
        """
        body = item.body
        if isinstance(body, Picture) and not may_be_shown(verdict.labels):
            item = replace(item, body=withheld(body))
        self.each(lambda one: one.on_verdict(item, verdict))

    def on_act(self, progress: ActProgress) -> None:
        """Show every service an act whose receipt changed."""
        self.each(lambda one: one.on_act(progress))

    def on_raised(self, changed: list[RaisedItem], undone: str = "") -> None:
        """Show every service raised items that changed."""
        self.each(lambda one: one.on_raised(changed, undone))

    async def on_colleague(self, told: Told) -> None:
        """Show every service what a console of the team did."""
        for service in self._services:
            try:
                await service.on_colleague(told)
            except Exception as error:
                self._report(type(service), error)

    def on_note(self, note: Note) -> None:
        """Show every service a note about a person that was written or taken back."""
        self.each(lambda one: one.on_note(note))

    def on_mark(self, mark: WatchMark) -> None:
        """Show every service that somebody is to be watched, or no longer."""
        self.each(lambda one: one.on_mark(mark))

    def on_word(self, word: Word) -> None:
        """A service has something to tell the team."""
        self.each(lambda one: one.on_word(word))

    def on_time_changed(self, act: Act) -> None:
        """Show every service that what an act did lasts for another time."""
        self.each(lambda one: one.on_time_changed(act))

    def on_rights_told(self, told: RightsTold) -> None:
        """Show every service what a colleague gave somebody and took."""
        self.each(lambda one: one.on_rights_told(told))

    async def on_event(self, received: Received) -> int:
        """Show every service an event; returns how many of them failed at it."""
        failures = 0
        for service in self._services:
            try:
                await service.on_event(received)
            except Exception:
                failures += 1
                kind = received.event.type
                log.exception("event %s could not be handled", kind)
                self._channel.problem(f"event {kind}", "It could not be handled; see the log.")
        return failures

    async def close(self) -> None:
        """Close every service; whoever still waits to be answered is refused."""
        self._closed = True
        services, self._services = self._services, []
        self._ready.set()
        for service in services:
            try:
                await service.close()
            except Exception as error:
                self._report(type(service), error)

    def _report(self, kind: type[Service], error: Exception) -> None:
        log.error("the service %s failed", kind.__name__, exc_info=error)
        sentence = f"This part failed ({type(error).__name__}); see the log."
        self._channel.problem(kind.__name__.lower(), sentence)
