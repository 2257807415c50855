"""One inbox of permission requests of all calls."""

from typing import ClassVar

from msgspec.structs import replace

from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.events import CallEvent, PermissionRequest, User
from console.protocol.requests import OpenRequest, RequestsChanged, RestoreRequests

LOOK_EVERY_S = 2.0
"""Whoever left, or whose call ended, without an event is noticed within this time."""


class Requests(Service):
    """Says what people ask for, from when on that is known, and when it is answered or void.

    What is open stands in the directory; this adds since when, and what may be out of date.
    """

    handles: ClassVar = (RestoreRequests,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._open: dict[tuple[str, str], OpenRequest] = {}
        self._restored: tuple[OpenRequest, ...] = ()
        self._known_since = 0.0

    async def start(self) -> None:
        self.context.keep_running(self._look, "requests")

    async def close(self) -> None:
        self._known_since = 0.0
        self._publish(whole=True)

    async def answer(self, message: RestoreRequests) -> None:
        self._restored += message.requests
        if self._known_since:
            self._restore()

    async def on_event(self, received: Received) -> None:
        if isinstance(received.event, CallEvent):
            self._compare(received.event.call_cid, received.at)
        if isinstance(received.event, PermissionRequest):
            key = received.event.call_cid, received.event.user.id
            if key in self._open and self._open[key].doubtful:
                self._show(replace(self._open[key], doubtful=False))

    def on_disconnected(self, sentence: str) -> None:
        self._known_since = 0.0

    def on_heard(self) -> None:
        if self._known_since:
            return  # a socket that was silent for a while lost nothing
        self._open = {key: replace(each, doubtful=True) for key, each in self._open.items()}
        self._known_since = self.context.clock.now()
        self._restore()
        self._publish(*self._open.values(), whole=True)

    def _restore(self) -> None:
        directory = self.context.directory
        for request in self._restored:
            if request.key not in self._open:
                user = User(id=request.user_id, name=request.name)
                directory.restore_asking(request.cid, user, request.permissions)
                if request.user_id in directory.asking(request.cid):
                    self._show(replace(request, doubtful=True))
        self._restored = ()

    def _compare(self, cid: str, at: float) -> None:
        directory = self.context.directory
        asking = directory.asking(cid)
        answered = [key for key in self._open if key[0] == cid and key[1] not in asking]
        for key in answered:
            del self._open[key]
        if answered:
            self._publish(closed=tuple(answered))
        for user_id, asked in asking.items():
            known = self._open.get((cid, user_id))
            permissions = tuple(sorted(asked))
            if known is None or known.permissions != permissions:
                self._show(
                    OpenRequest(
                        cid=cid,
                        user_id=user_id,
                        name=directory.name_of(cid, user_id),
                        permissions=permissions,
                        since=known.since if known else at,
                        doubtful=known.doubtful if known else False,
                    )
                )

    def _show(self, request: OpenRequest) -> None:
        self._open[request.key] = request
        self._publish(request)

    def _publish(
        self,
        *changed: OpenRequest,
        closed: tuple[tuple[str, str], ...] = (),
        whole: bool = False,
    ) -> None:
        self.context.channel.put(RequestsChanged(changed, closed, whole, self._known_since))

    async def _look(self) -> None:
        while True:
            await self.context.clock.sleep(LOOK_EVERY_S)
            for cid in {cid for cid, _ in self._open}:
                self._compare(cid, self.context.clock.now())
