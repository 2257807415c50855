"""One sign-in: the socket, the gateway, and the services that both are for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks, supervise
from console.domain.item import Item
from console.domain.sign_in import Profile, coordinator_url
from console.domain.verdict import Verdict
from console.engine.services.directory import Directory
from console.engine.services.registry import SERVICES
from console.engine.services.service import Part, Received, Service, SessionContext
from console.engine.window_channel import WindowChannel
from console.engine.wire.coordinator import Coordinator, Listener
from console.engine.wire.decode import FrameDecoder, decode_frame
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent
from console.engine.wire.retry import Refusal
from console.engine.wire.sign_in_token import Credentials, credentials
from console.policy.evaluator import Evaluator
from console.protocol.to_window import ActProgress, EngineState, Heard, Phase, Pulse, ToWindow
from console.store.store import AppStore

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

OpenGateway = Callable[[Profile, Credentials], Awaitable["Gateway"]]
"""Opens the gateway; slow the first time, because it imports the SDK."""


class Session:
    """Everything that lives between signing in and signing out.

    Made by the engine, which calls :meth:`begin` once and :meth:`close` at the end.
    """

    def __init__(
        self,
        profile: Profile,
        secret: str,
        *,
        store: AppStore,
        channel: WindowChannel,
        clock: Clock,
        evaluator: Callable[[], Evaluator | None],
        open_gateway: OpenGateway,
    ) -> None:
        self.profile = profile
        self.gateway: Gateway | None = None
        self._credentials = credentials(profile, secret, clock.now())
        self._store = store
        self._channel = channel
        self._clock = clock
        self._evaluator = evaluator
        self._open_gateway = open_gateway
        self._tasks = Tasks()
        self._services: list[Service] = []
        self._ready = asyncio.Event()
        self._focus = ""
        self._malformed = 0
        self._token = lambda: credentials(profile, secret, clock.now()).token
        self.coordinator = self._socket(coordinator_url(profile), "video", decode_frame, self)

    # -- life

    async def begin(self) -> None:
        """Sign in; the services then work until :meth:`close`.

        Raises:
            WorldError: the SDK or the store failed at the start.
        """
        self._keep_running(self.coordinator.run, "coordinator")
        self.gateway = await self._open_gateway(self.profile, self._credentials)
        context = self._context(self.gateway)
        for kind in SERVICES:
            if self.gateway.may_check or not kind.needs_secret:
                await self._start(kind, context)
        self._ready.set()

    async def close(self) -> None:
        """Stop everything; what was accepted is on disk and goes on at the next sign-in."""
        services, self._services = self._services, []
        self._ready.set()  # whoever still waits to be answered is refused
        for service in services:
            try:
                await service.close()
            except Exception as error:
                self._report(type(service), error)
        await self._tasks.close()
        if self.gateway is not None:
            await self.gateway.close()

    async def answer(self, message: Any) -> ToWindow | None:
        """Let the service that handles ``message`` answer it, as soon as it has begun.

        Raises:
            WorldError: it cannot be done.
        """
        await self._ready.wait()
        for service in self._services:
            if isinstance(message, service.handles):
                return await service.answer(message)
        raise WorldError("You are not signed in, or this sign-in cannot do that.")

    def focus(self, cid: str) -> None:
        """Show the people of this call from now on."""
        self._focus = cid
        self._each(lambda service: service.on_focus(cid))

    def pulse(self, rss_mb: float) -> Pulse:
        """The numbers of this sign-in."""
        now = self._clock.now()
        numbers: dict[str, Any] = {}
        self._each(lambda service: numbers.update(service.numbers(now)))
        return Pulse(at=now, malformed=self._malformed, rss_mb=rss_mb, **numbers)

    # -- what the socket brings (coordinator.Listener)

    def on_connecting(self) -> None:
        self._show_state(Phase.CONNECTING, "Connecting to Stream.")

    async def on_live(self, ok: ConnectionOk) -> None:
        self._show_state(Phase.LIVE)
        self._each(lambda service: service.on_connected(ok.connection_id))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, MalformedEvent):
            self._malformed += 1
            self._channel.problem(event.place, event.sentence)
            return
        received = Received(event, self._clock.now())
        for service in self._services:
            try:
                await service.on_event(received)
            except Exception:
                log.exception("event %s could not be handled", event.type)
                self._malformed += 1
                sentence = "It could not be handled; see the log."
                self._channel.problem(f"event {event.type}", sentence)

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._each(lambda service: service.on_disconnected(sentence))
        phase = Phase.RECONNECTING if self.coordinator.sockets_opened else Phase.CONNECTING
        self._show_state(phase, sentence, "Trying again by itself.", retry_at=retry_at)

    def on_refused(self, refusal: Refusal) -> None:
        self._each(lambda service: service.on_disconnected(""))
        self._show_state(Phase.REFUSED, refusal.sentence, refusal.advice)

    # -- what a service reports to all of them

    def _on_items(self, heard: Heard) -> None:
        self._each(lambda service: service.on_items(heard))

    def _on_verdict(self, item: Item, verdict: Verdict) -> None:
        self._each(lambda service: service.on_verdict(item, verdict))

    def _on_act(self, progress: ActProgress) -> None:
        self._each(lambda service: service.on_act(progress))

    def _on_calls_read(self) -> None:
        self._show_state(Phase.LIVE, directory_complete=True)
        self._each(lambda service: service.on_calls_read())

    # -- inside

    def _socket(
        self, url: str, product: str, decode: FrameDecoder, listener: Listener
    ) -> Coordinator:
        return Coordinator(
            url,
            api_key=self.profile.api_key,
            user_id=self._credentials.user_id,
            token=self._token,
            renewable=bool(self._credentials.secret),
            listener=listener,
            clock=self._clock,
            product=product,
            decode=decode,
        )

    def _context(self, gateway: "Gateway") -> SessionContext:
        return SessionContext(
            profile=self.profile,
            user_id=self._credentials.user_id,
            store=self._store,
            gateway=gateway,
            directory=Directory(),
            channel=self._channel,
            clock=self._clock,
            evaluator=self._evaluator,
            last_heard=lambda: self.coordinator.last_heard,
            open_socket=self._socket,
            keep_running=self._keep_running,
            items_kept=self._on_items,
            verdict_kept=self._on_verdict,
            act_changed=self._on_act,
            calls_read=self._on_calls_read,
            refused=self.on_refused,
        )

    async def _start(self, kind: type[Service], context: SessionContext) -> None:
        try:
            service = kind(context)
            self._services.append(service)
            await service.start()
        except Exception as error:
            if kind.essential:
                raise
            self._report(kind, error)
            return
        self._isolate(service, lambda each: each.on_focus(self._focus))
        if self.coordinator.connection_id:
            self._isolate(service, lambda each: each.on_connected(self.coordinator.connection_id))

    def _each(self, tell: Callable[[Service], None]) -> None:
        for service in self._services:
            self._isolate(service, tell)

    def _isolate(self, service: Service, tell: Callable[[Service], None]) -> None:
        try:
            tell(service)
        except Exception as error:
            self._report(type(service), error)

    def _report(self, kind: type[Service], error: Exception) -> None:
        log.error("the service %s failed", kind.__name__, exc_info=error)
        sentence = f"This part failed ({type(error).__name__}); see the log."
        self._channel.problem(kind.__name__.lower(), sentence)

    def _keep_running(self, part: Part, name: str) -> None:
        running = supervise(part, name, self._clock, self._channel.problem)
        self._tasks.spawn(running, name=name)

    def _show_state(
        self,
        phase: Phase,
        sentence: str = "",
        advice: str = "",
        *,
        retry_at: float = 0.0,
        directory_complete: bool = False,
    ) -> None:
        self._channel.put(
            EngineState(
                phase=phase,
                sentence=sentence,
                advice=advice,
                retry_at=retry_at,
                method=self.profile.method,
                user_id=self._credentials.user_id,
                profile=self.profile.name,
                directory_complete=directory_complete,
            )
        )
