"""The calls and people of now: kept true, shown, followed, and made to be heard."""

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.engine.services.caption_control import CaptionControl
from console.engine.services.directory_publisher import DirectoryPublisher
from console.engine.services.notices import notices_of
from console.engine.services.service import Received, Service, SessionContext
from console.engine.services.tracks import SERVER_PACE_S, USER_PACE_S, TrackFollower
from console.engine.services.watcher import Watcher
from console.engine.wire.events import SessionEnded
from console.protocol.acts import ActProgress
from console.protocol.to_window import Gap, Noticed

HEARTBEAT_S = 2.0


class Live(Service):
    """Keeps the directory."""

    essential = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        gateway, directory, clock = context.gateway, context.directory, context.clock
        problem = context.channel.problem
        self._publisher = DirectoryPublisher(directory, context.channel)
        self._tracks = TrackFollower(
            gateway,
            directory,
            clock,
            pace=SERVER_PACE_S if gateway.may_check else USER_PACE_S,
            on_updated=self._publisher.publish_soon,
            problem=problem,
        )
        self._watcher = Watcher(
            gateway,
            directory,
            clock,
            on_swept=self._on_swept,
            on_refused=context.refused,
            problem=problem,
        )
        self._captions = CaptionControl(gateway, directory, clock, context.profile.method, problem)
        self._focus = ""
        self._watched_connection = ""
        self._was_complete = False
        self._gap: Gap | None = None

    async def start(self) -> None:
        run = self.context.keep_running
        run(self._tracks.run, "tracks")
        run(self._watcher.run, "watcher")
        run(self._captions.run, "captions")
        run(self._write_heartbeat, "heartbeat")

    async def close(self) -> None:
        self._publisher.close()

    async def on_event(self, received: Received) -> None:
        event, directory = received.event, self.context.directory
        changed = directory.apply(event, received.at)
        self._tracks.on_event(event)
        if isinstance(event, SessionEnded) or directory.unknown_cids:
            self._watcher.ask_soon()
        if not changed:
            return
        notices = notices_of(
            event,
            now=received.at,
            name_of=directory.name_of,
            calls_of=directory.calls_with,
            act_id=received.act_id,
        )
        if notices:
            self.context.channel.put(Noticed(notices=notices))
        self._publisher.publish_soon()

    def on_act(self, progress: ActProgress) -> None:
        act, state = progress.act, progress.receipt.state
        if state not in (ReceiptState.ACCEPTED, ReceiptState.SEEN):
            return
        spec = spec_of(act.kind)
        if spec.mutes and state is ReceiptState.ACCEPTED:
            self.context.directory.mute(act.cid, act.user_ids, spec.track)
            self._publisher.publish_soon()
        if spec.track and act.cid == self._focus:
            self._tracks.ask_soon()

    def on_focus(self, cid: str) -> None:
        self._focus = cid
        self._publisher.focus(cid)
        self._tracks.focus(cid)

    def on_connected(self, connection_id: str) -> None:
        self._watcher.renew(connection_id)

    def on_disconnected(self, sentence: str) -> None:
        if sentence and self._was_complete and self._gap is None:
            cids, since = self.context.directory.cids(), self.context.last_heard()
            self._gap = Gap(cids=cids, since=since, until=0.0, reason=sentence)
        self._watched_connection = ""
        self._watcher.renew("")

    def _on_swept(self, connection_id: str) -> None:
        first = not self._was_complete
        self._publisher.publish(whole=first)
        self._captions.look_soon()
        if self._watched_connection == connection_id:
            return
        self._watched_connection = connection_id
        self._was_complete = True
        if self._gap is not None:
            gap, self._gap = self._gap, None
            cids = tuple(cid for cid in gap.cids if cid in self.context.directory)
            if cids:
                self.context.channel.put(replace(gap, cids=cids, until=self.context.clock.now()))
        self.context.calls_read()

    async def _write_heartbeat(self) -> None:
        """Keep what the next engine needs: the calls, and that they were listened to."""
        context = self.context
        while True:
            await context.clock.sleep(HEARTBEAT_S)
            try:
                await context.store.keep_calls(self._publisher.take_unkept())
                cids = context.directory.cids()
                if cids and self._watched_connection:
                    await context.store.heartbeat(cids, context.last_heard())
            except WorldError as error:
                context.channel.problem("store", error.sentence)
