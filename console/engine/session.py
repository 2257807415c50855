"""One sign-in: the socket, the gateway, and the services that both are for."""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from console.base.clock import Clock
from console.base.tasks import Tasks, supervise
from console.domain.act import Act
from console.domain.addresses import is_loopback
from console.domain.phase import MEANINGS, Cause, Phase, after
from console.domain.sign_in import Profile, coordinator_url
from console.engine.pictures.desk import PictureDesk
from console.engine.pictures.fetch import Fetcher
from console.engine.services.directory import Directory
from console.engine.services.directory_publisher import DirectoryPublisher
from console.engine.services.group import ServiceGroup
from console.engine.services.listening.media_child import MediaChild
from console.engine.services.media_marks import MediaMarks
from console.engine.services.registry import SERVICES
from console.engine.services.service import Part, Received, SessionContext
from console.engine.sign_in_state import sign_in_state
from console.engine.webhooks.listen_at import ListenAt
from console.engine.window_channel import WindowChannel
from console.engine.wire.bounded import CUT
from console.engine.wire.decode import decode_frame
from console.engine.wire.events import (
    ConnectionOk,
    Event,
    MalformedEvent,
    UserDeactivated,
    UserDeleted,
)
from console.engine.wire.retry import NOT_ALLOWED, Refusal
from console.engine.wire.sign_in_token import Credentials
from console.engine.wire.sockets import Sockets
from console.policy.evaluator import Evaluator
from console.protocol.acts import RequestAct
from console.protocol.to_window import Pulse, ToWindow
from console.store.store import AppStore

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""Seconds between two looks at whether the calls were read in time."""
SET_BACK_S = 0.5
"""Clocks that are only kept exact are set in smaller steps."""

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
        media: MediaChild,
        chat_evaluator: Callable[[str], Evaluator | None] = lambda channel: None,
        webhooks_at: ListenAt | None = None,
    ) -> None:
        self.profile = profile
        self.gateway: Gateway | None = None
        self.phase = Phase.CONNECTING
        self._sockets = Sockets(profile, secret, clock)
        who = self._sockets.credentials()
        self._user_id, self._token_ends_at = who.user_id, who.ends_at
        self._store = store
        self._channel = channel
        self._clock = clock
        self._evaluator = evaluator
        self._chat_evaluator = chat_evaluator
        self._open_gateway = open_gateway
        self._media = media
        self._webhooks_at = webhooks_at
        self._tasks = Tasks()
        self._closed = False
        self._services = ServiceGroup(channel)
        self._focus = ""
        self._malformed = 0
        self._heard_until = 0.0
        self._read_by = 0.0
        """Until when the calls must have been read again (monotonic seconds)."""
        self._why_late = ""
        self._stream_ahead: float | None = None
        self.coordinator = self._sockets.open(coordinator_url(profile), "video", decode_frame, self)

    # -- life

    async def begin(self) -> None:
        """Sign in; the services then work until :meth:`close`.

        Raises:
            WorldError: the SDK or the store failed at the start.
        """
        self._keep_running(self.coordinator.run, "coordinator")
        self._keep_running(self._look_at_clocks, "clocks")
        self.gateway = await self._open_gateway(self.profile, self._sockets.credentials())
        # The socket may have learned Stream's time while the SDK was imported.
        self.gateway.use_token(self._sockets.credentials().token)
        await self._services.start(SERVICES, self._context(self.gateway))
        self.focus(self._focus)
        if self.coordinator.connection_id:
            self._services.each(lambda one: one.on_connected(self.coordinator.connection_id))

    async def close(self) -> None:
        """Stop everything; what was accepted is on disk and goes on at the next sign-in."""
        self._closed = True
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

    def try_now(self) -> None:
        """Do not wait for the next attempt: take a new socket now."""
        self._sockets.anew("A new connection was asked for.")

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
        self._move(Cause.SIGN_IN, "Connecting to Stream.")

    async def on_live(self, ok: ConnectionOk) -> None:
        self._read_by = float("inf")
        self._move(Cause.SOCKET_OPENED)
        if ok.created_at.seconds:
            self._stream_ahead = ok.created_at.seconds - self._clock.now()
        if self.gateway is not None:
            self.gateway.use_token(self._sockets.credentials().token)
        # Nothing is read before all services can be told; `begin` catches up with this.
        if self._services.started:
            self._services.each(lambda one: one.on_connected(ok.connection_id))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, MalformedEvent):
            self._malformed += 1
            self._channel.problem(event.place, event.sentence)
            return
        self._malformed += await self._services.on_event(Received(event, self._clock.now()))
        if isinstance(event, UserDeactivated | UserDeleted) and event.user.id == self._user_id:
            what = "deleted" if isinstance(event, UserDeleted) else "deactivated"
            sentence = f"Your user was {what}: Stream lets it hear and do nothing any more."
            self.on_refused(Refusal(NOT_ALLOWED, sentence, "Ask who administrates the app."))

    def on_silent(self, sentence: str) -> None:
        advice = "Asking whether it is still there; nothing can be heard until it answers."
        self._move(Cause.LINK_SILENT, sentence, advice)

    def on_answered(self) -> None:
        if self._move(Cause.LINK_ANSWERED):
            self._services.each(lambda one: one.on_answered())

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._services.each(lambda one: one.on_disconnected(sentence))
        self._move(Cause.SOCKET_LOST, sentence, "Trying again by itself.", retry_at=retry_at)

    def on_refused(self, refusal: Refusal) -> None:
        log.warning("refused: %s", refusal.sentence)
        self._sockets.stop()
        self._services.each(lambda one: one.on_disconnected(""))
        self._move(Cause.REFUSAL, refusal.sentence, refusal.advice)

    def _on_swept(self, connection_id: str, due_in: float) -> None:
        if connection_id != self.coordinator.connection_id:
            return
        self._services.each(lambda one: one.on_swept(connection_id))
        self._read_by = self._clock.monotonic() + due_in
        self._why_late = ""
        self._move(Cause.CALLS_READ)

    def _on_reading_failed(self, sentence: str) -> None:
        self._why_late = sentence
        if self.phase is Phase.READING:
            self._move(Cause.READING_LATE, sentence, "The calls are asked for again by themselves.")

    async def _look_at_clocks(self) -> None:
        """Notice readings that are late, and a wall clock that was set back."""
        ahead = self._clock.now() - self._clock.monotonic()
        while True:
            await self._clock.sleep(LOOK_S)
            before, ahead = ahead, self._clock.now() - self._clock.monotonic()
            if ahead < before - SET_BACK_S:
                log.warning("the clock was set back by %.0f s", before - ahead)
                self._services.each(lambda one: one.on_clock_set_back())
            if self.phase is Phase.LIVE and self._clock.monotonic() > self._read_by:
                sentence = (
                    self._why_late or "Stream does not answer when it is asked for the calls."
                )
                advice = "Calls and people may have changed since; it is asked again by itself."
                self._move(Cause.READING_LATE, sentence, advice)

    # -- inside

    def _context(self, gateway: "Gateway") -> SessionContext:
        directory = Directory(self._user_id)
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
            chat_evaluator=self._chat_evaluator,
            last_heard=lambda: self.coordinator.last_heard,
            open_socket=self._sockets.open,
            keep_running=self._keep_running,
            stream_ahead=lambda: self._stream_ahead,
            request_act=self._request_act,
            items_kept=self._services.on_items,
            verdict_kept=self._services.on_verdict,
            act_changed=self._services.on_act,
            raised_changed=self._services.on_raised,
            colleague_told=self._services.on_colleague,
            note_kept=self._services.on_note,
            mark_kept=self._services.on_mark,
            time_changed=self._services.on_time_changed,
            rights_told=self._services.on_rights_told,
            tell_team=self._services.on_word,
            swept=self._on_swept,
            reading_failed=self._on_reading_failed,
            drop_socket=self.coordinator.drop,
            refused=self.on_refused,
            take_in=self._take_in,
            media=self._media,
            pictures=PictureDesk(
                self._media,
                Fetcher(from_here=is_loopback(urlsplit(self.profile.base_url).hostname or "")),
                self._channel.problem,
            ),
            marks=MediaMarks(self._channel, directory, self._clock),
            credentials=self._sockets.credentials,
            webhooks_at=self._webhooks_at,
        )

    async def _take_in(self, event: Event) -> None:
        await self._services.all_started()  # a socket of chats may be live before them
        self._malformed += await self._services.on_event(Received(event, self._clock.now()))

    async def _request_act(self, act: Act) -> None:
        await self._services.answer(RequestAct(act=act))

    def _keep_running(self, part: Part, name: str) -> None:
        if self._closed:
            return  # a service that was still starting when this ended
        running = supervise(part, name, self._clock, self._channel.problem)
        self._tasks.spawn(running, name=name)

    def _move(
        self, cause: Cause, sentence: str = "", advice: str = "", *, retry_at: float = 0.0
    ) -> bool:
        """Go where ``cause`` leads and show it; False where it changes nothing."""
        phase = after(self.phase, cause)
        if phase is None:
            return False
        heard, hears = MEANINGS[self.phase].hears, MEANINGS[phase].hears
        self.phase = phase
        if heard and not hears:
            self._heard_until = self.coordinator.last_heard
            self._services.each(lambda one: one.on_unheard(self._heard_until))
        elif hears and not heard:
            self._heard_until = 0.0
            self._services.each(lambda one: one.on_heard())
        state = sign_in_state(
            self.profile,
            phase,
            sentence,
            advice,
            user_id=self._user_id,
            retry_at=retry_at,
            heard_until=self._heard_until,
            token_ends_at=self._token_ends_at,
        )
        self._channel.put(state)
        return True
