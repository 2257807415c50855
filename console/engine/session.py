"""One sign-in: the socket, the gateway, and the services that both are for."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from console.base.clock import Clock
from console.base.tasks import Tasks, supervise
from console.domain.sign_in import Profile, coordinator_url
from console.engine.services.directory import Directory
from console.engine.services.directory_publisher import DirectoryPublisher
from console.engine.services.group import ServiceGroup
from console.engine.services.registry import SERVICES
from console.engine.services.service import Part, Received, SessionContext
from console.engine.sign_in_state import sign_in_state
from console.engine.window_channel import WindowChannel
from console.engine.wire.bounded import CUT
from console.engine.wire.decode import decode_frame
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent
from console.engine.wire.retry import Refusal
from console.engine.wire.sign_in_token import Credentials
from console.engine.wire.sockets import Sockets
from console.policy.evaluator import Evaluator
from console.protocol.to_window import Phase, Pulse, ToWindow
from console.store.store import AppStore

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

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
        self._sockets = Sockets(profile, secret, clock)
        self._user_id = self._sockets.credentials().user_id
        self._store = store
        self._channel = channel
        self._clock = clock
        self._evaluator = evaluator
        self._open_gateway = open_gateway
        self._tasks = Tasks()
        self._services = ServiceGroup(channel)
        self._focus = ""
        self._malformed = 0
        self._watched = ""
        self.coordinator = self._sockets.open(coordinator_url(profile), "video", decode_frame, self)

    # -- life

    async def begin(self) -> None:
        """Sign in; the services then work until :meth:`close`.

        Raises:
            WorldError: the SDK or the store failed at the start.
        """
        self._keep_running(self.coordinator.run, "coordinator")
        self.gateway = await self._open_gateway(self.profile, self._sockets.credentials())
        await self._services.start(SERVICES, self._context(self.gateway))
        self.focus(self._focus)
        if self.coordinator.connection_id:
            self._services.each(lambda one: one.on_connected(self.coordinator.connection_id))

    async def close(self) -> None:
        """Stop everything; what was accepted is on disk and goes on at the next sign-in."""
        await self._services.close()
        await self._tasks.close()
        if self.gateway is not None:
            await self.gateway.close()

    async def answer(self, message: Any) -> ToWindow | None:
        """Do what the window asks; returns the answer to a question.

        Raises:
            WorldError: it cannot be done.
        """
        return await self._services.answer(message)

    def focus(self, cid: str) -> None:
        """Show the people of this call from now on."""
        self._focus = cid
        self._services.each(lambda one: one.on_focus(cid))

    def pulse(self, rss_mb: float) -> Pulse:
        """The numbers of this sign-in; what was cut of what came from outside is told with them."""
        for sentence, times in CUT.take().items():
            self._channel.problem("from outside", sentence, times)
        now = self._clock.now()
        numbers: dict[str, Any] = {}
        self._services.each(lambda one: numbers.update(one.numbers(now)))
        return Pulse(at=now, malformed=self._malformed, rss_mb=rss_mb, **numbers)

    # -- what the socket brings (coordinator.Listener)

    def on_connecting(self) -> None:
        self._show_state(Phase.CONNECTING, "Connecting to Stream.")

    async def on_live(self, ok: ConnectionOk) -> None:
        self._show_state(Phase.LIVE)
        # Nothing is read before all services can be told; `begin` catches up with this.
        if self._services.started:
            self._services.each(lambda one: one.on_connected(ok.connection_id))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, MalformedEvent):
            self._malformed += 1
            self._channel.problem(event.place, event.sentence)
        else:
            self._malformed += await self._services.on_event(Received(event, self._clock.now()))

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._watched = ""
        self._services.each(lambda one: one.on_disconnected(sentence))
        phase = Phase.RECONNECTING if self.coordinator.sockets_opened else Phase.CONNECTING
        self._show_state(phase, sentence, "Trying again by itself.", retry_at=retry_at)

    def on_refused(self, refusal: Refusal) -> None:
        self._watched = ""
        self._services.each(lambda one: one.on_disconnected(""))
        self._show_state(Phase.REFUSED, refusal.sentence, refusal.advice)

    def _on_swept(self, connection_id: str) -> None:
        self._services.each(lambda one: one.on_swept(connection_id))
        if connection_id != self._watched:
            self._watched = connection_id
            self._services.each(lambda one: one.on_calls_read())
            self._show_state(Phase.LIVE, directory_complete=True)

    # -- inside

    def _context(self, gateway: "Gateway") -> SessionContext:
        directory = Directory()
        return SessionContext(
            profile=self.profile,
            user_id=self._user_id,
            store=self._store,
            gateway=gateway,
            directory=directory,
            publisher=DirectoryPublisher(directory, self._channel),
            channel=self._channel,
            clock=self._clock,
            evaluator=self._evaluator,
            last_heard=lambda: self.coordinator.last_heard,
            open_socket=self._sockets.open,
            keep_running=self._keep_running,
            items_kept=self._services.on_items,
            verdict_kept=self._services.on_verdict,
            act_changed=self._services.on_act,
            swept=self._on_swept,
            refused=self.on_refused,
        )

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
        state = sign_in_state(
            self.profile,
            phase,
            sentence,
            advice,
            user_id=self._user_id,
            retry_at=retry_at,
            directory_complete=directory_complete,
        )
        self._channel.put(state)
