"""One sign-in: the parts that watch, hear and act, and how they are tied together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Act, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.item import Item
from console.domain.sign_in import Profile, coordinator_url
from console.domain.verdict import Verdict
from console.engine.acts.outbox import Outbox
from console.engine.answers import Answers
from console.engine.heartbeat import write_heartbeat
from console.engine.local_policy import LocalJudge
from console.engine.pulse import pulse_of
from console.engine.services.caption_control import CaptionControl
from console.engine.services.directory import Directory
from console.engine.services.directory_publisher import DirectoryPublisher
from console.engine.services.judging.worker import Worker
from console.engine.services.notices import notices_of
from console.engine.services.person_card import person_card
from console.engine.services.replay import Replay
from console.engine.services.tracks import SERVER_PACE_S, USER_PACE_S, TrackFollower
from console.engine.services.watcher import Watcher
from console.engine.sources.ingest import ContentIngest
from console.engine.supervision import supervise
from console.engine.window_channel import WindowChannel
from console.engine.wire import events as e
from console.engine.wire.coordinator import Coordinator
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent
from console.engine.wire.reconnect import Refusal
from console.engine.wire.sign_in_token import Credentials, credentials
from console.policy.evaluator import Evaluator
from console.protocol import to_window as told
from console.protocol.to_engine import AskPerson
from console.protocol.to_window import ActProgress, EngineState, Gap, Heard, PersonCard, Phase
from console.store.store import AppStore

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

HEARING_WAITS_S = 10.0
"""Longest that new lines wait for the replay of old ones, which come before them."""

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
        in_force: Callable[[], Evaluator | None],
        open_gateway: OpenGateway,
    ) -> None:
        self.profile = profile
        self._secret = secret
        self._credentials = credentials(profile, secret, clock.now())
        self._store = store
        self._channel = channel
        self._clock = clock
        self._open_gateway = open_gateway
        self._tasks = Tasks()
        self.directory = Directory()
        self.publisher = DirectoryPublisher(self.directory, channel)
        judge = LocalJudge(
            in_force,
            clock,
            provisional=bool(self._credentials.secret),
            problem=channel.problem,
        )
        self.ingest = ContentIngest(
            store,
            self.directory,
            clock,
            judge=judge,
            publish=self._on_heard,
            problem=channel.problem,
        )
        self.coordinator = Coordinator(
            coordinator_url(profile),
            api_key=profile.api_key,
            user_id=self._credentials.user_id,
            token=self._fresh_token,
            renewable=bool(self._credentials.secret),
            listener=self,
            clock=clock,
        )
        self._replay = Replay(store, channel, clock)
        self.gateway: Gateway | None = None
        self._outbox: Outbox | None = None
        self._worker: Worker | None = None
        self._watcher: Watcher | None = None
        self._tracks: TrackFollower | None = None
        self._captions: CaptionControl | None = None
        self._ready = asyncio.Event()
        self._replayed = asyncio.Event()
        self._focus = ""
        self._deafness: Gap | None = None
        self._watched_connection = ""
        self._was_complete = False
        self.state = EngineState(phase=Phase.CONNECTING)
        self.malformed = 0
        self._answers = Answers()

    # -- life

    async def begin(self) -> None:
        """Sign in; the parts then work until :meth:`close`.

        Raises:
            WorldError: the SDK or the store failed at the start.
        """
        self._keep_running(self.coordinator.run, "coordinator")
        self._keep_running(self._hear, "hearing")
        gateway = self.gateway = await self._open_gateway(self.profile, self._credentials)
        problem = self._channel.problem
        self._outbox = Outbox(
            self._store,
            gateway,
            self.directory,
            clock=self._clock,
            me=self._credentials.user_id,
            publish=self._on_act,
            problem=lambda sentence: problem("acts", sentence),
        )
        if gateway.may_check:
            self._worker = Worker(
                self._store,
                gateway,
                clock=self._clock,
                judged=self._on_judged,
                problem=problem,
                config_key=self.profile.config_key,
            )
            self._tasks.spawn(self._judge(self._worker), name="judging")
        await self._replay.acts()
        await self._outbox.resume()
        self._ready.set()
        self._tracks = TrackFollower(
            gateway,
            self.directory,
            self._clock,
            pace=SERVER_PACE_S if gateway.may_check else USER_PACE_S,
            told=self.publisher.soon,
            problem=problem,
        )
        self._tracks.focus(self._focus)
        self._watcher = Watcher(
            gateway,
            self.directory,
            self._clock,
            told=self._on_swept,
            refused=self.on_refused,
            problem=problem,
        )
        self._watcher.renew(self.coordinator.connection_id)
        self._captions = CaptionControl(
            gateway, self.directory, self._clock, self.profile.method, problem
        )
        self._keep_running(self._tracks.run, "tracks")
        self._keep_running(self._watcher.run, "watcher")
        self._keep_running(self._captions.run, "captions")
        self._keep_running(self._keep_house, "housekeeping")

    async def close(self) -> None:
        """Stop everything; lines taken are on disk, acts go on at the next sign-in."""
        await self.ingest.drain(timeout=1.0)
        if self._outbox is not None:
            await self._outbox.close()
        if self._worker is not None:
            await self._worker.close()
        await self._tasks.close()
        self.publisher.close()
        if self.gateway is not None:
            await self.gateway.close()

    def _fresh_token(self) -> str:
        return credentials(self.profile, self._secret, self._clock.now()).token

    async def _hear(self) -> None:
        await self._old_lines_first()
        await self.ingest.run()

    async def _judge(self, worker: Worker) -> None:
        await self._old_lines_first()  # else a verdict could come before the replay of its line
        worker.start()

    async def _old_lines_first(self) -> None:
        try:
            async with asyncio.timeout(HEARING_WAITS_S):
                await self._replayed.wait()
        except TimeoutError:
            log.info("new lines are shown before the old ones")

    async def _keep_house(self) -> None:
        def listening() -> tuple[tuple[str, ...], float]:
            cids = self.directory.cids() if self._watched_connection else ()
            return cids, self.coordinator.last_heard

        publisher, problem = self.publisher, self._channel.problem
        await write_heartbeat(self._store, publisher, self._clock, listening, problem)

    def _keep_running(self, part: Callable[[], Awaitable[None]], name: str) -> None:
        running = supervise(part, name, self._clock, self._channel.problem)
        self._tasks.spawn(running, name=name)

    # -- the socket tells (coordinator.Listener)

    def on_connecting(self) -> None:
        self._tell_state(Phase.CONNECTING, "Connecting to Stream.")

    async def on_live(self, ok: ConnectionOk) -> None:
        self._tell_state(Phase.LIVE)
        if self._watcher is not None:
            self._watcher.renew(ok.connection_id)

    async def on_event(self, event: Event) -> None:
        try:
            await self._fold(event)
        except Exception:
            log.exception("event %s could not be handled", event.type)
            self.malformed += 1
            self._channel.problem(f"event {event.type}", "It could not be handled; see the log.")

    def on_lost(self, sentence: str, retry_at: float) -> None:
        if self._was_complete and self._deafness is None:
            since = self.coordinator.last_heard
            cids = self.directory.cids()
            self._deafness = Gap(cids=cids, since=since, until=0.0, reason=sentence)
        self._watched_connection = ""
        if self._watcher is not None:
            self._watcher.renew("")
        phase = Phase.RECONNECTING if self.coordinator.sockets_opened else Phase.CONNECTING
        self._tell_state(phase, sentence, "Trying again by itself.", retry_at=retry_at)

    def on_refused(self, refusal: Refusal) -> None:
        if self._watcher is not None:
            self._watcher.renew("")
        self._watched_connection = ""
        self._tell_state(Phase.REFUSED, refusal.sentence, refusal.advice)

    def _tell_state(
        self, phase: Phase, sentence: str = "", advice: str = "", *, retry_at: float = 0.0
    ) -> None:
        self.state = EngineState(
            phase=phase,
            sentence=sentence,
            advice=advice,
            retry_at=retry_at,
            method=self.profile.method,
            user_id=self._credentials.user_id,
            profile=self.profile.name,
            directory_complete=bool(self._watched_connection),
        )
        self._channel.put(self.state)

    async def _fold(self, event: Event) -> None:
        if isinstance(event, MalformedEvent):
            self.malformed += 1
            self._channel.problem(event.place, event.sentence)
            return
        act_id = self._outbox.on_event(event) if self._outbox is not None else ""
        now = self._clock.now()
        news = self.directory.apply(event, now)
        if self.ingest.takes(event):
            await self.ingest.take(event)
        if self._tracks is not None:
            self._tracks.heed(event)
        over = isinstance(event, e.SessionEnded)
        if (over or self.directory.unknown_cids) and self._watcher is not None:
            self._watcher.ask_soon()
        if news:
            notices = notices_of(
                event,
                now=now,
                name_of=self.directory.name_of,
                calls_of=self.directory.calls_with,
                act_id=act_id,
            )
            if notices:
                self._channel.put(told.Noticed(notices=notices))
            self.publisher.soon()

    # -- the parts tell

    def _on_swept(self, connection_id: str) -> None:
        first = not self._was_complete
        self.publisher.tell(whole=first)
        if self._captions is not None:
            self._captions.look_soon()
        if self._watched_connection == connection_id:
            return
        self._watched_connection = connection_id
        self._was_complete = True
        if first:
            self._tasks.spawn(self._replay_lines(), name="replay")
        if self._deafness is not None:
            deaf, self._deafness = self._deafness, None
            cids = tuple(cid for cid in deaf.cids if cid in self.directory)
            if cids:
                self._channel.put(replace(deaf, cids=cids, until=self._clock.now()))
        self._tell_state(Phase.LIVE)

    async def _replay_lines(self) -> None:
        try:
            self.ingest.recall(await self._replay.lines(self.directory.cids()))
        except WorldError as error:
            self._channel.problem("store", error.sentence)
        finally:
            self._replayed.set()

    def _on_heard(self, heard: Heard) -> None:
        self._channel.put(heard)
        if self._worker is not None:
            for judged in heard.items:
                self._answers.expect(judged.verdicts)
                self._worker.offer(judged.item)

    def _on_judged(self, line: Item, verdict: Verdict) -> None:
        self._answers.judged(line, verdict, self._clock.now())
        self._channel.put(told.Judged(verdicts=(verdict,)))

    def _on_act(self, progress: ActProgress) -> None:
        self._channel.put(told.ActsChanged(acts=(progress,)))
        act, state = progress.act, progress.receipt.state
        if state not in (ReceiptState.ACCEPTED, ReceiptState.SEEN):
            return
        spec = spec_of(act.kind)
        if spec.mutes and state is ReceiptState.ACCEPTED:
            self.directory.mute(act.cid, act.user_ids, spec.track)
            self.publisher.soon()
        if spec.track and act.cid == self._focus and self._tracks is not None:
            self._tracks.ask_soon()

    # -- the window asks

    def focus(self, cid: str) -> None:
        """Show the people of this call from now on."""
        self._focus = cid
        self.publisher.focus(cid)
        if self._tracks is not None:
            self._tracks.focus(cid)

    async def request_act(self, act: Act) -> None:
        """Put an act in the outbox as soon as there is one."""
        await (await self._open_outbox()).accept(act)

    async def retry_act(self, act_id: str) -> None:
        """Send a failed or unconfirmed act once more."""
        await (await self._open_outbox()).retry(act_id)

    async def _open_outbox(self) -> Outbox:
        await self._ready.wait()
        assert self._outbox is not None
        return self._outbox

    async def person_card(self, question: AskPerson) -> PersonCard:
        """What is known of a person.

        Raises:
            WorldError: the store could not be read.
        """
        return await person_card(self._store, self.directory, question)

    def pulse(self, rss_mb: float) -> told.Pulse:
        """The numbers of this sign-in."""
        return pulse_of(
            self._clock.now(),
            ingest=self.ingest,
            worker=self._worker,
            received_to_judged=self._answers.received_to_judged,
            disagreements=self._answers.disagreements,
            acts_pending=self._outbox.under_way if self._outbox is not None else 0,
            malformed=self.malformed,
            rss_mb=rss_mb,
        )
