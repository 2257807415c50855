"""The calls and people of now, and what happens in them, shown as it changes."""

from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.engine.services.notices import notices_of
from console.engine.services.service import Received, RightsTold, Service, SessionContext
from console.protocol.acts import ActProgress
from console.protocol.to_window import Gap, Noticed


class Live(Service):
    """Folds events into the directory and publishes it."""

    essential = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._was_complete = False
        self._gap: Gap | None = None
        self._gap_begun = 0.0

    async def close(self) -> None:
        self.context.publisher.close()

    async def on_event(self, received: Received) -> None:
        event, directory = received.event, self.context.directory
        changed = directory.apply(event, received.at)
        if not changed:
            return
        notices = notices_of(
            event,
            now=received.at,
            name_of=directory.called,
            calls_of=directory.calls_with,
            devices_of=lambda cid, user_id: len(directory.devices(cid, user_id)),
            act_id=received.act_id,
        )
        if notices:
            self.context.channel.put(Noticed(notices=notices))
        self.context.publisher.publish_soon()

    def on_rights_told(self, told: RightsTold) -> None:
        cid, user_id = told.cid, told.user_id
        self.context.directory.believe(cid, user_id, told.given, told.taken, told.at)
        self.context.publisher.publish_soon()

    def on_act(self, progress: ActProgress) -> None:
        act, spec = progress.act, spec_of(progress.act.kind)
        receipt = progress.receipt
        unanswered = receipt.state is ReceiptState.SEEN and not receipt.accepted_at
        if spec.mutes and (receipt.state is ReceiptState.ACCEPTED or unanswered):
            now = receipt.seen_at or self.context.clock.now()
            for track in spec.tracks:
                self.context.directory.mute(act.cid, act.user_ids, track, now)
            self.context.publisher.publish_soon()

        lost = receipt.state is ReceiptState.UNCONFIRMED and bool(receipt.accepted_at)
        if lost and (spec.grants or spec.revokes):
            # Stream took it, and its event never came: what came last is not so any more.
            at = receipt.sent_at + (self.context.stream_ahead() or 0.0)
            for user_id in act.user_ids:
                of_it = act.of_each.get(user_id, ()) if spec.for_each else spec.permissions_of(act)
                given = frozenset(of_it if spec.grants else ())
                taken = frozenset(of_it if spec.revokes else ())
                self.context.directory.believe(act.cid, user_id, given, taken, at)
            self.context.publisher.publish_soon()

    def on_focus(self, cid: str) -> None:
        self.context.publisher.focus(cid)

    def on_disconnected(self, sentence: str) -> None:
        if sentence and self._was_complete and self._gap is None:
            cids, since = self.context.directory.cids(), self.context.last_heard()
            self._gap = Gap(cids=cids, since=since, until=0.0, reason=sentence)
            self._gap_begun = self.context.clock.monotonic()

    def on_swept(self, connection_id: str) -> None:
        self.context.publisher.publish(whole=not self._was_complete)
        self._was_complete = True

    def on_unheard(self, since: float) -> None:
        self.context.directory.lose(since)
        self.context.publisher.publish()

    def on_clock_set_back(self) -> None:
        self.context.directory.forget_order()

    def on_heard(self) -> None:
        context = self.context
        context.directory.hear(context.clock.now())
        context.publisher.publish()
        if self._gap is not None:
            gap, self._gap = self._gap, None
            # Those that have ended since were not heard either, nor were those that began.
            cids = tuple(dict.fromkeys((*gap.cids, *context.directory.cids())))
            if cids:
                # However the wall clock was set meanwhile, it lasted as long as it did.
                lasted = context.clock.monotonic() - self._gap_begun
                until = max(context.clock.now(), gap.since + lasted)
                context.channel.put(replace(gap, cids=cids, until=until))
