"""Acts of moderators: taken from the window, and confirmed by what the socket brings."""

from typing import ClassVar

from console.domain.act import Act
from console.engine.acts.outbox import Outbox
from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.events import ClosedCaption
from console.protocol.acts import ActProgress, ActsChanged, LeaveAct, RequestAct, RetryAct

REPLAYED = 500
"""Acts of earlier engines that the window gets to know."""


class Acts(Service):
    """Puts acts in the outbox."""

    handles: ClassVar = (RequestAct, RetryAct, LeaveAct)
    essential = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._outbox = Outbox(
            context.store,
            context.gateway,
            context.directory,
            clock=context.clock,
            publish=context.act_changed,
            problem=lambda sentence: context.channel.problem("acts", sentence),
            last_heard=context.last_heard,
            prepare=self._prepared,
        )

    async def start(self) -> None:
        recent = await self.context.store.recent_acts(REPLAYED)
        if recent:
            acts = tuple(ActProgress(act=each.act, receipt=each.receipt) for each in recent)
            self.context.channel.put(ActsChanged(acts=acts))
        await self._outbox.resume()

    async def close(self) -> None:
        await self._outbox.close()

    async def _prepared(self, act: Act) -> Act:
        prepare = self.context.preparations.get(act.kind)
        return await prepare(act) if prepare is not None else act

    async def answer(self, message: RequestAct | RetryAct | LeaveAct) -> None:
        match message:
            case RequestAct():
                await self._outbox.accept(message.act)
            case RetryAct():
                await self._outbox.retry(message.act_id)
            case LeaveAct():
                await self._outbox.leave(message.act_id)

    def on_heard(self) -> None:
        self._outbox.on_watched()

    def on_unheard(self, since: float) -> None:
        self._outbox.on_lost()

    def on_disconnected(self, sentence: str) -> None:
        self._outbox.on_lost()

    async def on_event(self, received: Received) -> None:
        if not isinstance(received.event, ClosedCaption):
            received.act_id = self._outbox.on_event(received.event)

    def on_act(self, progress: ActProgress) -> None:
        self.context.channel.put(ActsChanged(acts=(progress,)))

    def numbers(self, now: float) -> dict[str, int]:
        return {
            "acts_pending": self._outbox.under_way,
            "receipts_unwritten": self._outbox.unsaved,
            "receipts_lost": self._outbox.lost,
        }
